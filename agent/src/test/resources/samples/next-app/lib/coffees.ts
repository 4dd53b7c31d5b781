export type Coffee = {
  slug: string
  name: string
  origin: string
  notes: string
  price: string
}

export const coffees: Coffee[] = [
  {
    slug: 'kiandu',
    name: 'Kiandu',
    origin: 'Nyeri, Kenya',
    notes: 'Blackcurrant and grapefruit, bright as a bell.',
    price: '€15',
  },
  {
    slug: 'la-palma',
    name: 'La Palma',
    origin: 'Huila, Colombia',
    notes: 'Milk chocolate and orange, made for mornings.',
    price: '€13',
  },
  {
    slug: 'hambela',
    name: 'Hambela',
    origin: 'Guji, Ethiopia',
    notes: 'Jasmine and apricot. Lighter than it smells.',
    price: '€16',
  },
]

export function findCoffee(slug: string) {
  return coffees.find((coffee) => coffee.slug === slug)
}
