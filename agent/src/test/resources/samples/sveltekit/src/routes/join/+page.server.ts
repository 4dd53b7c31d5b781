import { fail } from '@sveltejs/kit';

import { plans } from '$lib/plans';

import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => {
	const wanted = url.searchParams.get('plan');
	return { plan: plans.find(({ id }) => id === wanted) ?? plans[0] };
};

export const actions: Actions = {
	default: async ({ request }) => {
		const email = (await request.formData()).get('email');
		if (typeof email !== 'string' || !email.includes('@')) {
			return fail(400, { problem: 'Where shall we write to?' });
		}
		return { email };
	}
};
