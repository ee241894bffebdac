/* Choosing lines of a list of claims: one by one or all of a page at once, and how many there are. A line that the server
   sends anew stays chosen. */

const form = document.getElementById("change");
const all = document.querySelector("[data-pick-all]");
const isBox = (element) => element.matches?.("input[name=chosen]");
const boxes = () => [...document.querySelectorAll("input[name=chosen]")];
let chosen = new Set();

function count() {
  const [there, picked] = [boxes(), boxes().filter((box) => box.checked)];
  chosen = new Set(picked.map((box) => box.value));
  for (const button of form.querySelectorAll("[data-picked]")) {
    button.disabled = !picked.length;
    button.querySelector("[data-number]").textContent = picked.length || "";
  }
  for (const button of form.querySelectorAll("[data-any]")) button.disabled = !there.length;
  if (!all) return;
  all.checked = picked.length === there.length;
  all.indeterminate = picked.length > 0 && picked.length < there.length;
}

if (form) {
  document.addEventListener("change", ({ target }) => {
    if (target === all) for (const box of boxes()) box.checked = all.checked;
    if (target === all || isBox(target)) count();
  });
  document.addEventListener("htmx:afterRequest", () => {
    for (const box of boxes()) box.checked ||= chosen.has(box.value);
    count();
  });
  /* A browser that goes back fills the boxes as they were, after this has run. */
  window.addEventListener("pageshow", count);
  count();
}
