import { ButtonLink } from '@/components/ui/button'

export function Hero() {
  return (
    <section className="py-20 text-center">
      <h1 className="text-5xl font-bold tracking-tight">
        Coffee that was a cherry last month
      </h1>
      <p className="mx-auto mt-6 max-w-xl text-lg">
        We roast on Mondays. You drink it on Wednesday.
      </p>
      <ButtonLink href="/pricing" className="mt-8">
        Start your subscription
      </ButtonLink>
    </section>
  )
}
