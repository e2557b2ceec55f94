// The bars above a list: a click chooses one, dragging from one to another all between them.
"use strict";
let from = null; // the bar where the dragging began

document.documentElement.classList.add("scripted");
const barAt = (event) => event.target.closest?.(".bars a[data-period]");
const between = (one, other) => [one.dataset.period, other.dataset.period].sort();

function light(one, other) {
  const [first, last] = one && other ? between(one, other) : ["", ""];
  for (const bar of document.querySelectorAll(".bars a")) {
    bar.classList.toggle("lit", bar.dataset.period >= first && bar.dataset.period <= last);
  }
}

document.addEventListener("dragstart", (event) => barAt(event) && event.preventDefault());
document.addEventListener("pointerdown", (event) => {
  from = (event.button === 0 && event.pointerType !== "touch" && barAt(event)) || null;
});
document.addEventListener("pointermove", (event) => from && event.buttons === 1 && light(from, barAt(event)));
document.addEventListener("pointerup", (event) => {
  const to = barAt(event);
  light(null, null);
  if (from?.isConnected && to && to !== from) {
    const url = new URL(location.href);
    const [since, until] = between(from, to);
    url.searchParams.set("since", since);
    url.searchParams.set("until", until);
    url.searchParams.delete("after");
    location.assign(url);
  }
  from = null;
});
