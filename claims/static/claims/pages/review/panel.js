/* The panel of the current claim: finding things in it, and showing which claim it is everywhere else. */

import { restoreDrafts } from "./drafts.js";

export const place = document.getElementById("claim");
const announcement = document.getElementById("announcement");

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
const told = () => [...document.querySelectorAll("#notice [data-unheard]")].map((one) => one.textContent);

export function heard() {
  document.querySelector("#notice [data-unheard]")?.removeAttribute("data-unheard");
}

/* The current claim is marked in the text and in the list, scrolled to, and announced; the end of the queue is
   announced alone. `answered` says that this is the answer to a form. */
export function show({ moved, answered = false }) {
  const panel = place.querySelector(".panel");
  const id = panel.dataset.claim ?? "";
  for (const mark of document.querySelectorAll(".mark")) {
    mark.classList.toggle("is-current", mark.dataset.claims.split(" ").includes(id));
  }
  for (const link of document.querySelectorAll(".row a")) {
    if (link.dataset.claim === id) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  restoreFolds(place);
  if (id) restoreDrafts(panel, { answered });
  /* In one column the panel itself is what to look at, from its top; side by side, text and list follow it. */
  const wide = window.matchMedia("(min-width: 901px)").matches;
  if (wide) {
    document.querySelector(".row a[aria-current]")?.scrollIntoView({ block: "start" });
    document.querySelector(".mark.is-current")?.scrollIntoView({ block: "center" });
  } else if (moved) place.scrollIntoView({ block: "start" });
  const wanted = panel.querySelector("[data-focus], .field--wrong input, .field--wrong textarea");
  if (wanted) wanted.focus();
  else if (moved) panel.querySelector("h2").focus({ preventScroll: true });
  if (!moved) return;
  const said = [panel.dataset.announce, panel.dataset.statement].filter(Boolean);
  announce([...told(), said.join(": ")].join(". "));
}
