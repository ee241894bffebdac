/* Choosing lines of the claims table: all of a page at once, and how many there are. */

const all = document.querySelector("[data-pick-all]");

if (all) {
  const boxes = [...document.querySelectorAll("input[name=chosen]")];
  const button = document.querySelector("[data-picked]");
  const number = button.querySelector("[data-number]");

  const count = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    button.disabled = chosen === 0;
    number.textContent = chosen || "";
    all.checked = chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  };

  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    count();
  });
  for (const box of boxes) box.addEventListener("change", count);
  /* A browser that goes back fills the boxes as they were, after this has run. */
  window.addEventListener("pageshow", count);
  count();
}
