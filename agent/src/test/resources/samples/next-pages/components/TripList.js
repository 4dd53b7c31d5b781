import Link from 'next/link';

export default function TripList({ trips }) {
	return (
		<section>
			<h2>Three canals to begin with</h2>
			<ul>
				{trips.map(({ slug, title, price }) => (
					<li key={slug}>
						<Link href={`/trips/${slug}`}>{title}</Link> <span>{price}</span>
					</li>
				))}
			</ul>
		</section>
	);
}
