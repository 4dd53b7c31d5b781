import Link from 'next/link';

import styles from 'styles/Layout.module.css';

export default function Layout({ children }) {
	return (
		<div className={styles.page}>
			<header className={styles.header}>
				<Link href="/" className={styles.brand}>
					Slowboat
				</Link>
				<Link href="/enquire">Ask for dates</Link>
			</header>
			<main className={styles.main}>{children}</main>
			<footer className={styles.footer}>Four miles an hour since 1989.</footer>
		</div>
	);
}
