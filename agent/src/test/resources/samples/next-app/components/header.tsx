import Link from 'next/link'

const links = [
  { href: '/pricing', label: 'Pricing' },
  { href: '/search', label: 'All coffees' },
]

export function Header() {
  return (
    <header className="border-b border-bean/10">
      <nav className="mx-auto flex max-w-5xl items-center gap-6 px-6 py-4">
        <Link href="/" className="mr-auto text-lg font-bold">
          Fernhill
        </Link>
        {links.map(({ href, label }) => (
          <Link key={href} href={href} className="hover:underline">
            {label}
          </Link>
        ))}
      </nav>
    </header>
  )
}
