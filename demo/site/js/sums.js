// The lines of a sum: what the goods, the delivery and everything cost.

import { formatPrice } from "./catalogue.js";

export function showSums(list, subtotal, delivery) {
  list.replaceChildren(
    row("Subtotal", subtotal),
    row("Delivery", delivery),
    row("Total", subtotal + delivery, "total"),
  );
}

function row(label, cents, className = "") {
  const term = document.createElement("dt");
  term.textContent = label;
  const price = document.createElement("dd");
  price.textContent = formatPrice(cents);
  const group = document.createElement("div");
  group.className = className;
  group.append(term, price);
  return group;
}
