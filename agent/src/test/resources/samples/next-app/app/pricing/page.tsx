import type { Metadata } from 'next'

import { ButtonLink } from '@/components/ui/button'

export const metadata: Metadata = { title: 'Pricing' }

const plans = [
  { id: 'sip', name: 'Sip', price: '€14', every: 'one bag every month' },
  { id: 'pour', name: 'Pour', price: '€26', every: 'two bags every month' },
  { id: 'brew', name: 'Brew', price: '€48', every: 'four bags every month' },
]

export default function PricingPage() {
  return (
    <section className="py-16">
      <h1 className="text-4xl font-bold">Pay for coffee, not for shelves</h1>
      <p className="mt-4 text-lg">Skip, pause or stop whenever you like.</p>
      <ol className="mt-10 grid gap-6 sm:grid-cols-3">
        {plans.map((plan) => (
          <li key={plan.id} className="rounded-xl bg-white p-6 shadow-sm">
            <h2 className="text-xl font-semibold">{plan.name}</h2>
            <p className="mt-2 text-3xl">{plan.price}</p>
            <p className="mt-1 text-sm">{plan.every}</p>
            <ButtonLink href={`/search?plan=${plan.id}`} className="mt-6 w-full">
              Choose {plan.name}
            </ButtonLink>
          </li>
        ))}
      </ol>
    </section>
  )
}
