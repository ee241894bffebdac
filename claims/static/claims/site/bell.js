/* The bell at the head of every page: how many notifications are unread. An open page asks once a minute while someone looks
   at it, and when they come back to it. What they open is marked as read. */

import { csrfToken } from "../components/csrf-token.js";

const bell = document.querySelector("[data-bell]");
const EVERY = 60_000;
/* Who switches back and forth asks no more often than this. */
const AT_MOST = 5_000;

let { etag } = bell?.dataset ?? {};
let known = bell ? { claims: bell.dataset.claims.split(" "), reports: bell.dataset.reports.split(" ") } : {};
let last = Date.now();
let timer;

function show(unread) {
  const more = parseInt(unread.number || "0", 10) > parseInt(bell.dataset.number || "0", 10);
  known = { claims: unread.claims.map(String), reports: unread.reports };
  bell.dataset.number = unread.number;
  bell.querySelector("[data-bell-number]").textContent = unread.number;
  bell.querySelector("[data-bell-label]").textContent = unread.label;
  if (more) document.getElementById("bell-said").textContent = unread.label;
}

const token = () => csrfToken() ?? document.querySelector("[name=csrfmiddlewaretoken]")?.value;

/* Without an answer the bell stays as it is: the next one will tell. */
async function send(address, options) {
  last = Date.now();
  try {
    /* The server is told that nobody did this: it does not keep the login alive. */
    const answer = await fetch(address, { ...options, headers: { "HX-Request": "true", ...options.headers } });
    if (!answer.ok) return;
    etag = answer.headers.get("ETag") ?? "";
    show(await answer.json());
  } catch {
    etag = "";
  }
}

async function ask() {
  clearTimeout(timer);
  if (document.hidden) return;
  await send(bell.dataset.bell, { headers: etag ? { "If-None-Match": etag } : {} });
  clearTimeout(timer);
  timer = setTimeout(ask, EVERY);
  opened();
}

function read(what) {
  const headers = { "X-CSRFToken": token() };
  return send(bell.dataset.read, { method: "POST", headers, body: new URLSearchParams(what) });
}

/* What is open on this page is read. */
function opened() {
  if (document.hidden) return;
  const claim = document.querySelector("#claim .panel[data-claim]")?.dataset.claim;
  if (claim && known.claims.includes(claim)) {
    known.claims = known.claims.filter((one) => one !== claim);
    read({ claim });
  }
  const report = known.reports.find((one) => one && one === location.pathname);
  if (report) {
    known.reports = known.reports.filter((one) => one !== report);
    read({ report: report.match(/(\d+)\/$/)[1] });
  }
}

if (bell) {
  const panel = document.getElementById("claim");
  const watched = { childList: true, subtree: true, attributes: true, attributeFilter: ["data-claim"] };
  if (panel) new MutationObserver(opened).observe(panel, watched);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) clearTimeout(timer);
    else if (Date.now() - last > AT_MOST) ask();
    else timer = setTimeout(ask, EVERY);
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) ask();
  });
  timer = setTimeout(ask, EVERY);
  opened();
}
