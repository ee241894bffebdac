/* Where the drafts of this account and article are kept, and where the page says that something is not saved yet. */

import { files, PREFIX } from "../../components/stored-drafts.js";

const place = document.getElementById("claim");

const ofAccount = () => `${PREFIX}${place.dataset.account}:`;
const ofArticle = () => `${ofAccount()}${place.dataset.article}:`;
const keyOf = (claim) => ofArticle() + claim;
export const fileKey = (claim, group, field) => `${keyOf(claim)}:${group}:${field}`;
export const shown = () => place.querySelector("[data-claim]");
export const read = (claim) => JSON.parse(sessionStorage.getItem(keyOf(claim)) ?? '{"groups": {}}');

export function write(claim, kept) {
  for (const [name, group] of Object.entries(kept.groups)) if (!Object.keys(group.fields).length) delete kept.groups[name];
  if (Object.keys(kept.groups).length) sessionStorage.setItem(keyOf(claim), JSON.stringify(kept));
  else sessionStorage.removeItem(keyOf(claim));
  markUnsaved();
}

export function drop(claim, kept, name) {
  for (const field of Object.keys(kept.groups[name]?.fields ?? {})) files.delete(fileKey(claim, name, field));
  delete kept.groups[name];
}

/* ---- Showing that there is something unsaved ---- */

const unsavedOf = ({ groups: kept }) => Object.values(kept).map((group) => group.unsaved).join(" · ");

function keptClaims() {
  const found = new Map();
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(ofArticle())) found.set(key.slice(ofArticle().length), JSON.parse(sessionStorage.getItem(key)));
  }
  return found;
}

/* On the claim's row in the queue, or above the queue where the filter hides the row. */
export function markUnsaved() {
  const kept = keptClaims();
  for (const mark of document.querySelectorAll(".row__unsaved")) {
    if (!kept.has(mark.closest("[data-claim]").dataset.claim)) mark.remove();
  }
  const hidden = [];
  for (const [claim, draft] of kept) {
    const row = document.querySelector(`.row a[data-claim="${claim}"]`);
    if (row) unsavedMark(row).textContent = unsavedOf(draft);
    else hidden.push(draft);
  }
  const line = document.getElementById("unsaved");
  line.hidden = !hidden.length;
  line.querySelector("ul")?.remove();
  const list = document.createElement("ul");
  list.append(...hidden.map(linkTo));
  line.append(list);
}

function unsavedMark(row) {
  const there = row.querySelector(".row__unsaved");
  if (there) return there;
  const mark = document.createElement("span");
  mark.className = "row__unsaved";
  row.querySelector(".row__about").append(mark);
  return mark;
}

function linkTo(draft) {
  const [item, link] = [document.createElement("li"), document.createElement("a")];
  link.href = draft.url;
  link.dir = "auto";
  link.textContent = draft.words;
  item.append(link, ` ${unsavedOf(draft)}`);
  return item;
}

/* What another account left in this tab is nobody else's. */
export function forgetOthers() {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX) && !key.startsWith(ofAccount())) sessionStorage.removeItem(key);
  }
}
