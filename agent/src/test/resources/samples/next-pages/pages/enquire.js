import { useState } from 'react';
import Head from 'next/head';

import Button from 'components/Button';
import { trips } from 'lib/trips';

export default function EnquirePage({ trip }) {
	const [answer, setAnswer] = useState(null);

	async function send(event) {
		event.preventDefault();
		const body = new FormData(event.currentTarget);
		const response = await fetch('/api/enquiries', {
			method: 'POST',
			body: JSON.stringify(Object.fromEntries(body)),
		});
		setAnswer(await response.json());
	}

	return (
		<>
			<Head>
				<title>Ask for dates | Slowboat</title>
			</Head>
			<h1>{trip ? trip.title : 'Any canal will do'}</h1>
			{answer ? (
				<p>{answer.words}</p>
			) : (
				<form onSubmit={send}>
					<input type="email" name="email" placeholder="Your e-mail" required />{' '}
					<Button type="submit">Send the question</Button>
				</form>
			)}
		</>
	);
}

export function getServerSideProps({ query }) {
	const trip = trips.find(({ slug }) => slug === query.trip);
	return { props: { trip: trip ? { title: trip.title } : null } };
}
