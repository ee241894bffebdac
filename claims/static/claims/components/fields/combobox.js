/* Fields that offer what fits what is typed: the combobox of the WAI-ARIA Authoring Practices, a list with automatic
   selection. The arrow keys choose, Enter takes, Escape closes; the field keeps the focus. Without this file it is a
   plain field, and whatever is typed counts.

   A field says with `data-combobox` whose options it has. A page registers these by that word. Options may also complete a
   word within a longer text: then they come and go with that word, and Tab takes, too. */

import { listbox } from "./listbox.js";

const offers = new Map();
const states = new WeakMap();

/* `load(typed, field)` returns the options, or a promise of them: a fragment with elements of the role "option", or null
   if they cannot be had. `pick(option, field)` does what taking one means. `delay`: milliseconds without a key before
   options are asked for. `wordOf(field)`, for words within a text, returns the one at the cursor that is to be completed, or
   undefined. */
export const offer = (word, { load, pick, delay = 0, wordOf }) => offers.set(word, { load, pick, delay, wordOf });

const offerOf = (field) => offers.get(field.dataset.combobox);

/* What the options of a field are called: as it says, or as the field, without the keys beside its label. */
const nameOf = (field) => field.dataset.optionsLabel ?? field.ariaLabel ?? field.labels?.[0]?.textContent.trim() ?? "";

function make(field) {
  const list = document.createElement("ul");
  list.id = `${field.id}-options`;
  list.className = "options";
  list.role = "listbox";
  list.ariaLabel = nameOf(field);
  list.hidden = true;
  field.after(list);
  field.ariaAutoComplete = "list";
  field.setAttribute("aria-controls", list.id);
  const isWhole = !offerOf(field).wordOf;
  if (isWhole) {
    field.role = "combobox";
    field.ariaExpanded = "false";
  }
  const box = listbox(field, list, { take: (option) => take(field, option) });
  const state = { list, ...box, isWhole, asked: 0, timer: 0, waits: false, takes: false };
  states.set(field, state);
  field.addEventListener("input", () => ask(field));
  field.addEventListener("keydown", (event) => onKey(field, event));
  field.addEventListener("blur", () => close(field));
  /* A field that was entered is typed over, also where a click entered it. */
  field.addEventListener("click", () => {
    if (state.entered && field.selectionStart === field.selectionEnd) field.select();
    state.entered = false;
  });
  return state;
}

/* ---- The list ---- */

function show(field, found, { first }) {
  const state = states.get(field);
  state.list.replaceChildren(found);
  const options = state.options();
  open(field, options.length > 0);
  state.choose(first ? options[0] : null);
  if (options.length) state.list.scrollIntoView({ block: "nearest" });
}

function open(field, isOpen) {
  const { list, isWhole } = states.get(field);
  list.hidden = !isOpen;
  if (isWhole) field.ariaExpanded = String(isOpen);
}

export function close(field) {
  const state = states.get(field);
  clearTimeout(state.timer);
  state.asked += 1;
  state.waits = state.takes = false;
  open(field, false);
  field.removeAttribute("aria-activedescendant");
}

const typedIn = (field) => (states.get(field).isWhole ? field.value.trim() : offerOf(field).wordOf(field));

/* Asks for options. Only the last answer counts, and only while the field has the focus. In a field that nobody has typed
   in, what stands there says nothing of what is wanted. */
function ask(field, { now = false, typed = typedIn(field) } = {}) {
  const state = states.get(field);
  if (typed === undefined) {
    close(field);
    return;
  }
  clearTimeout(state.timer);
  const { load, delay } = offerOf(field);
  state.waits = state.isWhole;
  const asked = (state.asked += 1);
  const go = async () => {
    const found = await Promise.resolve(load(typed, field)).catch(() => null);
    if (asked !== state.asked || document.activeElement !== field) return;
    const takes = state.takes;
    state.waits = state.takes = false;
    if (!found) close(field);
    else show(field, found, { first: Boolean(typed) || !state.isWhole });
    if (takes && state.active()) take(field, state.active());
  };
  if (now || !delay) go();
  else state.timer = setTimeout(go, delay);
}

function take(field, option) {
  close(field);
  offerOf(field).pick(option, field);
}

/* ---- Keys ---- */

function move(field, by) {
  const state = states.get(field);
  if (!state.list.hidden) state.move(by);
  else ask(field, field.value === field.defaultValue ? { now: true, typed: "" } : { now: true });
}

/* Returns whether the key was for the list. */
function perform(field, { key, ctrlKey, metaKey, shiftKey }) {
  const state = states.get(field);
  const isOpen = !state.list.hidden;
  const takes = (key === "Enter" || (key === "Tab" && !state.isWhole)) && !ctrlKey && !metaKey && !(shiftKey && !state.isWhole);
  if ((key === "ArrowDown" || key === "ArrowUp") && (isOpen || state.isWhole)) move(field, key === "ArrowDown" ? 1 : -1);
  else if (key === "Escape" && isOpen) close(field);
  else if (takes && state.waits) {
    /* Typed faster than the answer came: Enter takes what it brings. */
    state.takes = true;
    ask(field, { now: true });
  } else if (takes && isOpen && state.active()) take(field, state.active());
  else return false;
  return true;
}

function onKey(field, event) {
  if (event.isComposing || event.altKey || !perform(field, event)) return;
  event.preventDefault();
  event.stopPropagation();
}

document.addEventListener("focusin", ({ target: field }) => {
  if (!field.matches?.("[data-combobox]") || !offerOf(field)) return;
  const state = states.get(field) ?? make(field);
  if (!state.isWhole) return;
  state.entered = true;
  field.select();
});
