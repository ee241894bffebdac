/* The key "/" on the review page: words are looked for in this article and its claims first. Enter goes from one match to
   the next, also once the field is left; the last option looks everywhere. */

import { close as closeList, offer } from "../../../components/fields/combobox.js";
import { singleKeys, typing } from "../../../components/single-keys.js";
import { announce } from "../panel.js";
import { matches } from "./matches.js";

const MOST = 50;
const bar = document.getElementById("find");
const field = bar.querySelector("input");
const place = bar.querySelector(".find__place");

let found = [];
let current = -1;

/* ---- What is offered ---- */

const span = (className, ...content) => {
  const element = document.createElement("span");
  element.className = className;
  element.append(...content);
  return element;
};

function wordsOf({ around: [before, words, after] }) {
  const mark = document.createElement("mark");
  mark.textContent = words;
  return [before, mark, after];
}

function optionOf(match, number) {
  const option = document.createElement("li");
  option.role = "option";
  option.id = `find-option-${number}`;
  option.dataset.match = number;
  const name = span("option__name", ...(match.id ? [match.statement || match.words] : wordsOf(match)));
  name.dir = "auto";
  if (match.icon) name.prepend(match.icon.cloneNode(true), " ");
  option.append(name);
  if (match.about) option.append(span("option__about", match.about));
  return option;
}

function everywhere(typed) {
  const option = document.createElement("li");
  option.role = "option";
  option.id = "find-option-everywhere";
  option.dataset.everywhere = typed;
  option.append(span("option__about", bar.dataset.everywhere.replace("WORDS", typed)));
  return option;
}

function load(typed) {
  const list = document.createDocumentFragment();
  found = matches(typed);
  current = -1;
  tellPlace();
  if (!typed) return list;
  const shown = found.slice(0, MOST).map(optionOf);
  if (!found.length) {
    const nothing = document.createElement("li");
    nothing.className = "options__heading";
    nothing.role = "presentation";
    nothing.textContent = bar.dataset.nothing;
    shown.push(nothing);
  }
  list.append(...shown, everywhere(typed));
  return list;
}

/* ---- Going there ---- */

function tellPlace() {
  place.textContent = current < 0 ? "" : told();
}

const told = () => bar.dataset.place.replace("NUMBER", current + 1).replace("TOTAL", found.length);

/* A claim is opened, and announced as whatever is opened; words are shown where they stand. */
function go(number) {
  current = (number + found.length) % found.length;
  tellPlace();
  const match = found[current];
  CSS.highlights?.delete("found");
  if (match.id) {
    const link = match.row?.isConnected ? match.row : document.querySelector(`#text .mark[data-claims~="${match.id}"]`);
    link?.click();
    return;
  }
  if (CSS.highlights) CSS.highlights.set("found", new Highlight(match.range));
  match.range.startContainer.parentElement.scrollIntoView({ block: "center" });
  document.getElementById("text").focus({ preventScroll: true });
  announce(`${told()}: ${match.around.join("")}`);
}

function step(by) {
  if (current < 0) found = matches(field.value.trim());
  if (found.length) go(current < 0 && by < 0 ? -1 : current + by);
}

function pick(option) {
  const { everywhere: typed, match } = option.dataset;
  if (typed !== undefined) location.assign(`${bar.dataset.address}?${new URLSearchParams({ q: typed })}`);
  else go(Number(match));
}

function open() {
  bar.hidden = false;
  field.focus();
}

function close() {
  closeList(field);
  bar.hidden = true;
  CSS.highlights?.delete("found");
  document.querySelector("#claim h2")?.focus();
}

offer("find", { load, pick });

/* ---- Keys and buttons ---- */

const isFree = (event) => !event.ctrlKey && !event.metaKey && !event.altKey && !document.querySelector("dialog[open]");

function perform(event) {
  if (event.key === "/" && singleKeys() && !typing(event.target)) open();
  else if (bar.hidden) return false;
  else if (event.key === "Escape" && bar.contains(event.target) && field.ariaExpanded !== "true") close();
  else if (event.key === "Enter" && !typing(event.target) && !event.target.closest("a, button, summary, input") && document.getSelection().isCollapsed) step(event.shiftKey ? -1 : 1);
  else return false;
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || !isFree(event) || !perform(event)) return;
  event.preventDefault();
  event.stopPropagation();
}, { capture: true });

document.addEventListener("click", ({ target }) => {
  const word = target.closest("[data-find]")?.dataset.find;
  const acts = { open, close, next: () => step(1), previous: () => step(-1) };
  acts[word]?.();
});
