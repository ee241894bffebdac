/* Drafts: whatever is typed, chosen or ticked in the panel is kept in this tab until the server has it, by account,
   article and claim. The fields that are saved together are a group: an element with `data-draft`, or else their form.

   A draft remembers what the server had in a field when it was begun. Has somebody changed just that meanwhile, it is
   sent with the version of the claim that it was begun at, and the server answers with a conflict.

   Files cannot be stored. They live as long as the page, which moves from claim to claim without being loaded anew. */

import { says } from "../../components/notice.js";
import { files } from "../../components/stored-drafts.js";
import { drop, fileKey, read, shown, write } from "./draft-store.js";
import { fieldsOf, fill, formOf, groupNamed, groupOf, groups, held, nameOf, same, served, typed } from "./fields.js";

const place = document.getElementById("claim");

/* ---- What is kept ---- */

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

/* Text typed into evidence that someone has removed in the meantime is shown as new evidence, and so is its draft. */
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
