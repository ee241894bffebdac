/* The templates for reasons: "/" in the empty field, or the button, opens them; a digit or Enter puts one in; Tab goes
   from one place that is to be filled in to the next. */

const templates = document.getElementById("reason-templates");
const PLACE = /\{[^{}\n]{1,60}\}/g;

const fieldOf = (element) => element.closest(".reason").querySelector("textarea");
const menuOf = (field) => field.closest(".reason").querySelector("[role=menu]");
const opener = (field) => field.closest(".reason").querySelector("[data-reason-templates]");
const itemsOf = (menu) => [...menu.querySelectorAll("[role=menuitem]")];

/* ---- The menu ---- */

/* The one for the verdict that waits for its reason is at hand, or else the first. */
function open(field) {
  const menu = templates.content.firstElementChild.cloneNode(true);
  field.after(menu);
  opener(field).ariaExpanded = "true";
  const wanted = field.form.querySelector("[name=verdict][data-wanted]")?.value;
  const items = itemsOf(menu);
  (items.find((item) => wanted && item.dataset.verdict === wanted) ?? items[0]).focus();
}

function close(field) {
  menuOf(field)?.remove();
  opener(field).ariaExpanded = "false";
}

function put(item) {
  const field = fieldOf(item);
  const { text } = item.dataset;
  field.focus();
  const start = field.selectionStart;
  /* As if it had been typed: the browser's own undo takes it back. */
  document.execCommand("insertText", false, text);
  toPlace(field, start, 1) || field.setSelectionRange(start + text.length, start + text.length);
}

/* ---- Places ---- */

/* Selects the next place from there on, or the last one before it. Returns whether there is one. */
function toPlace(field, from, by) {
  const found = [...field.value.matchAll(PLACE)].map((match) => [match.index, match.index + match[0].length]);
  const place = by > 0 ? found.find(([start]) => start >= from) : found.findLast(([, end]) => end <= from);
  if (place) field.setSelectionRange(...place);
  return Boolean(place);
}

/* ---- Keys ---- */

function inMenu(event, menu) {
  const items = itemsOf(menu);
  const at = items.indexOf(document.activeElement);
  const digit = /^[1-9]$/.test(event.key) && items[Number(event.key) - 1];
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
  if (digit) put(digit);
  else if (to !== undefined) items[to % items.length].focus();
  else if (event.key === "Escape") fieldOf(menu).focus();
  else if (event.key !== "Enter" && event.key !== " " && event.key !== "Tab") return;
  /* Nothing of this is a key of the desk: a digit in the menu is no verdict. */
  event.stopPropagation();
  if (!["Enter", " ", "Tab"].includes(event.key)) event.preventDefault();
}

function inField(event, field) {
  const opens = (event.key === "/" && !field.value) || (event.key === "ArrowDown" && event.altKey);
  const by = event.shiftKey ? -1 : 1;
  const from = event.shiftKey ? field.selectionStart : field.selectionEnd;
  if (opens && templates) open(field);
  else if (event.key !== "Tab" || !toPlace(field, from, by)) return;
  event.preventDefault();
  event.stopPropagation();
}

document.getElementById("claim").addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey) return;
  const menu = event.target.closest("[role=menu].reason-menu");
  if (menu) inMenu(event, menu);
  else if (event.target.matches(".reason textarea")) inField(event, event.target);
});

document.addEventListener("click", ({ target }) => {
  const item = target.closest("[role=menuitem][data-text]");
  const button = target.closest("[data-reason-templates]");
  if (item) put(item);
  if (button && menuOf(fieldOf(button))) fieldOf(button).focus();
  else if (button) open(fieldOf(button));
});

/* Whoever goes elsewhere is done with it; the button that opened it closes it by itself. */
document.addEventListener("focusout", ({ target, relatedTarget }) => {
  const menu = target.closest?.(".reason-menu");
  if (!menu || menu.contains(relatedTarget) || relatedTarget?.matches("[data-reason-templates]")) return;
  close(fieldOf(menu));
});
