// Marks everything that belongs to an event while the pointer or the keyboard is on one of its marks.
"use strict";
const of = (element) => (element.dataset.of || "").split(" ").filter(Boolean);
const all = [...document.querySelectorAll("[data-of]")];
const notes = new Map([...document.querySelectorAll("[data-note]")].map((note) => [note.dataset.note, note]));

function light(keys) {
  for (const element of all) element.classList.toggle("lit", of(element).some((key) => keys.includes(key)));
  for (const [key, note] of notes) note.classList.toggle("lit", keys.includes(key));
}

for (const element of all) {
  element.addEventListener("pointerenter", () => light(of(element)));
  element.addEventListener("pointerleave", () => light([]));
  element.addEventListener("focus", () => light(of(element)));
  element.addEventListener("blur", () => light([]));
}
