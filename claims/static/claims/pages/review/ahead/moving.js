/* From one claim to the next without asking the server: their panels are here already. */

import { lastOf, unsaved } from "./outbox.js";
import { fetchPanel, has, isStale, putBack, take, want } from "./panels.js";
import { afterPaint, heard, place, show, shown } from "../panel.js";
import { comingAfter, number } from "./rows.js";
import { says } from "../../../components/notice.js";
import { typing } from "../../../components/single-keys.js";
import { began, ended, isBusy } from "./waiting.js";

/* How many panels are fetched ahead: of whoever opens an article, and of whoever goes through its queue. */
const FIRST = 3;
const MANY = 10;

let since = Date.now();
let depth = FIRST;

/* The address of the browser follows once the claim is on the screen. */
export function follow(here) {
  afterPaint(() => {
    /* As htmx marks the entries that it makes itself, to load them anew when somebody goes back. */
    if (!window.history.state?.htmx) window.history.replaceState({ htmx: true }, "", window.location.href);
    if (here !== `${window.location.pathname}${window.location.search}`) window.history.pushState({ htmx: true }, "", here);
  });
}

/* What comes next is fetched while the editor reads. */
export function lookAhead() {
  const id = shown()?.dataset.claim;
  if (id) afterPaint(() => want(comingAfter(id, depth).map((link) => link.getAttribute("hx-get")), { isQuiet: () => !unsaved() }));
}

/* The panel that the server has just drawn is on the page. */
export function arrived() {
  since = Date.now();
  lookAhead();
}

/* The panel that is left stays at hand, unless it asks something or its claim has changed. */
function leave() {
  const panel = shown();
  if (!panel || place.querySelector("[data-conflict], [data-outdated], .problem")) return;
  putBack(panel.dataset.part, { nodes: [...place.childNodes], at: since });
}

/* A claim whose verdict is under way is neither what it was nor what it will be. */
function markSaving(panel) {
  const entry = lastOf(panel.dataset.claim);
  if (!entry) return;
  const buttons = [...panel.querySelectorAll(".verdict")];
  for (const button of buttons) button.setAttribute("aria-pressed", button.value === entry.verdict);
  const words = says.savingOne.replace("{verdict}", buttons.find((one) => one.value === entry.verdict)?.dataset.label);
  panel.querySelector(".badge").textContent = words;
  panel.dataset.announce = words;
}

export function turnTo({ nodes, at }) {
  leave();
  heard();
  place.replaceChildren(...nodes);
  [since, depth] = [at, MANY];
  const panel = shown();
  number(panel);
  markSaving(panel);
  show({ moved: true });
  follow(panel.dataset.here);
  lookAhead();
  if (isStale(at)) lookAgain();
}

/* Shows the panel of an address if it is here. */
export function turn(part) {
  if (!has(part)) return false;
  turnTo(take(part));
  return true;
}

/* Shows it as soon as it is; keys wait until then. What was shown meanwhile stays, such as a verdict that was refused. Returns
   whether it came. */
export async function turnSoon(part) {
  const from = shown();
  began();
  const panel = await fetchPanel(part);
  if (panel && shown() === from) {
    take(part);
    turnTo(panel);
  }
  ended({ failed: !panel });
  return Boolean(panel);
}

/* Draws the panel that is shown anew, where the claim has changed since and nobody is typing in it. */
export async function lookAgain() {
  const now = shown();
  const { part, version } = now?.dataset ?? {};
  const panel = part && (await fetchPanel(part));
  /* What another answer has drawn since stays, and a form whose own is on its way must still be there for it. */
  if (!panel || isBusy() || shown() !== now || place.contains(document.activeElement?.closest("form")) || typing(document.activeElement)) return;
  since = panel.at;
  const drawn = panel.nodes.find((one) => one.dataset?.claim);
  if (drawn?.dataset.version === version && !now.matches("[data-outdated]")) return;
  /* A key may be pressed for what was there until now: the server then answers with what has changed. */
  const seen = place.querySelector("#decision [name=version]")?.value;
  place.replaceChildren(...panel.nodes);
  const decided = place.querySelector("#decision [name=version]");
  if (seen && decided) decided.value = seen;
  number(shown());
  show({ moved: false });
}
