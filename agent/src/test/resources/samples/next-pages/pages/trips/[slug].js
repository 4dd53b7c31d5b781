import Head from 'next/head';

import Button from 'components/Button';
import { trips } from 'lib/trips';
import styles from 'styles/Trip.module.css';

export default function TripPage({ trip }) {
	return (
		<article className={styles.trip}>
			<Head>
				<title>{`${trip.title} | Slowboat`}</title>
			</Head>
			<h1>{trip.title}</h1>
			<p className={styles.price}>{trip.price} for the boat</p>
			<p>{trip.story}</p>
			<Button href={`/enquire?trip=${trip.slug}`}>Ask for dates</Button>
			<section className={styles.included}>
				<h2>On board</h2>
				<ul>
					<li>Four berths and a stove</li>
					<li>Bicycles on the roof</li>
				</ul>
			</section>
			<section className={styles.questions}>
				<h2>Questions people ask</h2>
				<p>No, you need no licence. Yes, the dog may come.</p>
			</section>
		</article>
	);
}

export function getStaticPaths() {
	return { paths: trips.map(({ slug }) => ({ params: { slug } })), fallback: false };
}

export function getStaticProps({ params }) {
	return { props: { trip: trips.find(({ slug }) => slug === params.slug) } };
}
