export interface House {
  slug: string;
  name: string;
  line: string;
  price: string;
  story: string;
}

export const houses: House[] = [
  {
    slug: "lookout",
    name: "The Lookout",
    line: "A coastguard's hut with a stove.",
    price: "£85",
    story: "One room, four windows and a telescope that somebody left.",
  },
  {
    slug: "net-loft",
    name: "The Net Loft",
    line: "Above the harbour, below the gulls.",
    price: "£110",
    story: "You hear the boats leave at five. Most people turn over.",
  },
  {
    slug: "end-house",
    name: "End House",
    line: "Where the road gives up.",
    price: "£95",
    story: "No signal, many books, a bath with a view.",
  },
];
