/* Verdicts on their way to the server, in the order in which they were given, one at a time.

   Each is kept in this tab until its answer is on the page: a reload sends it again, and so does a connection that comes
   back. The server takes a verdict that it has already as the same one, by the claim's version that it was given at.

   Files live as long as the page. A verdict that came with one is not sent without it after a reload: its words are drafts
   of the claim then, which say that the file is missing. */

import { csrfToken } from "../../../components/csrf-token.js";
import { PREFIX } from "../../../components/stored-drafts.js";

const place = document.getElementById("claim");
const KEY = `${PREFIX}${place.dataset.account}:outbox:${place.dataset.article}`;
/* Milliseconds that an answer may take, and one to files. */
const PATIENCE = 60_000;
const PATIENCE_WITH_FILES = 600_000;
/* Milliseconds until the server is asked again, each time it could not be reached. */
const AGAIN = [500, 1000, 2000, 4000, 8000, 15_000];
const UNREACHABLE = new Set([429, 502, 503, 504]);

const entries = JSON.parse(sessionStorage.getItem(KEY) ?? "[]").filter((one) => !one.hasFiles);
/* Those of each entry, with the names of their fields. */
const files = new Map();
const refused = new Set();
const hopes = [];
let listener = {};
let busy = false;
let failures = 0;
let timer;

const keep = () => {
  try {
    if (entries.length) sessionStorage.setItem(KEY, JSON.stringify(entries));
    else sessionStorage.removeItem(KEY);
  } catch {
    /* Too much for the tab's storage: it is sent all the same, and only a reload in the meantime would lose it. */
  }
};
const next = () => entries.find((one) => !refused.has(one.id));

/* How many wait for the server, and whether it could not be reached the last time. */
export const unsaved = () => entries.filter((one) => !refused.has(one.id)).length;
export const unreachable = () => failures > 0;
export const holds = (claim) => entries.some((one) => one.claim === claim);
export const lastOf = (claim) => entries.findLast((one) => one.claim === claim);

/* Calls back with what happens: `changed`, `settled` with an entry and the answer, `refused` with both and the status, and
   `stopped` with the answer, where nothing can be sent for now. */
export function listen(callbacks) {
  listener = callbacks;
  listener.changed();
  send();
}

export function put(entry, attached) {
  const id = crypto.randomUUID?.() ?? `${Date.now()}:${entries.length}`;
  if (attached.length) files.set(id, attached);
  entries.push({ ...entry, id, hasFiles: files.has(id) });
  keep();
  listener.changed();
  setTimeout(send);
}

/* What was refused is on the page now. */
export function close(entry) {
  entries.splice(entries.findIndex((one) => one.id === entry.id), 1);
  refused.delete(entry.id);
  files.delete(entry.id);
  keep();
}

/* The last verdict, taken back before anybody sent it; undefined if it is under way, or there is none. */
export function withdraw() {
  const last = entries.at(-1);
  if (!last || refused.has(last.id) || (busy && last === next())) return undefined;
  close(last);
  listener.changed();
  return last;
}

/* Resolves once nothing waits any more: to true, or to false where something was refused or cannot be sent for now. */
export const drained = () => (unsaved() ? new Promise((resolve) => hopes.push(resolve)) : Promise.resolve(true));

const tell = (ok) => {
  for (const resolve of hopes.splice(0)) resolve(ok);
};

export async function send() {
  clearTimeout(timer);
  if (busy) return;
  busy = true;
  while (next() && (await sent(next())));
  busy = false;
  if (!unsaved()) tell(true);
}

/* Sends one, and says whether the next may follow. */
async function sent(entry) {
  const answer = await post(entry);
  if (!answer || UNREACHABLE.has(answer.status)) return later();
  failures = 0;
  if (answer.status === 401) return stop(answer);
  if (answer.ok) {
    settle(entry, answer);
    return true;
  }
  refused.add(entry.id);
  tell(false);
  listener.changed();
  listener.refused(entry, answer);
  return true;
}

function settle(entry, answer) {
  close(entry);
  /* A second verdict on the same claim was given at what the first one made of it. */
  const version = listener.settled(entry, answer);
  for (const one of entries) if (one.claim === entry.claim && one.version === entry.version) one.version = version;
  keep();
  listener.changed();
}

function later() {
  failures += 1;
  timer = setTimeout(send, AGAIN[Math.min(failures, AGAIN.length) - 1]);
  listener.changed();
  return false;
}

function stop(answer) {
  tell(false);
  listener.stopped(answer);
  return false;
}

async function post(entry) {
  const attached = files.get(entry.id);
  const fields = attached ? new FormData() : new URLSearchParams();
  for (const [name, value] of [...entry.fields, ...(attached ?? [])]) fields.append(name, value);
  fields.set("version", entry.version);
  const body = attached ? fields : fields.toString();
  const headers = {
    ...(attached ? {} : { "Content-Type": "application/x-www-form-urlencoded" }), "HX-Request": "true", "Desk-Answer": "changes", "X-CSRFToken": csrfToken() ?? "",
    /* Somebody else may have logged in since, in another tab. */
    "Desk-Account": place.dataset.account,
  };
  try {
    /* Sent to its end although the page is left, unless it is too large for that. */
    const keepalive = body.length < 60_000;
    const signal = AbortSignal.timeout(attached ? PATIENCE_WITH_FILES : PATIENCE);
    const answer = await fetch(entry.action, { method: "POST", headers, body, keepalive, signal });
    return { status: answer.status, ok: answer.ok, notice: answer.headers.get("HX-Retarget") === "#notice", html: await answer.text() };
  } catch {
    return null;
  }
}

window.addEventListener("online", send);
window.addEventListener("focus", send);
window.addEventListener("pageshow", send);
