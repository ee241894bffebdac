/* Words of the article, selected by mouse, by keyboard or because no claim covers them, become a claim or the
   current claim's words. */

import { says, tell } from "../../components/notice.js";
import { codePoints, placesIn, placesOf } from "./offsets.js";
import { afterPaint, announce, place } from "./panel.js";

const bar = document.getElementById("selection");
const dialog = document.getElementById("words");
const field = dialog?.querySelector("textarea");

const chosen = () => (dialog?.open ? placesIn(field) : placesOf(document.getSelection()));

/* The two buttons float below the selection. */
function follow() {
  if (!bar || dialog.open) return;
  const places = placesOf(document.getSelection());
  bar.hidden = !places;
  if (!places) return;
  const box = document.getSelection().getRangeAt(0).getBoundingClientRect();
  bar.style.setProperty("--left", `${Math.max(8, Math.min(box.left, window.innerWidth - bar.offsetWidth - 8))}px`);
  bar.style.setProperty("--top", `${Math.min(box.bottom + 8, window.innerHeight - bar.offsetHeight - 8)}px`);
}

function send(form, places) {
  form.elements.spans.value = JSON.stringify([places]);
  dialog.close();
  document.getSelection().removeAllRanges();
  form.requestSubmit();
}

export function makeOfSelection() {
  const places = bar && chosen();
  if (places) send(bar, places);
  return Boolean(places);
}

export function reboundToSelection() {
  const form = place.querySelector("[data-action=spans]");
  const places = form && bar && chosen();
  if (places) send(form, places);
  return Boolean(places);
}

/* The article in a field, with the cursor at the current claim: any keyboard and screen reader selects there. */
export function selectByKeyboard() {
  if (!dialog) return;
  dialog.showModal();
  field.focus();
  const mark = document.querySelector(".mark.is-current");
  const paragraph = mark?.closest("p");
  if (!paragraph) return;
  const range = document.createRange();
  range.setStart(mark, 0);
  range.setEnd(mark, 1);
  const [start] = placesOf({ isCollapsed: false, rangeCount: 1, getRangeAt: () => range }) ?? [0];
  const units = [...field.value].slice(0, start).join("").length;
  field.setSelectionRange(units, units);
}

/* What no claim covers is selected in turn, from the last one or the current claim on: Enter makes a claim of it. */
export function selectNextUnclaimed() {
  const all = [...document.querySelectorAll(".text p .unclaimed")];
  const selection = document.getSelection();
  const from = selection.anchorNode?.parentElement?.closest(".unclaimed") ?? document.querySelector(".mark.is-current");
  const behind = (one) => from?.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
  const next = all.find(behind) ?? all[0];
  if (!next) {
    tell(says.noUnclaimed);
    return;
  }
  selection.setBaseAndExtent(next.firstChild, 0, next.firstChild, next.firstChild.length);
  next.scrollIntoView({ block: "center" });
  follow();
  bar?.querySelector("[type=submit]").focus({ preventScroll: true });
  announce(`${next.title}: ${next.textContent}`);
}

function onFieldKey(event) {
  if (event.key === "Enter" && makeOfSelection()) event.preventDefault();
  if (event.key.toLowerCase() === "b" && reboundToSelection()) event.preventDefault();
  event.stopPropagation();
}

/* The cursor in a claim's exact words says where it is split. */
export function splitAtCursor(form) {
  const words = form.querySelector("[data-caret]");
  form.elements.caret.value = codePoints(words.value.slice(0, words.selectionStart));
}

if (bar) {
  /* Asked for a selection, the browser lays the page out: after a frame it is laid out anyway. */
  document.addEventListener("selectionchange", () => afterPaint(follow));
  document.addEventListener("scroll", follow, { passive: true, capture: true });
  bar.querySelector("[data-rebound]").addEventListener("click", reboundToSelection);
  bar.querySelector("[type=submit]").addEventListener("click", (event) => {
    const places = chosen();
    if (places) bar.elements.spans.value = JSON.stringify([places]);
    else event.preventDefault();
  });
  field.addEventListener("keydown", onFieldKey);
}

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-next-unclaimed]")) selectNextUnclaimed();
});

/* Fields that show words to select in: a cursor moves in them as in any other, and nothing can be typed. */
document.addEventListener("beforeinput", (event) => {
  if (event.target.matches?.("[data-fixed]")) event.preventDefault();
});

export const forgetSelection = () => {
  if (bar) bar.elements.spans.value = "";
};
