// The checkout: shows what will be ordered, keeps the order for the last page, and goes there.

import { clear, lines, subtotal } from "./cart-store.js";
import { deliveryPrice, formatPrice } from "./catalogue.js";
import { showSums } from "./sums.js";

const form = document.querySelector("#checkout-form");
const summary = document.querySelector("#order-summary");

function showOrder() {
  const express = form.elements.delivery.value === "express";
  showSums(summary.querySelector(".order-sums"), subtotal(), deliveryPrice(subtotal(), express));
}

function orderLine({ product, quantity, price }) {
  const name = document.createElement("dt");
  name.textContent = `${quantity} × ${product.name}`;
  const cost = document.createElement("dd");
  cost.textContent = formatPrice(price);
  const group = document.createElement("div");
  group.append(name, cost);
  return group;
}

function placeOrder(event) {
  event.preventDefault();
  const names = lines().map(({ product, quantity }) => `${quantity} × ${product.name}`);
  try {
    sessionStorage.setItem("marram-order", JSON.stringify(names));
  } catch {
    // Storage is blocked: the last page thanks without the list.
  }
  clear();
  location.assign(form.action);
}

const isEmpty = lines().length === 0;
document.querySelector("#checkout-empty").hidden = !isEmpty;
document.querySelector("#checkout").hidden = isEmpty;

document.querySelector("#standard-price").textContent = formatPrice(deliveryPrice(subtotal()));
document.querySelector("#express-price").textContent = formatPrice(deliveryPrice(subtotal(), true));
summary.querySelector(".order-lines").append(...lines().map(orderLine));
form.addEventListener("change", showOrder);
form.addEventListener("submit", placeOrder);
showOrder();
