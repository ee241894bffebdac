/* Evidence by keyboard: a link, or a picture, that is pasted anywhere beside the fields becomes evidence with one more
   key; its stance follows the verdict that is at hand; and a document that is moved keeps the cursor. */

import { tell } from "../../components/notice.js";
import { typing } from "../../components/single-keys.js";
import { announce, place, shown } from "./panel.js";

const LINK = /^https?:\/\/[^\s<>"]+$/i;

const form = () => place.querySelector("[data-draft=evidence]");
const field = (name) => form()?.querySelector(`[name=evidence-${name}]`);

/* ---- Pasting ---- */

function put(target, change) {
  change(target);
  for (const name of ["input", "change"]) target.dispatchEvent(new Event(name, { bubbles: true }));
  form().open = true;
  /* The button stays in sight, and so does what was pasted. */
  form().querySelector("[type=submit]").focus({ preventScroll: true });
  target.scrollIntoView({ block: "nearest" });
  announce(form().dataset.pasted);
}

/* What is in the form already is not overwritten. */
function paste(event) {
  if (event.defaultPrevented || typing(event.target) || !shown() || !form()) return;
  const [file] = event.clipboardData.files;
  const words = event.clipboardData.getData("text/plain").trim();
  if (!file && !LINK.test(words)) return;
  event.preventDefault();
  if (field("url").value || field("file").files.length) tell(form().dataset.occupied);
  else if (file) put(field("file"), (target) => (target.files = event.clipboardData.files));
  else put(field("url"), (target) => (target.value = words));
}

document.addEventListener("paste", paste);

/* ---- Stance ---- */

/* The verdict that somebody is about to set, or the one that stands. */
function verdictAtHand() {
  const button = place.querySelector(".verdict[data-wanted]") ?? place.querySelector(".verdict[aria-pressed=true]");
  return button?.value;
}

/* Evidence that is added before its verdict has the stance that it would have with it. */
function follow(form) {
  const stance = form.querySelector("[name=stance][data-follows], [name=evidence-stance]");
  if (stance && !stance.value && verdictAtHand() === "disputed") stance.value = "against";
}

place.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-draft=evidence] [type=submit]");
  if (button) follow(button.form);
}, { capture: true });
place.addEventListener("submit", ({ target }) => {
  if (target.id !== "decision") follow(target);
}, { capture: true });

/* ---- Order ---- */

let moved = null;

place.addEventListener("submit", (event) => {
  const { move } = event.target.dataset;
  if (move) moved = { move, down: event.submitter === event.target.elements.to[1] };
}, { capture: true });

/* After the panel has shown itself, which puts the cursor on its heading. */
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!moved || detail.target !== place) return;
  const buttons = [...place.querySelectorAll(`[data-move="${moved.move}"] button`)];
  if (moved.down) buttons.reverse();
  buttons.find((button) => !button.disabled)?.focus();
  moved = null;
});
