/* The review page by keyboard, without leaving it. Without these files every link and button still works; it is only
   slower. */

import { filesKept } from "../../components/stored-drafts.js";
import { forgetOthers, markUnsaved } from "./draft-store.js";
import { forget, keepDraft, saved, sending, unsavedBeside } from "./drafts.js";
import { actInOrder, began, ended } from "./keys.js";
import { heard, keepFold, place, press, show, shown } from "./panel.js";
import { forgetSelection, splitAtCursor } from "./selection.js";

const isPresence = (event) => event.detail.requestConfig?.elt.id === "presence";

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
  const first = event.target.id === "decision" ? unsavedBeside(event.target) : [];
  if (!first.length) return;
  event.preventDefault();
  event.stopPropagation();
  saveFirst(first, event.submitter);
}, { capture: true });
place.addEventListener("click", (event) => {
  const left = event.target.closest("[data-answer=theirs]")?.dataset.form;
  if (left) forget(document.getElementById(left));
}, { capture: true });
/* A known source sets its kind, and a new one does not inherit the kind of the source before it. */
place.addEventListener("input", (event) => {
  if (!event.target.matches("[data-action=source] [name=name]")) return;
  const option = [...document.querySelectorAll("#sources option")].find((one) => one.value === event.target.value);
  const { kind, own } = event.target.form.elements;
  kind.value = option?.dataset.kind ?? "other";
  own.checked = Boolean(option) && "own" in option.dataset;
  for (const field of [kind, own]) keepDraft({ target: field });
});
document.addEventListener("htmx:beforeRequest", (event) => {
  const config = event.detail.requestConfig;
  if (config.verb === "post" && !isPresence(event)) config.sent = sending(config.elt, config.triggeringEvent?.submitter);
});
document.addEventListener("htmx:beforeSend", (event) => {
  if (isPresence(event)) return;
  began();
  heard();
});
/* By now what was answered is on the page. */
document.addEventListener("htmx:afterRequest", (event) => {
  if (isPresence(event)) return;
  const { requestConfig, target, xhr } = event.detail;
  const answered = requestConfig.verb === "post";
  /* htmx calls whatever it puts on the page a success, a conflict too. */
  const done = xhr.status >= 200 && xhr.status < 400;
  if (done && answered) {
    if (requestConfig.sent) saved(requestConfig.sent);
    forgetSelection();
  }
  if (target === place && place.querySelector(".panel")) show({ moved: true, answered });
  ended({ failed: !done });
});
window.addEventListener("beforeunload", (event) => {
  if (!filesKept()) return;
  event.preventDefault();
  /* Whoever stays goes on; the next line is reached after the question. */
  setTimeout(() => ended({ failed: true }));
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) ended({ failed: true });
});
show({ moved: false });
markUnsaved();
