/* The panel of the current claim: finding things in it, and showing which claim it is everywhere else. */

import { forgetWhatWasForNow } from "../../components/notice.js";
import { rowAfter } from "./ahead/rows.js";
import { restoreDrafts } from "./drafts.js";
import { foldBefore } from "./folding.js";

export const place = document.getElementById("claim");
const announcement = document.getElementById("announcement");
/* What stands in the row that J opens. */
const next = document.getElementById("row-next")?.content.firstElementChild;

export const announce = (words) => {
  announcement.textContent = words;
};

/* The panel of a claim; behind the last one there is none. */
export const shown = () => place.querySelector(".panel[data-claim]");

export const press = (selector) => {
  const found = place.querySelector(selector);
  found?.click();
  return Boolean(found);
};

/* Open whatever hides a field, and go there. */
export function reach(selector) {
  const found = place.querySelector(selector);
  if (!found) return;
  const fold = found.closest("details");
  if (fold) fold.open = true;
  found.focus();
  if (found.matches("textarea:not([data-caret])")) found.setSelectionRange(found.value.length, found.value.length);
}

/* ---- Parts that fold ---- */

/* Which of them are open stays so from one claim to the next. */

const foldKey = (fold) => `fold:${fold.dataset.fold}`;

/* What was opened because something is wrong in it, or not saved yet, says nothing about other claims. */
export function keepFold(event) {
  const fold = event.target;
  if (fold.matches?.("[data-fold]:not([data-held])")) sessionStorage.setItem(foldKey(fold), fold.open ? "open" : "");
}

/* What the server opened, because something is wrong in it, stays open. */
function restoreFolds(panel) {
  for (const fold of panel.querySelectorAll("[data-fold]:not([data-held])")) {
    const kept = sessionStorage.getItem(foldKey(fold));
    if (kept !== null) fold.open = kept === "open";
  }
}

/* ---- Showing a claim ---- */

/* A notice belongs to the claim that it came with, and not to the next one: the notice stays. */
const told = () => [...document.querySelectorAll("#notice [data-unheard]")].map((one) => one.textContent.trim().replace(/\s+/g, " "));

export function heard() {
  document.querySelector("#notice [data-unheard]")?.removeAttribute("data-unheard");
}

/* The current claim is marked in the text and in the list. */
export function point(id) {
  for (const mark of document.querySelectorAll(".mark.is-current")) mark.classList.remove("is-current");
  for (const link of document.querySelectorAll(".row a[aria-current]")) link.removeAttribute("aria-current");
  foldBefore(id);
  next?.remove();
  if (!id) return;
  for (const mark of document.querySelectorAll(`.mark[data-claims~="${id}"]`)) mark.classList.add("is-current");
  document.querySelector(`.row a[data-claim="${id}"]`)?.setAttribute("aria-current", "true");
  const after = rowAfter(id)?.querySelector(".row__about");
  if (after) after.append(next);
}

/* Once what was done to the page is on the screen, so that it comes there a frame earlier. */
export const afterPaint = (action) => (document.hidden ? action() : requestAnimationFrame(() => setTimeout(action)));

/* What is announced of a panel: what was done, and then the claim, unless it is the same as before. What is wrong in it is an
   alert, which speaks for itself. */
function say(panel, { stays }) {
  if (place.querySelector("[role=alert]")) return;
  const words = told();
  const claim = [[panel.querySelector("h2").textContent, panel.dataset.announce].filter(Boolean).join(", "), panel.dataset.statement];
  if (!stays || !words.length) words.push(claim.filter(Boolean).join(": "));
  announce(words.join(". "));
}

let last;

/* The current claim is pointed at, scrolled to, and announced; the end of the queue is announced alone. `answered` says that
   this is the answer to a form. */
export function show({ moved, answered = false }) {
  const panel = place.querySelector(".panel");
  const id = panel.dataset.claim ?? "";
  const stays = answered && id === last;
  last = id;
  forgetWhatWasForNow();
  point(id);
  restoreFolds(place);
  if (id) restoreDrafts(panel, { answered });
  /* In one column the panel itself is what to look at, from its top; side by side, text and list follow it. */
  const wide = window.matchMedia("(min-width: 901px)").matches;
  if (!wide && moved) place.scrollIntoView({ block: "start" });
  const heading = panel.querySelector("h2");
  const wanted = panel.querySelector("[data-focus], .field--wrong input, .field--wrong textarea");
  wanted?.focus();
  afterPaint(() => {
    if (!panel.isConnected) return;
    if (moved && !wanted && !place.contains(document.activeElement)) heading.focus({ preventScroll: true });
    if (wide) {
      document.querySelector(".row a[aria-current]")?.scrollIntoView({ block: "start" });
      document.querySelector(".mark.is-current")?.scrollIntoView({ block: "center" });
    }
    if (moved) say(panel, { stays });
  });
}
