import { priceList } from './price-list.js';

const list = document.querySelector('#list');

for (const { work, price } of priceList) {
    const row = list.insertRow();
    row.insertCell().textContent = work;
    row.insertCell().textContent = price;
}
