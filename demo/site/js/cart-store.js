// The cart, kept in the browser: how many of each product.

import { products } from "./catalogue.js";

const KEY = "marram-cart";

export const MOST_OF_ONE = 9;

// Holds the cart where the browser keeps no storage for this page.
let memory = "{}";

/** The cart's lines, in the order in which they were added. */
export function lines() {
  return Object.entries(read()).map(([id, quantity]) => ({
    id,
    quantity,
    product: products[id],
    price: products[id].price * quantity,
  }));
}

export function count() {
  return lines().reduce((sum, line) => sum + line.quantity, 0);
}

export function subtotal() {
  return lines().reduce((sum, line) => sum + line.price, 0);
}

export function add(id, quantity = 1) {
  setQuantity(id, (read()[id] ?? 0) + quantity);
}

/** Sets how many of a product are in the cart; none removes its line. */
export function setQuantity(id, quantity) {
  const cart = read();
  if (quantity > 0) {
    cart[id] = Math.min(quantity, MOST_OF_ONE);
  } else {
    delete cart[id];
  }
  write(cart);
}

export function clear() {
  write({});
}

/** Calls the listener after each change, also one made in another tab. */
export function onChange(listener) {
  document.addEventListener("cart-change", listener);
  window.addEventListener("storage", (event) => {
    if (event.key === KEY || event.key === null) {
      listener();
    }
  });
}

function read() {
  try {
    const cart = JSON.parse(stored()) ?? {};
    return Object.fromEntries(Object.entries(cart).filter(isLine));
  } catch {
    return {}; // What is stored is not a cart: start with an empty one.
  }
}

function isLine([id, quantity]) {
  return (
    Object.hasOwn(products, id) &&
    Number.isInteger(quantity) &&
    quantity > 0 &&
    quantity <= MOST_OF_ONE
  );
}

function stored() {
  try {
    return localStorage.getItem(KEY) ?? memory;
  } catch {
    return memory;
  }
}

function write(cart) {
  memory = JSON.stringify(cart);
  try {
    localStorage.setItem(KEY, memory);
  } catch {
    // Storage is blocked or full: the cart lasts as long as this page.
  }
  document.dispatchEvent(new CustomEvent("cart-change"));
}
