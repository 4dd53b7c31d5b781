export default defineEventHandler(() => [
  { name: "Rye, dark", line: "Three days old is best.", price: "€4.20" },
  { name: "White tin", line: "For toast and for children.", price: "€3.10" },
  { name: "Walnut", line: "Needs nothing but butter.", price: "€4.90" },
])
