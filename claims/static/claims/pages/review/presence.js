/* Who else has the article open, and at which claim; and what others decide, as they decide it: their rows, marks and counts
   change, and whatever somebody looks at stays where it is. One request tells all of it: often while others are here, seldom
   while nobody is, and none while nobody looks at this page. */

import { csrfToken } from "../../components/csrf-token.js";
import { drop } from "./ahead/panels.js";
import { lookAgain } from "./ahead/moving.js";
import { markUnsaved } from "./draft-store.js";
import { holds, unsaved } from "./ahead/outbox.js";
import { announce, point, shown } from "./panel.js";
import { linkTo, number, placeOf, restate, rowOf } from "./ahead/rows.js";

const ALONE = 20_000;
const TOGETHER = 5_000;
const SOON = 1_000;

const line = document.getElementById("presence");
let { since } = line.dataset;
let others = [];
/* Whether there are claims by now that this page does not have. */
let isOutdated = false;
let timer;

/* ---- Who is where ---- */

function showOthers() {
  line.replaceChildren();
  for (const mark of document.querySelectorAll(".row__here")) mark.remove();
  if (isOutdated) line.append(linkTold("", line.dataset.outdated), " ");
  if (others.length) line.append(`${line.dataset.here} `);
  others.forEach(({ name, claim }, at) => {
    const who = document.createElement("bdi");
    who.textContent = name;
    line.append(at ? ", " : "", who);
    const place = placeOf(claim);
    if (!place) return;
    line.append(" ", linkOf(claim, line.dataset.at.replace("{position}", place)));
    const mark = document.createElement("span");
    mark.className = "row__here";
    mark.textContent = line.dataset.isHere.replace("{name}", name);
    rowOf(claim).querySelector(".row__about").append(mark);
  });
}

function linkTold(href, words) {
  const link = document.createElement("a");
  link.href = href;
  link.textContent = words;
  return link;
}

function linkOf(claim, words) {
  const link = linkTold(linkTo(claim).href, words);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    linkTo(claim)?.click();
  });
  return link;
}

/* ---- What others changed ---- */

const claimOf = (row) => row.id.replace("row", "");

/* A row is as new as the version of its claim. Verdicts of this page that are under way bring their own. */
function isNews(row, old) {
  return old && !holds(claimOf(row)) && Number(row.dataset.version) > Number(old.dataset.version);
}

function replaceRow(row, old, answer) {
  const claim = claimOf(row);
  const box = row.querySelector("[name=chosen]");
  if (box) box.checked = old.querySelector("[name=chosen]")?.checked ?? false;
  old.replaceWith(row);
  window.htmx.process(row);
  restate(claim);
  const sign = answer.querySelector(`template[data-sign="${claim}"]`);
  for (const end of document.querySelectorAll(`#text [data-end="${claim}"]`)) end.innerHTML = sign.innerHTML;
  drop(linkTo(claim).getAttribute("hx-get"));
}

/* Does something to the rows, and leaves the current one, or else the first in sight, where it is. */
function inPlace(action) {
  const rows = document.getElementById("rows");
  const top = rows.getBoundingClientRect().top;
  const isSeen = (row) => row.getBoundingClientRect().bottom > top;
  const anchor = (rowOf(shown()?.dataset.claim) ?? [...rows.querySelectorAll(".row:not([data-gone])")].find(isSeen))?.id;
  const placed = () => document.getElementById(anchor)?.getBoundingClientRect().top ?? 0;
  const before = placed();
  action();
  rows.scrollTop += placed() - before;
}

async function takeOver(answer) {
  const rows = [...answer.querySelectorAll(".row")];
  const news = rows.filter((row) => isNews(row, rowOf(claimOf(row))));
  isOutdated ||= rows.some((row) => !rowOf(claimOf(row)) && !("gone" in row.dataset));
  if (!news.length) return;
  const current = shown()?.dataset.claim;
  inPlace(() => {
    for (const row of news) replaceRow(row, rowOf(claimOf(row)), answer);
    /* Which also folds what is decided by now. */
    point(current);
  });
  if (!unsaved()) {
    for (const id of ["verdict-counts", "filters"]) document.getElementById(id).replaceWith(answer.querySelector(`#${id}`));
  }
  markUnsaved();
  if (shown()) number(shown());
  if (!news.some((row) => row.id === `row${current}`)) return;
  await lookAgain();
  const panel = shown();
  if (panel?.dataset.claim === current) announce(`${panel.querySelector("h2").textContent}, ${rowOf(current).querySelector(".row__state").textContent.trim()}`);
}

/* ---- Asking ---- */

async function ask() {
  clearTimeout(timer);
  if (document.hidden) return;
  try {
    const body = new URLSearchParams({ since, claim: shown()?.dataset.claim ?? "" });
    const answer = await fetch(line.dataset.address, { method: "POST", headers: { "HX-Request": "true", "X-CSRFToken": csrfToken() ?? "" }, body });
    if (answer.ok && !answer.redirected) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      ({ since } = page.querySelector("[data-since]").dataset);
      others = [...page.querySelectorAll("[data-person]")].map((one) => ({ name: one.dataset.person, claim: one.dataset.at }));
      await takeOver(page);
      showOthers();
    }
  } catch {
    /* The next answer tells it. */
  }
  clearTimeout(timer);
  timer = setTimeout(ask, others.length ? TOGETHER : ALONE);
}

document.addEventListener("visibilitychange", () => {
  clearTimeout(timer);
  if (!document.hidden) timer = setTimeout(ask, SOON);
});
timer = setTimeout(ask, SOON);
