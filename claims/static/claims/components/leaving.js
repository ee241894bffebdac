/* On every page: what was typed on the desk is nobody else's, and goes with whoever logs out, after a warning. */

import { anythingKept, forgetAll } from "./stored-drafts.js";

document.getElementById("logout-form")?.addEventListener("submit", (event) => {
  if (anythingKept() && !window.confirm(event.target.dataset.unsaved)) event.preventDefault();
  else forgetAll();
});
