import { CoffeeCard } from '@/components/coffee-card'
import { Hero } from '@/components/hero'
import { NewsletterForm } from '@/components/newsletter-form'
import { Reviews } from '@/components/reviews'
import { coffees } from '@/lib/coffees'

export default function HomePage() {
  return (
    <>
      <Hero />
      <section className="py-12" aria-labelledby="this-week">
        <h2 id="this-week" className="text-2xl font-semibold">
          Roasted this week
        </h2>
        <ul className="mt-6 grid gap-6 sm:grid-cols-3">
          {coffees.map((coffee) => (
            <li key={coffee.slug}>
              <CoffeeCard coffee={coffee} />
            </li>
          ))}
        </ul>
      </section>
      <Reviews />
      <NewsletterForm />
    </>
  )
}
