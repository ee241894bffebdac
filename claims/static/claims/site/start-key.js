/* The key J on the first page begins where the button does. */

import { singleKeys, typing } from "../components/single-keys.js";

document.addEventListener("keydown", (event) => {
  if (event.key !== "j" || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!singleKeys() || typing(event.target) || document.querySelector("dialog[open]")) return;
  document.querySelector("[data-start]")?.click();
});
