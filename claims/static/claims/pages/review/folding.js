/* What folds away: the claims of the queue that are decided and lie behind, so that what comes next is in sight; and in windows
   that are narrow the whole queue. */

import { rowOf } from "./ahead/rows.js";

/* How many decided claims stay in sight before the current one, and how many are worth a line instead. */
const NEAR = 2;
const FEWEST = 3;
const DECIDED = new Set(["verified", "disputed"]);
const KEPT = "queue-open";

let isOpen = false;

/* ---- Decided claims ---- */

const isBehind = (row) => row.matches(".row:not([data-gone])") && DECIDED.has(row.dataset.state) && !row.querySelector("[name=chosen]:checked");

/* Those before the claim, or all at the end of the queue, but for the nearest. */
function earlierThan(claim) {
  const list = document.getElementById("listed");
  if (!list) return [];
  const current = rowOf(claim);
  const found = [];
  for (let row = current ? current.previousElementSibling : list.lastElementChild; row; row = row.previousElementSibling) found.push(row);
  return found.filter(isBehind).slice(NEAR);
}

/* Folds what lies behind a claim. */
export function foldBefore(claim) {
  const button = document.getElementById("earlier");
  if (!button) return;
  const earlier = new Set(earlierThan(claim));
  const folds = earlier.size >= FEWEST;
  button.hidden = !folds;
  button.ariaExpanded = String(isOpen);
  button.querySelector("span").textContent = button.dataset.words.replace("{number}", earlier.size);
  for (const row of document.querySelectorAll("#listed > .row[data-folded]")) if (!folds || isOpen || !earlier.has(row)) delete row.dataset.folded;
  if (folds && !isOpen) for (const row of earlier) row.dataset.folded = "";
}

/* ---- The queue ---- */

const fold = document.getElementById("queue-fold");

function showQueue(open) {
  fold.ariaExpanded = String(open);
  fold.parentElement.toggleAttribute("data-open", open);
}

document.addEventListener("click", ({ target }) => {
  if (target.closest("#earlier")) {
    isOpen = !isOpen;
    foldBefore(document.querySelector(".row a[aria-current]")?.dataset.claim);
  }
  if (!target.closest("#queue-fold")) return;
  const open = fold.ariaExpanded !== "true";
  showQueue(open);
  sessionStorage.setItem(KEPT, open ? "open" : "");
  if (open) document.querySelector(".row a[aria-current]")?.scrollIntoView({ block: "start" });
});
showQueue(sessionStorage.getItem(KEPT) === "open");
