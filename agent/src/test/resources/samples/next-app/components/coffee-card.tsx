import Link from 'next/link'

import type { Coffee } from '@/lib/coffees'

export function CoffeeCard({ coffee }: { coffee: Coffee }) {
  return (
    <Link
      href={`/coffees/${coffee.slug}`}
      className="block rounded-xl bg-white p-6 shadow-sm hover:shadow-md"
    >
      <h3 className="font-semibold">{coffee.name}</h3>
      <p className="mt-1 text-sm text-fern">{coffee.origin}</p>
      <p className="mt-4">{coffee.price}</p>
    </Link>
  )
}
