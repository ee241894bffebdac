/* Putting the claims of a report in order: dragging a line, and Alt with an arrow key on it. What is done with the order is
   the server's work; it sends the list anew. */

const ROW = "[data-place]";
const place = (row) => Number(row.dataset.place);
let dragged = null;
/* What has the focus once the list is there anew: the place of a line, and the name of its button or field. */
let next = null;

/* Moves the line at one place to another one, as the buttons do. */
function move(form, from, to) {
  const button = form.querySelector("button[name=move]");
  button.value = from;
  form.elements.to.value = to;
  /* htmx sends the name of a button only if that was clicked. */
  button.click();
}

function unmark() {
  for (const row of document.querySelectorAll(".is-before, .is-after")) row.classList.remove("is-before", "is-after");
}

function isBelow(row, event) {
  const box = row.getBoundingClientRect();
  return event.clientY > box.top + box.height / 2;
}

document.addEventListener("submit", ({ target, submitter }) => {
  const row = document.activeElement.closest(ROW);
  const by = { up: -1, down: 1 }[submitter?.name];
  if (!row || !target.elements.to) return;
  const to = submitter.name === "move" ? Number(target.elements.to.value) : place(row) + (by ?? 0);
  const last = target.querySelectorAll(ROW).length - 1;
  next = { place: Math.min(Math.max(to, 0), last), name: document.activeElement.name };
});

document.addEventListener("htmx:afterSettle", () => {
  const row = next && document.querySelector(`[data-place="${next.place}"]`);
  row?.querySelector(`[name="${next.name}"]`)?.focus();
  next = null;
});

/* Whoever selects words in a field does not drag its line. */
document.addEventListener("pointerdown", ({ target }) => {
  const row = target.closest?.(ROW);
  if (row) row.draggable = !target.matches("input");
});

document.addEventListener("dragstart", (event) => {
  const row = event.target.closest?.(ROW);
  if (!row) return;
  dragged = row;
  row.classList.add("is-dragged");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", row.dataset.place);
});

document.addEventListener("dragover", (event) => {
  const row = event.target.closest?.(ROW);
  if (!dragged || !row) return;
  event.preventDefault();
  unmark();
  row.classList.toggle("is-after", row !== dragged && isBelow(row, event));
  row.classList.toggle("is-before", row !== dragged && !isBelow(row, event));
});

document.addEventListener("drop", (event) => {
  const row = event.target.closest?.(ROW);
  if (!dragged || !row || row === dragged) return;
  event.preventDefault();
  const from = place(dragged);
  const gap = place(row) + (isBelow(row, event) ? 1 : 0);
  /* Without the dragged line, all that stood below it is one place higher. */
  const to = gap > from ? gap - 1 : gap;
  if (to !== from) move(row.closest("form"), from, to);
});

document.addEventListener("dragend", () => {
  dragged?.classList.remove("is-dragged");
  dragged = null;
  unmark();
});

document.addEventListener("keydown", (event) => {
  const row = event.target.closest?.(ROW);
  if (!row || !event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  const to = place(row) + (event.key === "ArrowUp" ? -1 : 1);
  if (to >= 0) move(row.closest("form"), place(row), to);
});
