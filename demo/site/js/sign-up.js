// The wind letter's form: answers on the page. The sample shop sends nothing anywhere.

const form = document.querySelector("#sign-up-form");
const answer = document.querySelector("#sign-up-answer");

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const name = new FormData(form).get("name").trim();
  answer.querySelector("h2").textContent = name ? `Welcome, ${name}` : "Welcome";
  form.hidden = true;
  answer.hidden = false;
  answer.focus();
});
