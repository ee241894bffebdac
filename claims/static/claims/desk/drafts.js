/* Drafts: whatever is typed, chosen or ticked in the panel is kept in this tab until the server has it, by account,
   article and claim. The fields that are saved together are a group: an element with `data-draft`, or else their form.

   A draft remembers what the server had in a field when it was begun. Has somebody changed just that meanwhile, it is
   sent with the version of the claim that it was begun at, and the server answers with a conflict.

   Files cannot be stored. They live as long as the page, which moves from claim to claim without being loaded anew. */

import { says } from "./says.js";

const PREFIX = "draft:";
const TYPED = "input:not([type=hidden], [type=submit], [type=button]), select, textarea:not([data-fixed])";

const place = document.getElementById("claim");
const files = new Map();

/* ---- Fields and groups ---- */

const typed = (field) => field.matches?.(TYPED) && field.name && field.form;
const groupOf = (field) => field.closest("[data-draft]") ?? field.form;
const nameOf = (group) => group.dataset.draft ?? new URL(group.action).pathname;
const formOf = (group) => group.closest("form");
const fieldsOf = (group) => [...formOf(group).elements].filter((one) => typed(one) && groupOf(one) === group);
const groups = () => [...new Set([...place.querySelectorAll(TYPED)].filter(typed).map(groupOf))];
const groupNamed = (name) => groups().find((group) => nameOf(group) === name);
const ticked = (field) => field.type === "checkbox" || field.type === "radio";
const same = (some, others) => some.length === others.length && some.every((one, at) => one === others[at]);

/* What the fields of one name hold, as a list: the values of boxes that are ticked, of options that are chosen. */
const held = (fields) => fields.flatMap((field) => {
  if (field.type === "file") return [...field.files].map((file) => file.name);
  if (ticked(field)) return field.checked ? [field.value] : [];
  return field.options ? [...field.selectedOptions].map((option) => option.value) : [field.value];
});

/* What they held when the server sent them. */
const served = (fields) => fields.flatMap((field) => {
  if (field.type === "file") return [];
  if (ticked(field)) return field.defaultChecked ? [field.value] : [];
  if (!field.options) return [field.defaultValue];
  const chosen = [...field.options].filter((option) => option.defaultSelected);
  if (!chosen.length && !field.multiple) chosen.push(...[...field.options].slice(0, 1));
  return chosen.map((option) => option.value);
});

function fill(fields, values, kept) {
  for (const field of fields) {
    if (field.type === "file") {
      const transfer = new DataTransfer();
      for (const file of kept ?? []) transfer.items.add(file);
      field.files = transfer.files;
    } else if (ticked(field)) field.checked = values.includes(field.value);
    else if (field.options) for (const option of field.options) option.selected = values.includes(option.value);
    else field.value = values[0] ?? "";
  }
}

/* ---- What is kept ---- */

const ofAccount = () => `${PREFIX}${place.dataset.account}:`;
const ofArticle = () => `${ofAccount()}${place.dataset.article}:`;
const keyOf = (claim) => ofArticle() + claim;
const fileKey = (claim, group, field) => `${keyOf(claim)}:${group}:${field}`;
const shown = () => place.querySelector("[data-claim]");
const read = (claim) => JSON.parse(sessionStorage.getItem(keyOf(claim)) ?? '{"groups": {}}');

function write(claim, kept) {
  for (const [name, group] of Object.entries(kept.groups)) if (!Object.keys(group.fields).length) delete kept.groups[name];
  if (Object.keys(kept.groups).length) sessionStorage.setItem(keyOf(claim), JSON.stringify(kept));
  else sessionStorage.removeItem(keyOf(claim));
  markUnsaved();
}

export function keepDraft({ target: field }) {
  const panel = shown();
  if (!panel || !typed(field)) return;
  const [group, claim] = [groupOf(field), panel.dataset.claim];
  const name = nameOf(group);
  const kept = read(claim);
  const unsaved = group.dataset.unsaved ?? says.unsaved;
  const version = field.form.elements.version?.value;
  const draft = (kept.groups[name] ??= { unsaved, version, fields: {} });
  const fields = fieldsOf(group).filter((one) => one.name === field.name);
  const value = held(fields);
  const base = draft.fields[field.name]?.base ?? served(fields);
  if (field.type === "file") {
    if (value.length) files.set(fileKey(claim, name, field.name), [...field.files]);
    else files.delete(fileKey(claim, name, field.name));
  }
  if (same(value, base)) delete draft.fields[field.name];
  else draft.fields[field.name] = { value, base };
  Object.assign(kept, { url: panel.dataset.url, words: panel.querySelector(".words")?.textContent ?? "" });
  if (!Object.keys(draft.fields).length) group.querySelector(":scope > .draft")?.remove();
  write(claim, kept);
}

/* The drafts of the claim that is shown now. One that the server turns out to have is no draft any more; an answer to
   a form says nothing of that, for it brings back what was typed. */
export function restoreDrafts(panel, { answered }) {
  const { claim } = panel.dataset;
  const kept = read(claim);
  inherit(claim, kept);
  for (const [name, draft] of Object.entries(kept.groups)) {
    const group = groupNamed(name);
    if (!group) continue;
    let [lost, stale] = [[], false];
    for (const [field, { value, base }] of Object.entries(draft.fields)) {
      const fields = fieldsOf(group).filter((one) => one.name === field);
      const file = files.get(fileKey(claim, name, field));
      if (!answered && fields.length && same(served(fields), value)) delete draft.fields[field];
      stale ||= fields.length && !same(served(fields), value) && !same(served(fields), base);
      fill(fields, value, file);
      if (fields[0]?.type === "file" && !file) lost = lost.concat(value);
    }
    if (!Object.keys(draft.fields).length) continue;
    if (stale && draft.version) formOf(group).elements.version.value = draft.version;
    open(group, draft.unsaved, lost);
  }
  write(claim, kept);
}

/* What was typed into evidence that somebody removed meanwhile comes back as new evidence, and so does its draft. */
function inherit(claim, kept) {
  const heir = place.querySelector("[data-heir]");
  const draft = kept.groups[heir?.dataset.heir];
  if (!draft) return;
  drop(claim, kept, heir.dataset.heir);
  const fields = fieldsOf(heir).filter((one) => one.type !== "file").map((one) => [one.name, { value: held([one]), base: [] }]);
  kept.groups[nameOf(heir)] = { unsaved: draft.unsaved, fields: Object.fromEntries(fields) };
}

function open(group, unsaved, lost) {
  for (let fold = group.closest("details"); fold; fold = fold.parentElement.closest("details")) {
    fold.dataset.held = "";
    fold.open = true;
  }
  const line = document.createElement("p");
  line.className = "draft";
  const words = document.createElement("span");
  words.textContent = lost.length ? `${unsaved}. ${says.again} ${lost.join(", ")}` : unsaved;
  const discard = document.createElement("button");
  discard.type = "button";
  discard.className = "link";
  discard.textContent = says.discard;
  discard.addEventListener("click", () => {
    forget(group);
    window.htmx.ajax("GET", shown().dataset.part, { target: place, source: place });
  });
  line.append(words, " ", discard);
  group.querySelector(":scope > .draft")?.remove();
  if (group.matches("details")) group.querySelector("summary").after(line);
  else group.append(line);
}

/* Drops the draft of a group, or of all groups of a form. */
export function forget(element) {
  const { claim } = shown().dataset;
  const kept = read(claim);
  const all = element.matches("form") ? groups().filter((group) => formOf(group) === element) : [element];
  for (const name of all.map(nameOf)) drop(claim, kept, name);
  write(claim, kept);
}

function drop(claim, kept, name) {
  for (const field of Object.keys(kept.groups[name]?.fields ?? {})) files.delete(fileKey(claim, name, field));
  delete kept.groups[name];
}

/* ---- Saving ---- */

/* The drafts that a request is about to send, for `saved` to drop when the server has them. A button with an address
   of its own sends the group that it stands in, also where another one with that address was pressed; where nothing else
   saves a group, that one is `data-alone`. */
export function sending(element, submitter) {
  const form = element.closest?.("form");
  if (!form || !place.contains(form) || !shown()) return null;
  const apart = [...form.querySelectorAll("[formaction]")].find(
    (one) => one === element || (submitter?.hasAttribute("formaction") && one.formAction === submitter.formAction),
  );
  const saves = (group) => formOf(group) === form && !("alone" in group.dataset);
  const sent = apart ? [groupOf(apart)] : groups().filter(saves);
  const kept = read(shown().dataset.claim).groups;
  const names = sent.map(nameOf).filter((name) => name in kept);
  return { claim: shown().dataset.claim, groups: Object.fromEntries(names.map((name) => [name, kept[name]])) };
}

/* What was typed while the request was under way stays a draft. */
export function saved({ claim, groups: sent }) {
  const kept = read(claim);
  for (const [name, { fields }] of Object.entries(sent)) {
    for (const [field, { value }] of Object.entries(fields)) {
      const now = kept.groups[name]?.fields[field];
      if (now && !same(now.value, value)) now.base = value;
      else if (now) {
        delete kept.groups[name].fields[field];
        files.delete(fileKey(claim, name, field));
      }
    }
  }
  write(claim, kept);
}

/* The other forms of the panel that hold a draft and belong to the claim itself: a verdict saves them first. What is
   said to others, as a comment is, waits until somebody sends it. */
export function unsavedBeside(form) {
  const kept = read(shown().dataset.claim).groups;
  const forms = groups().filter((group) => nameOf(group) in kept).map(formOf);
  return [...new Set(forms)].filter((one) => one !== form && !("apart" in one.dataset));
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

/* ---- Leaving ---- */

/* Files are lost with the page. */
export const filesKept = () => files.size > 0;

export const anythingKept = () => Object.keys(sessionStorage).some((key) => key.startsWith(PREFIX));

export function forgetAll() {
  files.clear();
  sessionStorage.clear();
}

/* What another account left in this tab is nobody else's. */
export function forgetOthers() {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX) && !key.startsWith(ofAccount())) sessionStorage.removeItem(key);
  }
}
