// The last page: lists what was ordered, where the checkout left it.

function orderedNames() {
  try {
    return JSON.parse(sessionStorage.getItem("marram-order")) ?? [];
  } catch {
    return [];
  }
}

const list = document.querySelector("#ordered");

for (const name of orderedNames()) {
  const item = document.createElement("li");
  item.textContent = name;
  list.append(item);
}

document.querySelector("#ordered-part").hidden = list.children.length === 0;
