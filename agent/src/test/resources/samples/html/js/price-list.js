export const priceList = [
    { work: 'Flat tyre', price: '£12' },
    { work: 'Brakes, both', price: '£35' },
    { work: 'Gears', price: '£40' },
    { work: 'Wheel, made true', price: '£25' },
    { work: 'Everything', price: '£80' }
];
