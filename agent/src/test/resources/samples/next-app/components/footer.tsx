export function Footer() {
  return (
    <footer className="mt-16 border-t border-bean/10 px-6 py-8 text-center text-sm">
      <p>Fernhill Coffee, 12 Mill Lane. We answer every letter.</p>
    </footer>
  )
}
