// The list of products, filtered by wind. The choice stands in the address, so it can be shared.

const filter = document.querySelector(".filter");
const cards = [...document.querySelectorAll("[data-wind]")];
const status = document.querySelector(".filter-status");

function chosen() {
  return filter.elements.wind.value;
}

function showMatching() {
  for (const card of cards) {
    card.hidden = chosen() !== "all" && card.dataset.wind !== chosen();
  }
  const shown = cards.filter((card) => !card.hidden).length;
  status.textContent = `${shown} of ${cards.length} products`;
}

function keepInAddress() {
  const address = new URL(location.href);
  if (chosen() === "all") {
    address.searchParams.delete("wind");
  } else {
    address.searchParams.set("wind", chosen());
  }
  history.replaceState(null, "", address);
}

function chooseFromAddress() {
  const wanted = new URLSearchParams(location.search).get("wind");
  const choice = [...filter.elements.wind].find((input) => input.value === wanted);
  if (choice) {
    choice.checked = true;
  }
}

filter.addEventListener("change", () => {
  showMatching();
  keepInAddress();
});

filter.hidden = false;
chooseFromAddress();
showMatching();
