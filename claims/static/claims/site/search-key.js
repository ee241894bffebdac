/* The key "/": into the search field of this page, or to the page that has one. */

import { singleKeys, typing } from "../components/single-keys.js";

const FIELD = "searchbar";
const field = document.getElementById(FIELD);

function toSearch() {
  if (!field) return document.querySelector("[data-search]")?.click();
  field.focus();
  field.select();
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!singleKeys() || typing(event.target) || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  toSearch();
});

/* Whoever was led here to search can type at once. */
if (field && location.hash === `#${FIELD}`) toSearch();
