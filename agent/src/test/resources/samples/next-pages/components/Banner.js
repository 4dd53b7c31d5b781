import Button from 'components/Button';
import styles from 'styles/Banner.module.css';

export default function Banner() {
	return (
		<section className={styles.banner}>
			<h1 className={styles.title}>See England at walking pace</h1>
			<p className={styles.lead}>A boat, a canal and nothing to be late for.</p>
			<Button href="/enquire">Plan a slow week</Button>
		</section>
	);
}
