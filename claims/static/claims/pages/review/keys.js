/* The keys of the review page. None of them works while someone types; single letters can be switched off. */

import { says, tell, tellForNow } from "../../components/notice.js";
import { setSingleKeys, singleKeys, typing } from "../../components/single-keys.js";
import { afterSaving, settle, undo } from "./ahead/deciding.js";
import { unsavedBeside } from "./drafts.js";
import { place, press, reach, shown } from "./panel.js";
import { makeOfSelection, reboundToSelection, selectByKeyboard, selectNextUnclaimed } from "./selection.js";
import { began, isBusy, isWaiting, wait } from "./ahead/waiting.js";

const dialog = document.getElementById("keys");
const box = document.getElementById("single-keys");

/* ---- What the keys do ---- */

const conflict = () => place.querySelector("[data-conflict]");

/* What is pressed for the next claim must not answer a question about this one. */
function change(action) {
  if (conflict()) tellForNow(conflict().dataset.conflict);
  else if (!shown()) tell(says.noClaim);
  else action();
}

function step(selector, nothing) {
  const link = place.querySelector(`${selector}[href]`);
  if (!link) return nothing && tell(nothing);
  /* Another page: what is pressed until it is there is for that one. */
  if (!link.hasAttribute("hx-get")) began();
  link.click();
}

const act = (selector) => change(() => press(selector));
const matched = (selector) => change(() => press(selector) || tell(says.noMatch));
const redo = () => afterSaving(() => document.querySelector("[data-redo]:not(:disabled)")?.click());
/* Without the events of a click and of a form, which cost half a frame, where nothing else is to be saved first. */
function give(verdict) {
  const button = place.querySelector(`.verdict[value=${verdict}]`);
  if (button && unsavedBeside(button.form).length) button.click();
  else if (button) settle(button.form, button);
}

const answer = (selector) => conflict() && press(selector);

const KEYS = {
  j: () => step("[data-step=after]"),
  k: () => step("[data-step=before]", says.first),
  J: () => step("[data-step=pending]", says.noPending),
  1: () => change(() => give("verified")),
  2: () => change(() => give("disputed")),
  3: () => change(() => give("pending")),
  y: () => answer("[data-answer=mine]"),
  l: () => answer("[data-answer=theirs]"),
  n: () => reach("[name=reason]"),
  N: () => reach("#id_note"),
  o: () => step("[data-step=source]"),
  e: () => reach("[data-draft=evidence] [name=evidence-url]"),
  s: () => reach("[data-action=source] [name=name]"),
  r: () => reach("[data-action=reword] [name=statement]"),
  x: () => reach("[data-caret]"),
  m: () => act("[data-action=merge] button"),
  d: () => act("[data-action=dismiss] button"),
  a: () => reach("[data-action=assign] select"),
  c: () => reach("[data-action=comment] textarea"),
  h: () => reach("[data-fold=history] summary"),
  t: () => matched("[data-match=take-over]"),
  i: () => matched("[data-match=same]"),
  f: () => matched("[data-match=not-same]"),
  g: () => matched("[data-match=no-conflict]"),
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
  const add = () => Boolean(evidence) && press("[data-draft=evidence] [type=submit]");
  const chosen = () => press("[name=verdict][data-wanted]") || press("[name=verdict][aria-pressed=true]");
  if (action && !conflict()) action.requestSubmit();
  else change(() => chosen() || add() || tell(says.verdict));
  /* The next keys are for what comes, not for the field that was sent. */
  if (isBusy()) target.blur();
}

/* What a key does outside of fields, or undefined where it does nothing. */
function actionOf({ key, shift, command, alt, onControl, named }) {
  if (command && key.toLowerCase() === "z") return shift ? redo : undo;
  if (command || alt) return undefined;
  if (key === "Enter") return onControl ? undefined : makeOfSelection;
  if (!singleKeys() && !named && key !== "?") return undefined;
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
  if (!isBusy()) return false;
  if (pressed.command && pressed.key === "Enter") return true;
  if (typing(target)) return false;
  const text = isWaiting() && !pressed.command && !pressed.alt && [...pressed.key].length === 1;
  return text || (isWaiting() && pressed.key === "Escape") || Boolean(actionOf(pressed));
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
    wait({ name, act: () => perform(pressed, document.activeElement, { waited: true }) });
  } else if (perform(pressed, event.target)) event.preventDefault();
}

/* What was chosen by its name is done as if by its key, whether single keys are on or not. */
function onNamed(event) {
  const keys = event.detail.split("+");
  const has = (name) => keys.includes(name);
  const pressed = { key: keys.at(-1), shift: has("Shift"), command: has("Ctrl"), named: true };
  const act = () => perform(pressed, document.body);
  if (isBusy()) wait({ name: event.detail, act });
  else act();
}

if (dialog) {
  document.addEventListener("keydown", onKey);
  document.addEventListener("palette:press", onNamed);
  for (const button of document.querySelectorAll("[data-keys]")) button.addEventListener("click", () => dialog.showModal());
  box.checked = singleKeys();
  box.addEventListener("change", () => setSingleKeys(box.checked));
}
