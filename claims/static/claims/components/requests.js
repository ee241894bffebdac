/* The configuration of htmx, on every page that requests parts of itself from the server. */

import { csrfToken } from "./csrf-token.js";
import { tell } from "./notice.js";

const PATIENCE = 60_000;
const PATIENCE_WITH_FILES = 600_000;

/* A connection that hangs is given up: what is pressed meanwhile waits for the answer. */
document.addEventListener("htmx:configRequest", ({ detail }) => {
  const hasFile = [...detail.formData.values()].some((value) => value instanceof File && value.name);
  detail.timeout = hasFile ? PATIENCE_WITH_FILES : PATIENCE;
});

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
document.addEventListener("htmx:timeout", () => {
  if (announcement) tell(announcement.dataset.unanswered);
});

/* The server's next answer shows that it can be reached again. */
document.addEventListener("htmx:beforeOnLoad", () => {
  const told = document.querySelector("#notice .problem");
  const { unreachable, unanswered } = announcement?.dataset ?? {};
  if (told && [unreachable, unanswered].includes(told.textContent)) told.remove();
});
