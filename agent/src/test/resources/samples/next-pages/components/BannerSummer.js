import Button from 'components/Button';
import styles from 'styles/Banner.module.css';

// For June to August; pages/index.js takes it instead of Banner then.
export default function BannerSummer() {
	return (
		<section className={styles.banner}>
			<h1 className={styles.title}>Swim off the roof</h1>
			<Button href="/enquire">Plan a slow week</Button>
		</section>
	);
}
