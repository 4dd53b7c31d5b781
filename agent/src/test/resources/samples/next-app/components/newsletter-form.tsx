'use client'

import { type FormEvent, useState } from 'react'

import { Button } from '@/components/ui/button'

export function NewsletterForm() {
  const [sent, setSent] = useState(false)

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    setSent(true)
  }

  if (sent) return <p className="py-12">Thank you. Look out for Monday.</p>

  return (
    <form className="flex gap-3 py-12" onSubmit={submit}>
      <input
        className="flex-1 rounded-lg border border-bean/20 bg-white px-4"
        type="email"
        name="email"
        placeholder="you@example.com"
        aria-label="E-mail address"
        required
      />
      <Button type="submit">Send me the roast list</Button>
    </form>
  )
}
