import Link from 'next/link';

import styles from 'styles/Button.module.css';

export default function Button({ href, children, ...rest }) {
	return href ? (
		<Link href={href} className={styles.button} {...rest}>
			{children}
		</Link>
	) : (
		<button className={styles.button} {...rest}>
			{children}
		</button>
	);
}
