import { Hero } from './hero'
import { ButtonLink } from './ui/button'

const meta = { title: 'Home/Hero', component: Hero }

export default meta

export const Default = {}

export const ButtonAlone = {
  render: () => <ButtonLink href="#">Start your subscription</ButtonLink>,
}
