import { ButtonLink } from '@/components/ui/button'

// last winter's campaign, kept until the next one
export function HeroWinter() {
  return (
    <section className="bg-fern py-20 text-center text-white">
      <h1 className="text-5xl font-bold tracking-tight">Warm hands, slow mornings</h1>
      <ButtonLink href="/pricing" className="mt-8">
        Start your subscription
      </ButtonLink>
    </section>
  )
}
