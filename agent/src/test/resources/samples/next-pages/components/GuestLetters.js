export default function GuestLetters() {
	return (
		<section>
			<h2>Letters from the towpath</h2>
			<blockquote>We moored for lunch and stayed two days.</blockquote>
			<blockquote>The children asked for less television. I have it in writing.</blockquote>
		</section>
	);
}
