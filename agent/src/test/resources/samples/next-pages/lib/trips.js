export const trips = [
	{
		slug: 'four-counties',
		title: 'Four Counties Ring',
		price: '£890',
		story: 'Ninety-four locks and as many pubs. Bring gloves.',
	},
	{
		slug: 'llangollen',
		title: 'Llangollen',
		price: '£1,020',
		story: 'Over the valley on an aqueduct, with a railing on one side only.',
	},
	{
		slug: 'kennet',
		title: 'Kennet and Avon',
		price: '£940',
		story: 'Wide water, herons, and a steam pump on Sundays.',
	},
];
