/* The rows of the queue: which claim follows which, and what they say before the server does. */

import { says } from "../../../components/notice.js";

const place = document.getElementById("claim");
const ROWS = "#rows .row:not([data-gone])";

export const rowOf = (claim) => document.getElementById(`row${claim}`);
const linkOf = (row) => row?.querySelector("a[data-claim]") ?? null;
const isShown = (row) => row.matches(".row") && !("gone" in row.dataset);

/* The next row that the filter shows, or the one before, from that of a claim on. */
function beside(claim, direction) {
  let row = rowOf(claim);
  do row = row?.[direction];
  while (row && !isShown(row));
  return linkOf(row);
}

export const rowAfter = (claim) => beside(claim, "nextElementSibling");
export const rowBefore = (claim) => beside(claim, "previousElementSibling");
export const linkTo = (claim) => linkOf(rowOf(claim));

/* Where in the queue a claim stands, counting from 1; 0 where the filter hides it. */
export const placeOf = (claim) => [...document.querySelectorAll(ROWS)].indexOf(rowOf(claim)) + 1;

/* The next claims in the order of the queue. */
export function comingAfter(claim, number) {
  const found = [];
  for (let link = rowAfter(claim); link && found.length < number; link = rowAfter(link.dataset.claim)) found.push(link);
  return found;
}

function pendingAfter(claim) {
  const rows = [...document.querySelectorAll(ROWS)].filter((row) => ["pending", "proposed"].includes(row.dataset.state));
  const others = rows.filter((row) => row !== rowOf(claim));
  const behind = (row) => rowOf(claim)?.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING;
  return linkOf(others.find(behind) ?? others[0]);
}

/* ---- Where the panel says that its claim stands ---- */

function lead(link, to) {
  if (!link || !to) return;
  link.hidden = link.dataset.step === "pending";
  if (link.getAttribute("hx-get") === to.getAttribute("hx-get")) return;
  link.href = to.href;
  link.setAttribute("hx-get", to.getAttribute("hx-get"));
  window.htmx.process(link);
}

function leadNowhere(link) {
  if (!link) return;
  link.hidden = true;
  for (const name of ["href", "hx-get"]) link.removeAttribute(name);
  window.htmx.process(link);
}

/* A panel was drawn before the claims in front of it were decided: its number and its ways on are those of the rows. */
export function number(panel) {
  const { claim } = panel.dataset;
  if (!rowOf(claim)) return;
  const at = placeOf(claim);
  panel.querySelector("h2").textContent = at
    ? place.dataset.position.replace("{position}", at).replace("{total}", document.querySelectorAll(ROWS).length)
    : place.dataset.outside;
  const step = (name) => panel.querySelector(`[data-step=${name}]`);
  const [before, after, pending] = [rowBefore(claim), rowAfter(claim), pendingAfter(claim)];
  if (before) lead(step("before"), before);
  else leadNowhere(step("before"));
  if (after) lead(step("after"), after);
  if (pending) lead(step("pending"), pending);
  else leadNowhere(step("pending"));
}

/* ---- What was decided, and is not saved yet ---- */

export function markSaving(claim, verdict, { keeps }) {
  const row = rowOf(claim);
  if (!row) return;
  const state = row.querySelector(".row__state");
  row.dataset.was ??= state.textContent;
  state.textContent = says.savingOne.replace("{verdict}", verdict);
  if (!keeps) row.dataset.gone = "";
}

export function unmarkSaving(claim) {
  const row = rowOf(claim);
  if (row?.dataset.was === undefined) return;
  row.querySelector(".row__state").textContent = row.dataset.was;
  delete row.dataset.was;
  delete row.dataset.gone;
}

/* The state of a claim's words in the text, as its row says it. The sign behind them came with the answer. */
export function restate(claim) {
  const state = rowOf(claim)?.dataset.state;
  if (!state) return;
  for (const mark of document.querySelectorAll(`.mark[data-claims~="${claim}"]`)) {
    if (mark.dataset.claims.split(" ").at(-1) !== String(claim)) continue;
    for (const one of ["proposed", "pending", "verified", "disputed"]) mark.classList.toggle(`mark--${one}`, one === state);
  }
}
