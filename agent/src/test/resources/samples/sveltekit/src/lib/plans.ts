export interface Plan {
	id: string;
	name: string;
	price: string;
	each: string;
}

export const plans: Plan[] = [
	{ id: 'monthly', name: 'Monthly', price: '€12', each: 'a month' },
	{ id: 'yearly', name: 'Yearly', price: '€99', each: 'a year' },
	{ id: 'family', name: 'Family', price: '€149', each: 'a year for four' }
];
