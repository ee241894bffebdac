/* The configuration of htmx, on every page that requests parts of itself from the server. */

import { csrfToken } from "./csrf-token.js";
import { tell } from "./notice.js";

/* A login in another tab changes the token of the cookie; forms of this page still hold the old one. */
document.addEventListener("htmx:configRequest", (event) => {
  const token = csrfToken();
  if (!token) return;
  event.detail.parameters.delete("csrfmiddlewaretoken");
  event.detail.headers["X-CSRFToken"] = token;
});

const announcement = document.getElementById("announcement");

document.addEventListener("htmx:sendError", () => {
  if (announcement) tell(announcement.dataset.unreachable);
});

/* The server's next answer shows that it can be reached again. */
document.addEventListener("htmx:beforeOnLoad", () => {
  const told = document.querySelector("#notice .problem");
  if (told && told.textContent === announcement?.dataset.unreachable) told.remove();
});
