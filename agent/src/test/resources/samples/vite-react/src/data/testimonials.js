export const testimonials = [
    { who: "Mara, translator", words: "My oldest invoice is eleven days old. It used to be a year." },
    { who: "Bold & Sons, joiners", words: "It asks in my name, and nicer than I would." },
    { who: "Studio Oto", words: "We stopped keeping a spreadsheet of who owes what." },
];
