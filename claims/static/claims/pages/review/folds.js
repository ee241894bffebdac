/* Which parts of the panel are open stays so from one claim to the next. */

const key = (fold) => `fold:${fold.dataset.fold}`;

/* What was opened because something is wrong in it, or not saved yet, says nothing about other claims. */
export function keepFold(event) {
  const fold = event.target;
  if (fold.matches?.("[data-fold]:not([data-held])")) sessionStorage.setItem(key(fold), fold.open ? "open" : "");
}

/* What the server opened, because something is wrong in it, stays open. */
export function restoreFolds(panel) {
  for (const fold of panel.querySelectorAll("[data-fold]:not([data-held])")) {
    const kept = sessionStorage.getItem(key(fold));
    if (kept !== null) fold.open = kept === "open";
  }
}
