export default function handler(request, response) {
	if (request.method !== 'POST') {
		response.status(405).json({ words: 'Please send a form.' });
		return;
	}
	const { email } = JSON.parse(request.body);
	response.status(200).json({ words: `We write to ${email} before the weekend.` });
}
