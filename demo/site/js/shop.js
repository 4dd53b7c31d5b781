// On every page: the number in the header, and the forms that add to the cart.

import { add, count, onChange } from "./cart-store.js";
import { products } from "./catalogue.js";

function showCount() {
  document.querySelector(".cart-count").textContent = count();
}

function addToCart(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const id = form.dataset.product;
  add(id, Number(new FormData(form).get("quantity") ?? 1));
  showNote(form.parentElement.querySelector(".cart-note"), products[id]);
}

function showNote(note, product) {
  const link = document.createElement("a");
  link.href = "cart.html";
  link.textContent = "View cart";
  note.replaceChildren(`${product.name} is in your cart. `, link);
}

for (const form of document.querySelectorAll("form[data-product]")) {
  form.addEventListener("submit", addToCart);
}

onChange(showCount);
showCount();
