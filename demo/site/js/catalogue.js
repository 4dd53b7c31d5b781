// What the shop sells. Prices are in cents.

export const products = {
  drift: {
    name: "Drift",
    kind: "Delta for light wind",
    price: 6400,
    page: "drift.html",
    image: "img/drift.svg",
  },
  sandling: {
    name: "Sandling",
    kind: "Diamond for steady wind",
    price: 3800,
    page: "sandling.html",
    image: "img/sandling.svg",
  },
  gale: {
    name: "Gale",
    kind: "Box kite for strong wind",
    price: 8900,
    page: "gale.html",
    image: "img/gale.svg",
  },
  winder: {
    name: "Winder",
    kind: "60 m of line on beech",
    price: 1400,
    page: "products.html",
    image: "img/winder.svg",
  },
  tail: {
    name: "Ribbon tail",
    kind: "Four ribbons, 3 m long",
    price: 900,
    page: "products.html",
    image: "img/tail.svg",
  },
  mending: {
    name: "Mending tin",
    kind: "Patches, needle and thread",
    price: 1600,
    page: "products.html",
    image: "img/mending.svg",
  },
};

const FREE_DELIVERY_FROM = 6000;
const STANDARD_DELIVERY = 490;
const EXPRESS_DELIVERY = 1200;

export function deliveryPrice(subtotal, express = false) {
  if (express) {
    return EXPRESS_DELIVERY;
  }
  return subtotal >= FREE_DELIVERY_FROM ? 0 : STANDARD_DELIVERY;
}

const euros = new Intl.NumberFormat("en-IE", { style: "currency", currency: "EUR" });

export function formatPrice(cents) {
  return cents === 0 ? "Free" : euros.format(cents / 100);
}
