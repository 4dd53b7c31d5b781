import type { Metadata } from 'next'
import { notFound } from 'next/navigation'

import { ButtonLink } from '@/components/ui/button'
import { coffees, findCoffee } from '@/lib/coffees'

type Props = { params: Promise<{ slug: string }> }

export function generateStaticParams() {
  return coffees.map(({ slug }) => ({ slug }))
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params
  return { title: findCoffee(slug)?.name }
}

export default async function CoffeePage({ params }: Props) {
  const { slug } = await params
  const coffee = findCoffee(slug)
  if (!coffee) notFound()

  return (
    <article className="py-16">
      <h1 className="text-4xl font-bold">{coffee.name}</h1>
      <p className="mt-2 text-fern">{coffee.origin}</p>
      <p className="mt-6 max-w-prose text-lg">{coffee.notes}</p>
      <p className="mt-6 text-2xl">{coffee.price}</p>
      <ButtonLink href="/pricing" className="mt-6">
        Add to my subscription
      </ButtonLink>
    </article>
  )
}
