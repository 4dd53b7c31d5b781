import { clsx } from 'clsx'
import Link from 'next/link'
import type { ComponentProps } from 'react'

const look =
  'inline-block rounded-lg bg-bean px-6 py-3 text-center font-medium text-white hover:opacity-90'

export function Button({ className, ...props }: ComponentProps<'button'>) {
  return <button className={clsx(look, className)} {...props} />
}

export function ButtonLink({ className, ...props }: ComponentProps<typeof Link>) {
  return <Link className={clsx(look, className)} {...props} />
}
