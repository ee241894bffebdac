/* The panels of the claims that come next, here before they are asked for, as the server draws them; and those that were left
   a moment ago. */

const MOST = 12;
const STALE = 60_000;
/* A connection that hangs is given up: keys wait for the panel that is asked for. */
const PATIENCE = 20_000;
const NEAR = 2;

const place = document.getElementById("claim");
const kept = new Map();
const asked = new Map();
let wanted = [];
let near = [];
let era = 0;

function made(html) {
  const box = document.createElement("div");
  box.innerHTML = html;
  /* Its links and forms are ready before it is shown. */
  window.htmx.process(box);
  return [...box.childNodes];
}

/* The panel of an address, and when it came; it is no longer here then. */
export function take(part) {
  const found = kept.get(part);
  kept.delete(part);
  return found;
}

export const has = (part) => kept.has(part);

export function putBack(part, panel) {
  kept.delete(part);
  kept.set(part, panel);
  for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - MOST))) kept.delete(oldest);
}

export const drop = (part) => kept.delete(part);

/* What was changed may show in other panels, too. */
export function dropAll() {
  kept.clear();
  era += 1;
}

/* Fetches a panel, or waits for it where it is on its way. Resolves to null where it cannot be had. */
export function fetchPanel(part) {
  if (!asked.has(part)) asked.set(part, ask(part).finally(() => asked.delete(part)));
  return asked.get(part);
}

async function ask(part) {
  try {
    const headers = { "HX-Request": "true", "Desk-Answer": "panel", "Desk-Account": place.dataset.account };
    const answer = await fetch(part, { headers, cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    return answer.ok && !answer.redirected ? { nodes: made(await answer.text()), at: Date.now() } : null;
  } catch {
    return null;
  }
}

/* Whether a panel came so long ago that somebody may have changed its claim since. */
export const isStale = (at) => Date.now() - at > STALE;

/* Fetches what is not here of the panels that come next, and the nearest of them anew where they are old. The nearest come two
   at a time, the others one by one, and none of these while a verdict is under way: it is faster alone. Called again, it forgets
   what it was to fetch. */
export function want(parts, { isQuiet }) {
  wanted = parts.filter((part, place) => !kept.has(part) || (place < NEAR && isStale(kept.get(part).at)));
  near = parts.slice(0, NEAR);
  for (const _each of near) more(isQuiet);
}

async function more(isQuiet) {
  const part = wanted.find((one) => !asked.has(one));
  const isNear = near.includes(part);
  if (!part || asked.size >= (isNear ? NEAR : 1) || !(isNear || isQuiet())) return;
  wanted = wanted.filter((one) => one !== part);
  const before = era;
  const panel = await fetchPanel(part);
  const isShown = place.querySelector("[data-part]")?.dataset.part === part;
  if (panel && before === era && !isShown) putBack(part, panel);
  place.dataset.ahead = kept.size;
  if (panel) more(isQuiet);
}
