import type { Metadata } from 'next'

import { CoffeeCard } from '@/components/coffee-card'
import { coffees } from '@/lib/coffees'

export const metadata: Metadata = { title: 'Search' }

type Props = { searchParams: Promise<{ q?: string }> }

export default async function SearchPage({ searchParams }: Props) {
  const { q = '' } = await searchParams
  const found = coffees.filter((coffee) =>
    coffee.name.toLowerCase().includes(q.toLowerCase()),
  )

  return (
    <section className="py-16">
      <h1 className="text-3xl font-bold">
        {found.length === 1 ? '1 coffee' : `${found.length} coffees`}
      </h1>
      <ul className="mt-6 grid gap-6 sm:grid-cols-3">
        {found.map((coffee) => (
          <li key={coffee.slug}>
            <CoffeeCard coffee={coffee} />
          </li>
        ))}
      </ul>
    </section>
  )
}
