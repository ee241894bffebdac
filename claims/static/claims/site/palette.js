/* The palette: everything that can be done on this page, every place, and claims, articles and sources, by their names.
   A dialog with a combobox, as in WAI-ARIA's pattern. */

import { listbox } from "../components/fields/listbox.js";
import { ask, fitting, groups } from "./palette-entries.js";

const dialog = document.getElementById("palette");
const input = document.getElementById("palette-typed");
const list = document.getElementById("palette-list");
const status = document.getElementById("palette-said");
const DELAY = 120;
const SHORTEST = 2;

let selection = [];
/* What the main menu and others lead to: asked for once a page. */
let places = [];
let asking;
let asked;
let timer;

/* ---- What is shown ---- */

let shown = [];
const box = dialog && listbox(input, list, { take: (option) => run(option) });

function optionOf(entry, number) {
  const option = document.createElement("li");
  option.id = `palette-${number}`;
  option.className = "palette__option";
  option.setAttribute("role", "option");
  if (entry.html) option.innerHTML = entry.html;
  else {
    const label = document.createElement("span");
    label.textContent = entry.label;
    option.append(label);
  }
  if (entry.keys) {
    const keys = document.createElement("span");
    keys.className = "palette__keys";
    keys.innerHTML = entry.keys;
    option.append(keys);
  }
  return option;
}

function groupOf({ title, entries }) {
  const group = document.createElement("ul");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", title);
  const head = document.createElement("li");
  head.className = "palette__title";
  head.setAttribute("role", "presentation");
  head.textContent = title;
  const place = shown.length;
  shown.push(...entries);
  group.append(head, ...entries.map((entry, at) => optionOf(entry, place + at)));
  return group;
}

function show(found, { keep = false } = {}) {
  const before = keep ? Math.max(box.options().indexOf(box.active()), 0) : 0;
  shown = [];
  list.replaceChildren(...found.map(groupOf));
  input.setAttribute("aria-expanded", String(shown.length > 0));
  box.choose(box.options()[before]);
  const number = shown.length;
  const said = number === 1 ? dialog.dataset.one : dialog.dataset.many.replace("0", number);
  status.textContent = number ? said : dialog.dataset.none;
  status.classList.toggle("visually-hidden", number > 0);
}

/* ---- Looking ---- */

function look() {
  const typed = input.value.trim();
  const here = groups(places)
    .map((group) => ({ ...group, entries: fitting(group.entries, typed) }))
    .filter((group) => group.entries.length);
  clearTimeout(timer);
  asked?.abort();
  show(here);
  if (typed.length < SHORTEST) return;
  timer = setTimeout(async () => {
    asked = new AbortController();
    const found = await ask(typed, asked.signal);
    if (dialog.open && input.value.trim() === typed) show([...here, ...found], { keep: true });
  }, DELAY);
}

/* ---- Opening, choosing, closing ---- */

/* Words selected in the text stay selected for what is done to them. */
function remember() {
  const now = getSelection();
  selection = [...Array(now.rangeCount).keys()].map((number) => now.getRangeAt(number));
}

function restore() {
  if (!selection.some((range) => !range.collapsed)) return;
  getSelection().removeAllRanges();
  for (const range of selection) getSelection().addRange(range);
}

function open() {
  if (document.querySelector("dialog[open]")) return;
  remember();
  dialog.showModal();
  input.value = "";
  look();
  input.focus();
  asking ??= ask("").then((found) => {
    places = found;
    if (dialog.open) look();
    if (!found.length) asking = undefined;
  });
}

function run(option) {
  const entry = shown[box.options().indexOf(option)];
  if (!entry) return;
  dialog.close();
  restore();
  entry.act();
}

const KEYS = {
  ArrowDown: () => box.move(1),
  ArrowUp: () => box.move(-1),
  PageDown: () => box.move(8),
  PageUp: () => box.move(-8),
  Enter: () => run(box.active()),
};

function onKey(event) {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    if (dialog.open) dialog.close();
    else open();
  } else if (dialog.open && KEYS[event.key] && !event.isComposing) {
    event.preventDefault();
    KEYS[event.key]();
  }
}

if (dialog) {
  document.addEventListener("keydown", onKey);
  input.addEventListener("input", look);
  /* Beside the dialog. */
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  for (const button of document.querySelectorAll("[data-palette]")) {
    button.hidden = false;
    button.addEventListener("click", open);
  }
}
