/* The review page by keyboard, and what htmx needs to be told. Without these files every link and button
   still works; it is only slower. */

import "./files.js";
import "./hints.js";
import "./picks.js";
import { forgetDrafts, keepDraft } from "./drafts.js";
import { keepFold } from "./folds.js";
import { began, ended, takeNextStep } from "./keys.js";
import { tell } from "./notice.js";
import { heard, place, show, shown } from "./panel.js";
import { forgetSelection, splitAtCursor } from "./selection.js";

/* A login in another tab changes the token of the cookie; forms of this page still hold the old one. */
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]*)/);
  if (!token) return;
  event.detail.parameters.delete("csrfmiddlewaretoken");
  event.detail.headers["X-CSRFToken"] = token[1];
});

const announcement = document.getElementById("announcement");
const isPresence = (event) => event.detail.elt?.id === "presence";

document.addEventListener("htmx:sendError", (event) => {
  if (announcement && !isPresence(event)) tell(announcement.dataset.unreachable);
});

if (place) {
  place.addEventListener("input", keepDraft);
  place.addEventListener("toggle", keepFold, { capture: true });
  place.addEventListener("submit", (event) => {
    if (event.target.matches("[data-deed=split]")) splitAtCursor(event.target);
  }, { capture: true });
  /* A source that is there already brings its kind. */
  place.addEventListener("input", (event) => {
    if (!event.target.matches("[data-deed=source] [name=name]")) return;
    const option = [...document.querySelectorAll("#sources option")].find((one) => one.value === event.target.value);
    if (!option) return;
    event.target.form.elements.kind.value = option.dataset.kind;
    event.target.form.elements.own.checked = "own" in option.dataset;
  });
  document.addEventListener("htmx:beforeSend", (event) => {
    if (isPresence(event)) return;
    began();
    heard();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (isPresence(event)) return;
    const { elt, successful, requestConfig } = event.detail;
    if (successful && requestConfig?.verb === "post") {
      const form = elt.closest?.("form");
      const panel = elt.closest?.("#claim")?.querySelector(".panel");
      if (form) forgetDrafts(form, requestConfig.claim ?? panel?.dataset.claim);
      forgetSelection();
    }
    /* What was answered into the panel ends once it is there. */
    if (!successful || event.detail.target !== place) ended(successful);
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (shown()) event.detail.requestConfig.claim = shown().dataset.claim;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target !== place || !shown()) return;
    show({ moved: true });
    ended(true);
    takeNextStep();
  });
  if (shown()) show({ moved: false });
}

/* What was typed is nobody else's: it goes with whoever logs out. */
document.getElementById("logout-form")?.addEventListener("submit", () => sessionStorage.clear());
