// What every page adds where scripts run: form tokens for htmx, times in the reader's zone, copying,
// showing a password, opening where a number comes from, and a word when the server does not answer.
const token = document.querySelector("meta[name=csrf]");

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers[token.dataset.header] = token.content;
});

const full = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });
function showTimes(root) {
  for (const time of root.querySelectorAll("time[datetime]:not([data-ago])")) {
    time.textContent = full.format(new Date(time.dateTime));
  }
}

function showHelpers(root) {
  for (const helper of root.querySelectorAll("[data-shows], [data-copies]")) helper.hidden = false;
}

document.addEventListener("click", (event) => {
  const shower = event.target.closest("[data-shows]");
  if (shower) {
    const field = document.getElementById(shower.dataset.shows);
    const shown = field.type === "password";
    field.type = shown ? "text" : "password";
    shower.textContent = shown ? "Hide" : "Show";
    shower.setAttribute("aria-pressed", String(shown));
  }
  const copier = event.target.closest("[data-copies]");
  if (copier) copy(copier);
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

async function copy(button) {
  const text = document.getElementById(button.dataset.copies).textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Select and copy it by hand";
  }
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details.menu[open], details.confirm[open]");
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});

// a link to a number's origin opens what the origin lies in
function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let d = target.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
  target.scrollIntoView();
  target.focus();
}
addEventListener("hashchange", openTarget);
if (location.hash) openTarget();

// polling goes on by itself; after five seconds without an answer the page says so
let silentSince = 0;
function answered(ok) {
  const note = document.getElementById("reconnecting");
  if (!note) return;
  if (ok) silentSince = 0;
  else if (silentSince === 0) silentSince = Date.now();
  note.hidden = ok || Date.now() - silentSince < 5000;
}
document.addEventListener("htmx:afterRequest", (event) => answered(event.detail.successful));

document.addEventListener("htmx:afterSwap", (event) => {
  showTimes(event.target);
  showHelpers(event.target);
});
document.addEventListener("htmx:oobAfterSwap", (event) => showTimes(event.target));

showTimes(document);
showHelpers(document);
const failure = document.getElementById("failure");
if (failure) failure.focus();
