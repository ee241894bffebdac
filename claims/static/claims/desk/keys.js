/* The keys of the desk. None of them fires while somebody types; single letters can be switched off. */

import { place, press, reach, shown } from "./panel.js";
import { setSingleKeys, singleKeys, typing } from "./single.js";
import { makeOfSelection, reboundToSelection, selectByKeyboard, selectNextUnclaimed } from "./selection.js";

const dialog = document.getElementById("keys");
const box = document.getElementById("single-keys");

/* Keys may be pressed faster than the server answers: each waits for the one before it. Verdicts and other
   changes do not wait, they are dropped: nobody decides a claim that is not on the screen yet. */
const waiting = [];
let busy = false;

export const began = () => {
  busy = true;
};

export const ended = (successful) => {
  busy = false;
  if (!successful) waiting.length = 0;
};

export const takeNextStep = () => waiting.shift()?.();

const later = (deed) => (busy ? waiting.push(deed) : deed());
const step = (selector) => later(() => press(selector));
const go = (selector) => later(() => reach(selector));
const act = (selector) => busy || press(selector);
const undo = (selector) => busy || document.querySelector(`${selector}:not(:disabled)`)?.click();

const KEYS = {
  j: () => step("[data-step=after]"),
  k: () => step("[data-step=before]"),
  J: () => step("[data-step=pending]"),
  1: () => act("[name=verdict][value=verified]"),
  2: () => act("[name=verdict][value=disputed]"),
  3: () => act("[name=verdict][value=pending]"),
  n: () => go("[name=reason]"),
  e: () => go("[name=evidence-url]"),
  s: () => go("[data-deed=source] [name=name]"),
  r: () => go("[data-deed=reword] [name=statement]"),
  x: () => go("[data-caret]"),
  m: () => act("[data-deed=merge] button"),
  d: () => act("[data-deed=dismiss] button"),
  a: () => go("[data-deed=assign] select"),
  c: () => go("[data-deed=comment] textarea"),
  h: () => go("[data-fold=history] summary"),
  b: () => reboundToSelection(),
  w: () => selectByKeyboard(),
  u: () => selectNextUnclaimed(),
  "?": () => dialog.showModal(),
};

function onKey(event) {
  if (event.defaultPrevented || event.isComposing || dialog.open) return;
  const command = event.ctrlKey || event.metaKey;
  if (command && event.key === "Enter" && place.contains(event.target)) {
    event.preventDefault();
    const form = event.target.closest(".deed");
    if (form) form.requestSubmit();
    else press("[name=verdict][data-wanted]") || press("[name=verdict][aria-pressed=true]");
    return;
  }
  if (typing(event.target)) {
    if (event.key === "Escape") event.target.blur();
    if (event.key === "Enter" && event.target.matches("[data-caret]")) {
      event.preventDefault();
      event.target.form.requestSubmit();
    }
    return;
  }
  if (command && event.key.toLowerCase() === "z") {
    event.preventDefault();
    undo(event.shiftKey ? "[data-redo]" : "[data-undo]");
    return;
  }
  if (command || event.altKey) return;
  if (event.key === "Enter") {
    const onControl = event.target.closest?.("a, button, summary");
    if (!onControl && makeOfSelection()) event.preventDefault();
    return;
  }
  if (!singleKeys() && event.key !== "?") return;
  const key = KEYS[event.key] ?? (event.shiftKey ? undefined : KEYS[event.key.toLowerCase()]);
  if (key && shown()) {
    event.preventDefault();
    key();
  }
}

if (dialog) {
  document.addEventListener("keydown", onKey);
  document.querySelector("[data-keys]").addEventListener("click", () => dialog.showModal());
  box.checked = singleKeys();
  box.addEventListener("change", () => setSingleKeys(box.checked));
}
