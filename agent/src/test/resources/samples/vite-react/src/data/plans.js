export const plans = [
    {
        id: "solo",
        name: "Solo",
        price: "$9",
        promise: "For one person with a few clients.",
        action: "Choose Solo",
    },
    {
        id: "studio",
        name: "Studio",
        price: "$29",
        promise: "For a team that shares its books.",
        action: "Choose Studio",
    },
    {
        id: "firm",
        name: "Firm",
        price: "$79",
        promise: "For those who have an accountant.",
        action: "Choose Firm",
    },
];
