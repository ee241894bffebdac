/* A line that explains a page on the first visit, until it is dismissed in this browser. */

const key = (hint) => `hint:${hint.dataset.hint}`;

for (const hint of document.querySelectorAll("[data-hint]")) {
  hint.hidden = localStorage.getItem(key(hint)) === "seen";
  hint.querySelector("button").addEventListener("click", () => {
    localStorage.setItem(key(hint), "seen");
    hint.hidden = true;
    document.querySelector("main").focus();
  });
}
