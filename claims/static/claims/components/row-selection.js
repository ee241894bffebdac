/* Choosing lines of the claims table: all of a page at once, and how many there are. */

const all = document.querySelector("[data-pick-all]");

if (all) {
  const boxes = [...document.querySelectorAll("input[name=chosen]")];
  const buttons = [...document.querySelectorAll("[data-picked]")];

  const count = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    for (const button of buttons) {
      button.disabled = chosen === 0;
      button.querySelector("[data-number]").textContent = chosen || "";
    }
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
