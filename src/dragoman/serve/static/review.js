// Answers the question on the page by one key: the one written on the button. Keys with Ctrl or in a field are left alone.
"use strict";
const answers = new Map([...document.querySelectorAll("[data-key]")].map((button) => [button.dataset.key, button]));

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target.closest("input, select, textarea")) return;
  const answer = answers.get(event.key.toLowerCase());
  if (!answer) return;
  event.preventDefault();
  answer.click();
});
