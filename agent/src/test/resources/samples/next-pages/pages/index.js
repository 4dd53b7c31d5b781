import Head from 'next/head';

import Banner from 'components/Banner';
import GuestLetters from 'components/GuestLetters';
import TripList from 'components/TripList';
import { trips } from 'lib/trips';

export default function HomePage({ trips }) {
	return (
		<>
			<Head>
				<title>Slowboat: canal holidays for people in no hurry</title>
			</Head>
			<Banner />
			<TripList trips={trips} />
			<GuestLetters />
		</>
	);
}

export function getStaticProps() {
	return { props: { trips: trips.map(({ slug, title, price }) => ({ slug, title, price })) } };
}
