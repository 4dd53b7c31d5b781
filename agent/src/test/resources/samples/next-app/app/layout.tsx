import type { Metadata } from 'next'
import type { ReactNode } from 'react'

import { Footer } from '@/components/footer'
import { Header } from '@/components/header'

import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Fernhill Coffee', template: '%s · Fernhill Coffee' },
  description: 'Single-origin coffee, roasted on Mondays and at your door by Wednesday.',
}

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body className="min-h-screen font-sans antialiased">
        <Header />
        <main className="mx-auto max-w-5xl px-6">{children}</main>
        <Footer />
      </body>
    </html>
  )
}
