const reviews = [
  { name: 'Ada', text: 'The first coffee I finish while it is still warm.' },
  { name: 'Tomás', text: 'They skipped a month for me before I had to ask.' },
  { name: 'Ines', text: 'Tastes the way the bag says it does.' },
]

export function Reviews() {
  return (
    <section className="py-12" aria-labelledby="reviews">
      <h2 id="reviews" className="text-2xl font-semibold">
        What people say
      </h2>
      <div className="mt-6 grid gap-6 sm:grid-cols-3">
        {reviews.map((review) => (
          <figure key={review.name} className="rounded-xl bg-white p-6 shadow-sm">
            <blockquote>{review.text}</blockquote>
            <figcaption className="mt-3 text-sm">{review.name}</figcaption>
          </figure>
        ))}
      </div>
    </section>
  )
}
