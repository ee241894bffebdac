/* The keys of the review page. None of them works while someone types; single letters can be switched off. */

import { says, tell, tellToo } from "../../components/notice.js";
import { place, press, reach, shown } from "./panel.js";
import { setSingleKeys, singleKeys, typing } from "../../components/single-keys.js";
import { makeOfSelection, reboundToSelection, selectByKeyboard, selectNextUnclaimed } from "./selection.js";

const dialog = document.getElementById("keys");
const box = document.getElementById("single-keys");

/* ---- What is pressed faster than the server answers ---- */

/* What waits for the answers under way: each is done to what is on the screen then. A problem ends the queue, so that
   nobody decides a claim that they did not mean. */
const waiting = [];
let underWay = 0;

export const began = () => {
  underWay += 1;
};

export function ended({ failed }) {
  underWay = Math.max(0, underWay - 1);
  if (failed && waiting.length) {
    tellToo(`${says.dropped} ${waiting.map((one) => one.name).join(" ")}`);
    waiting.length = 0;
  }
  while (!underWay && waiting.length) waiting.shift().act();
}

/* Actions that belong together, before all else that waits. */
export function actInOrder(actions) {
  waiting.unshift(...actions);
  while (!underWay && waiting.length) waiting.shift().act();
}

/* ---- What the keys do ---- */

const conflict = () => place.querySelector("[data-conflict]");

/* What is pressed for the next claim must not answer a question about this one. */
function change(action) {
  if (conflict()) tell(conflict().dataset.conflict);
  else if (!shown()) tell(says.noClaim);
  else action();
}

function step(selector, nothing) {
  const link = place.querySelector(selector);
  if (!link) return nothing && tell(nothing);
  /* Another page: what is pressed until it is there is for that one. */
  if (!link.hasAttribute("hx-get")) began();
  link.click();
}

const act = (selector) => change(() => press(selector));
const settle = (selector) => change(() => press(selector) || tell(says.noMatch));
const undo = (selector) => document.querySelector(`${selector}:not(:disabled)`)?.click();
const answer = (selector) => conflict() && press(selector);

const KEYS = {
  j: () => step("[data-step=after]"),
  k: () => step("[data-step=before]", says.first),
  J: () => step("[data-step=pending]", says.noPending),
  1: () => act("[name=verdict][value=verified]:not([data-answer])"),
  2: () => act("[name=verdict][value=disputed]:not([data-answer])"),
  3: () => act("[name=verdict][value=pending]:not([data-answer])"),
  y: () => answer("[data-answer=mine]"),
  l: () => answer("[data-answer=theirs]"),
  n: () => reach("[name=reason]"),
  e: () => reach("[data-draft=evidence] [name=evidence-url]"),
  s: () => reach("[data-action=source] [name=name]"),
  r: () => reach("[data-action=reword] [name=statement]"),
  x: () => reach("[data-caret]"),
  m: () => act("[data-action=merge] button"),
  d: () => act("[data-action=dismiss] button"),
  a: () => reach("[data-action=assign] select"),
  c: () => reach("[data-action=comment] textarea"),
  h: () => reach("[data-fold=history] summary"),
  t: () => settle("[data-match=take-over]"),
  i: () => settle("[data-match=same]"),
  f: () => settle("[data-match=not-same]"),
  g: () => settle("[data-match=no-conflict]"),
  b: () => change(reboundToSelection),
  w: () => selectByKeyboard(),
  u: () => selectNextUnclaimed(),
  "?": () => dialog.showModal(),
};

/* Held down, these are still pressed once. */
const MOVES = new Set(["j", "k", "J"]);

function saveAndMoveOn(target) {
  const action = target.closest?.(".action-form");
  /* Without a verdict, evidence that has been entered is saved by its own button. */
  const evidence = target.closest?.("[data-draft=evidence]");
  const add = () => Boolean(evidence) && press("[data-draft=evidence] > [type=submit]");
  const chosen = () => press("[name=verdict][data-wanted]") || press("[name=verdict][aria-pressed=true]");
  if (action && !conflict()) action.requestSubmit();
  else change(() => chosen() || add() || tell(says.verdict));
  /* The next keys are for what comes, not for the field that was sent. */
  if (underWay) target.blur();
}

/* What a key does outside of fields, or undefined where it does nothing. */
function actionOf({ key, shift, command, alt, onControl }) {
  if (command && key.toLowerCase() === "z") return () => undo(shift ? "[data-redo]" : "[data-undo]");
  if (command || alt) return undefined;
  if (key === "Enter") return onControl ? undefined : makeOfSelection;
  if (!singleKeys() && key !== "?") return undefined;
  return KEYS[key] ?? (shift ? undefined : KEYS[key.toLowerCase()]);
}

function inField(field, { key, command }) {
  if (key === "Escape") field.blur();
  if (key !== "Enter" || command || !field.matches("[data-caret]")) return false;
  field.form.requestSubmit();
  return true;
}

/* A key that waited is typed where the cursor is by then. */
function type(field, { key, command, alt }) {
  const character = key === "Enter" && field.matches("textarea") ? "\n" : key;
  if (command || alt || character.length !== 1 || field.matches("[data-fixed], select")) return;
  document.execCommand("insertText", false, character);
}

/* Does what a key does. Returns whether it did anything. */
function perform(pressed, target, { waited = false } = {}) {
  if (pressed.command && pressed.key === "Enter") {
    const here = place.contains(target) || waited;
    if (here) saveAndMoveOn(target);
    return here;
  }
  if (typing(target)) {
    if (!inField(target, pressed) && waited) type(target, pressed);
    return pressed.key === "Enter" && target.matches("[data-caret]");
  }
  const action = place.querySelector(".panel") && actionOf(pressed);
  return Boolean(action) && action() !== false;
}

/* Whether a key has to wait: it acts, or it may be text for a field that a key before it opens. */
function waits(pressed, target) {
  if (!underWay) return false;
  if (pressed.command && pressed.key === "Enter") return true;
  if (typing(target)) return false;
  const text = waiting.length > 0 && !pressed.command && !pressed.alt && [...pressed.key].length === 1;
  return text || (waiting.length > 0 && pressed.key === "Escape") || Boolean(actionOf(pressed));
}

function onKey(event) {
  if (event.defaultPrevented || event.isComposing || dialog.open) return;
  const pressed = {
    key: event.key,
    shift: event.shiftKey,
    command: event.ctrlKey || event.metaKey,
    alt: event.altKey,
    onControl: Boolean(event.target.closest?.("a, button, summary")),
  };
  const again = event.repeat && !MOVES.has(event.key) && (pressed.command || !typing(event.target)) && actionOf(pressed);
  const held = event.repeat && pressed.command && event.key === "Enter";
  if (again || held) event.preventDefault();
  else if (waits(pressed, event.target)) {
    event.preventDefault();
    const name = `${pressed.command ? "Ctrl+" : ""}${event.key}`;
    waiting.push({ name, act: () => perform(pressed, document.activeElement, { waited: true }) });
  } else if (perform(pressed, event.target)) event.preventDefault();
}

if (dialog) {
  document.addEventListener("keydown", onKey);
  document.querySelector("[data-keys]").addEventListener("click", () => dialog.showModal());
  box.checked = singleKeys();
  box.addEventListener("change", () => setSingleKeys(box.checked));
}
