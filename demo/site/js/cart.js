// The cart page: its lines, the sum, and what stands there while the cart is empty.

import { lines, MOST_OF_ONE, onChange, setQuantity, subtotal } from "./cart-store.js";
import { deliveryPrice, formatPrice } from "./catalogue.js";
import { showSums } from "./sums.js";

const cart = document.querySelector("#cart");
const lineTemplate = document.querySelector("#cart-line");
const summaryTemplate = document.querySelector("#cart-summary");

function showCart() {
  const focused = document.activeElement?.id;
  cart.className = lines().length === 0 ? "empty" : "cart-columns";
  cart.replaceChildren(...(lines().length === 0 ? emptyCart() : fullCart()));
  restoreFocus(focused);
}

function emptyCart() {
  const picture = document.createElement("img");
  picture.src = "img/sandling.svg";
  picture.alt = "";

  const title = document.createElement("h2");
  title.textContent = "Your cart is empty";

  const text = document.createElement("p");
  text.textContent = "The wind is free. The rest starts at nine euros.";

  const link = document.createElement("a");
  link.className = "button button-primary";
  link.href = "products.html";
  link.textContent = "See all kites";

  return [picture, title, text, link];
}

function fullCart() {
  const list = document.createElement("ul");
  list.className = "cart-lines";
  list.append(...lines().map(cartLine));
  return [list, summary()];
}

function cartLine({ id, product, quantity, price }) {
  const line = lineTemplate.content.cloneNode(true);
  line.querySelector("img").src = product.image;

  const link = line.querySelector(".cart-line-name a");
  link.href = product.page;
  link.textContent = product.name;
  line.querySelector(".cart-line-kind").textContent = product.kind;
  line.querySelector(".cart-line-price").textContent = formatPrice(price);

  const select = line.querySelector("select");
  select.id = `quantity-${id}`;
  select.setAttribute("aria-label", `Quantity of ${product.name}`);
  for (let number = 1; number <= MOST_OF_ONE; number++) {
    select.add(new Option(number, number, false, number === quantity));
  }
  select.addEventListener("change", () => setQuantity(id, Number(select.value)));

  const remove = line.querySelector("button");
  remove.setAttribute("aria-label", `Remove ${product.name}`);
  remove.addEventListener("click", () => {
    setQuantity(id, 0);
    cart.focus();
  });
  return line;
}

function summary() {
  const summary = summaryTemplate.content.cloneNode(true);
  showSums(summary.querySelector(".sums"), subtotal(), deliveryPrice(subtotal()));

  const checkOut = document.createElement("a");
  checkOut.id = "check-out";
  checkOut.className = "button button-primary button-wide";
  checkOut.href = "checkout.html";
  checkOut.textContent = "Check out";
  summary.querySelector(".summary").append(checkOut);
  return summary;
}

function restoreFocus(id) {
  if (id) {
    document.getElementById(id)?.focus();
  }
}

onChange(showCart);
showCart();
