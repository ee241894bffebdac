/* A verdict shows the next claim at once. It is saved behind that, in its turn; what the server says differently comes back to
   its claim. */

import { inform, says, tell } from "../../../components/notice.js";
import { typing } from "../../../components/single-keys.js";
import { drop, dropAll } from "./panels.js";
import { markUnsaved } from "../draft-store.js";
import { saved, sending } from "../drafts.js";
import * as outbox from "./outbox.js";
import { announce, place, point, show, shown } from "../panel.js";
import { markSaving, number, restate, rowAfter, unmarkSaving } from "./rows.js";
import { arrived, follow, lookAgain, lookAhead, turn, turnSoon } from "./moving.js";
import { nowSaved, tellState } from "./saving.js";
import { began, ended } from "./waiting.js";

const refusals = [];
/* Where whoever was called back to a claim goes on. */
let resume;

/* ---- Deciding ---- */


/* Whether a reason is missing; then it is asked for. */
function asksReason(form, button) {
  const field = form.elements.reason;
  if (button.value !== "disputed" || !field || field.value.trim()) return false;
  const problem = document.createElement("p");
  problem.className = "problem";
  problem.setAttribute("role", "alert");
  problem.textContent = says.reason;
  const body = place.querySelector(".panel__body");
  body.querySelector(":scope > .problem")?.remove();
  body.prepend(problem);
  body.scrollTop = 0;
  field.closest(".field").classList.add("field--wrong");
  field.setAttribute("aria-invalid", "true");
  place.querySelector(".verdict[value=disputed]").dataset.wanted = "";
  field.focus();
  return true;
}

function decide(form, button) {
  const panel = shown();
  if ("decided" in panel.dataset) return;
  const { claim, part, here, statement } = panel.dataset;
  const data = new FormData(form, button);
  const verdict = data.get("verdict");
  const fields = [...data].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
  const files = [...data].filter(([, value]) => value instanceof File && value.name);
  const { label } = button.dataset;
  const entry = { claim, part, here, verdict, label, statement, fields, version: data.get("version"), action: form.action, sent: sending(form, button) };
  const next = resume ?? rowAfter(claim)?.getAttribute("hx-get");
  resume = undefined;
  markSaving(claim, label, { keeps: panel.dataset.keeps.split(" ").includes(verdict) });
  panel.querySelector(":scope .problem")?.remove();
  outbox.put(entry, files);
  if (comeBack()) return;
  if (!next) end(panel);
  else if (!turn(next)) wait(panel, next);
}

/* Gives the verdict of a button, or asks for its reason. */
export function settle(form, button) {
  if (!asksReason(form, button)) decide(form, button);
}

/* The next panel is still on its way. */
async function wait(panel, next) {
  panel.dataset.decided = "";
  if (!(await turnSoon(next))) {
    tell(says.noNext);
    await outbox.drained();
    if (shown() === panel && !turn(next)) await turnSoon(next);
  }
  delete panel.dataset.decided;
}

/* What the end of the queue says counts every verdict, so they are saved first. */
async function end(panel) {
  panel.dataset.decided = "";
  began();
  const ok = await outbox.drained();
  delete panel.dataset.decided;
  if (ok && shown() === panel) window.htmx.ajax("GET", place.dataset.end, { target: place, source: place });
  ended({ failed: !ok });
}

/* ---- What the server says ---- */

/* Does something once all verdicts are saved. */
export async function afterSaving(action) {
  if (!outbox.unsaved()) return action();
  began();
  const ok = await outbox.drained();
  if (ok) action();
  return ended({ failed: !ok });
}

function settled(entry, { html }) {
  window.htmx.swap(place, html, { swapStyle: "none" });
  const news = document.querySelector("#notice [data-unheard=now]");
  if (news) announce(news.textContent);
  if (entry.sent) saved(entry.sent);
  markUnsaved();
  restate(entry.claim);
  nowSaved();
  const panel = shown();
  if (panel?.dataset.claim !== entry.claim) drop(entry.part);
  point(panel?.dataset.claim);
  if (panel) number(panel);
  const version = html.match(/data-version="(\d+)"/)?.[1] ?? entry.version;
  if (panel?.dataset.claim === entry.claim) outdate(panel, entry.version, version);
  if (!outbox.unsaved()) lookAhead();
  return version;
}

/* The editor is back at a claim whose verdict has been saved meanwhile, or still there because the next panel is on its way. */
function outdate(panel, before, now) {
  panel.dataset.outdated = "";
  if ("decided" in panel.dataset) return;
  for (const field of panel.querySelectorAll("[name=version]")) if (field.value === before) field.value = now;
  lookAgain();
}

function refused(entry, answer) {
  unmarkSaving(entry.claim);
  refusals.push({ entry, answer });
  if (comeBack()) return;
  const words = says.refused.replace("{verdict}", entry.label).replace("{claim}", entry.statement);
  tell(words);
}

/* Shows the first claim whose verdict was refused, with what was typed. Whoever is typing goes on, and comes to it with their
   next step. */
export function comeBack() {
  if (!refusals.length || (place.contains(document.activeElement) && typing(document.activeElement))) return false;
  const { entry, answer } = refusals.shift();
  const at = shown()?.dataset;
  if (at && at.claim !== entry.claim) resume ??= at.part;
  began();
  outbox.close(entry);
  drop(entry.part);
  if (answer.notice) returnTo(entry, answer);
  else {
    window.htmx.swap(place, answer.html, { swapStyle: "innerHTML" });
    arrived();
    show({ moved: true, answered: true });
    follow(entry.here);
  }
  ended({ failed: true });
  return true;
}

/* What is wrong is heard with the claim that it belongs to. */
async function returnTo(entry, { html }) {
  const isThere = await turnSoon(entry.part);
  drop(entry.part);
  const notice = document.getElementById("notice");
  notice.innerHTML = html;
  const problem = isThere && notice.querySelector("[role=alert]");
  if (!problem) return;
  problem.removeAttribute("role");
  problem.dataset.unheard = "";
}

/* What is here of other claims was fetched for whoever was logged in. */
function stopped({ html }) {
  dropAll();
  document.getElementById("notice").innerHTML = html;
}

/* ---- Taking back ---- */

/* The last verdict is taken back before the server had it, or else what was saved last is undone. */
export function undo() {
  const entry = outbox.withdraw();
  if (!entry) {
    afterSaving(() => document.querySelector("[data-undo]:not(:disabled)")?.click());
    return;
  }
  unmarkSaving(entry.claim);
  const words = says.withdrawn.replace("{verdict}", entry.label);
  takeBack(entry.part, words);
}

async function takeBack(part, words) {
  if (!turn(part)) await turnSoon(part);
  inform(words);
}

export function begin() {
  outbox.listen({ changed: tellState, settled, refused, stopped });
}
