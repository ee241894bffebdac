/* The field for a claim's source: it offers the sources of the article and all others, and the kinds of a new one. */

import { offer } from "../../../components/fields/combobox.js";

const told = (field) => field.dispatchEvent(new Event("change", { bubbles: true }));

async function load(typed, field) {
  const answer = await fetch(`${field.dataset.options}?${new URLSearchParams({ name: typed })}`);
  /* Whoever was logged out meanwhile is sent to another page. */
  if (!answer.ok || answer.redirected) return null;
  return document.createRange().createContextualFragment(await answer.text());
}

/* A known source sets its kind, and its role where the article states one. What follows is the question for which claims
   that holds: the arrow keys answer it, and Enter saves. */
function pick(option, field) {
  const { name, kind, own, role } = field.form.elements;
  name.value = option.dataset.value;
  kind.value = option.dataset.kind;
  own.checked = "own" in option.dataset;
  role.value = option.dataset.role ?? role.defaultValue;
  for (const one of [name, kind, own, role]) told(one);
  field.form.querySelector("[name=others]:checked")?.focus();
}

offer("source", { load, pick, delay: 100 });

/* Another name than that of the source before: its kind is not known yet, and what stood for its role is that of the claim. */
document.addEventListener("input", ({ target: field }) => {
  if (!field.matches?.("[data-combobox=source]")) return;
  const { kind, own, role } = field.form.elements;
  kind.value = "";
  own.checked = false;
  role.value = role.defaultValue;
  for (const one of [kind, own, role]) told(one);
});
