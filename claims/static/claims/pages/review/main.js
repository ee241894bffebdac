/* The review page by keyboard, without leaving it. Without these files every link and button still works; it is only
   slower. */

import { filesKept } from "../../components/stored-drafts.js";
import { drop, dropAll } from "./ahead/panels.js";
import { afterSaving, begin, comeBack, settle, undo } from "./ahead/deciding.js";
import { forgetOthers, markUnsaved } from "./draft-store.js";
import { forget, keepDraft, saved, sending, unsavedBeside } from "./drafts.js";
import "./keys.js";
import "./presence.js";
import { holds, unsaved } from "./ahead/outbox.js";
import { heard, keepFold, place, press, show, shown } from "./panel.js";
import { forgetSelection, splitAtCursor } from "./selection.js";
import { arrived, turn } from "./ahead/moving.js";
import { actInOrder, began, ended } from "./ahead/waiting.js";

/* A verdict saves what else was changed in the panel, form by form, and then itself. Each form is sent from the panel that
   the answer before brought, and a problem ends it all. */
function saveFirst(forms, verdict) {
  const { claim } = shown().dataset;
  const name = verdict.querySelector("kbd")?.textContent ?? verdict.value;
  const send = (action) => () => [...place.querySelectorAll("form")].find((one) => one.action === action)?.requestSubmit();
  const decide = () => shown()?.dataset.claim === claim && press(`.verdict[value="${verdict.value}"]`);
  actInOrder([...forms.map((form) => ({ name, act: send(form.action) })), { name, act: decide }]);
}

forgetOthers();
place.addEventListener("input", keepDraft);
place.addEventListener("change", keepDraft);
place.addEventListener("toggle", keepFold, { capture: true });
place.addEventListener("submit", (event) => {
  if (event.target.matches("[data-action=split]")) splitAtCursor(event.target);
  if (event.target.id !== "decision" || event.submitter?.name !== "verdict") return;
  const first = unsavedBeside(event.target);
  event.preventDefault();
  event.stopPropagation();
  if (first.length) saveFirst(first, event.submitter);
  else settle(event.target, event.submitter);
}, { capture: true });
/* Whoever has finished typing is called back to what was refused meanwhile. */
place.addEventListener("focusout", () => setTimeout(comeBack));
place.addEventListener("click", (event) => {
  const left = event.target.closest("[data-answer=theirs]")?.dataset.form;
  if (left) forget(document.getElementById(left));
}, { capture: true });
const claimOf = (part) => part.match(/\/claims\/(\d+)\//)?.[1];

/* A panel that is here need not be asked for. What else is sent or asked waits for the verdicts that are under way, where it
   would come before them. */
document.addEventListener("htmx:confirm", (event) => {
  const { verb, path, target, elt, issueRequest } = event.detail;
  const opens = verb === "get" && target === place && elt !== place;
  if (opens && elt.matches("[data-answer]")) drop(path);
  else if (opens && turn(path)) event.preventDefault();
  if (event.defaultPrevented || !unsaved()) return;
  if (verb !== "post" && !(opens && holds(claimOf(path)))) return;
  event.preventDefault();
  if (elt.querySelector("[data-undo]") || elt.matches("#notice form")) undo();
  else afterSaving(() => issueRequest(true));
});
document.addEventListener("htmx:beforeRequest", (event) => {
  const config = event.detail.requestConfig;
  if (config.verb === "post") config.sent = sending(config.elt, config.triggeringEvent?.submitter);
});
document.addEventListener("htmx:beforeSend", () => {
  began();
  heard();
});
/* By now what was answered is on the page. */
document.addEventListener("htmx:afterRequest", (event) => {
  const { requestConfig, target, xhr } = event.detail;
  const answered = requestConfig.verb === "post";
  /* htmx calls whatever it puts on the page a success, a conflict too. */
  const done = xhr.status >= 200 && xhr.status < 400;
  if (done && answered) {
    if (requestConfig.sent) saved(requestConfig.sent);
    forgetSelection();
  }
  if (answered) dropAll();
  if (target === place && place.querySelector(".panel")) {
    show({ moved: true, answered });
    arrived();
  }
  ended({ failed: !done });
});
window.addEventListener("beforeunload", (event) => {
  if (!filesKept() && !unsaved()) return;
  event.preventDefault();
  /* Whoever stays goes on; the next line is reached after the question. */
  setTimeout(() => ended({ failed: true }));
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) ended({ failed: true });
});
show({ moved: false });
markUnsaved();
arrived();
begin();
