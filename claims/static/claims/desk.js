/* The review page by keyboard, and what htmx needs to be told. Without this file every link and button
   still works; it is only slower. */

const claim = document.getElementById("claim");
const announcement = document.getElementById("announcement");

/* A login in another tab changes the token of the cookie; forms of this page still hold the old one. */
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]*)/);
  if (!token) return;
  event.detail.parameters.delete("csrfmiddlewaretoken");
  event.detail.headers["X-CSRFToken"] = token[1];
});

document.addEventListener("htmx:sendError", () => {
  tell("The workbench cannot be reached: nothing was saved, and what you typed is still here.");
});

function tell(message) {
  const paragraph = document.createElement("p");
  paragraph.className = "problem";
  paragraph.setAttribute("role", "alert");
  paragraph.textContent = message;
  document.getElementById("notice").replaceChildren(paragraph);
}

/* Drafts: the reason is kept in this tab while it is typed, and forgotten once the server has it. */
const draftOf = (id) => `draft:${id}`;

function keepDraft(event) {
  if (event.target.name === "reason") {
    sessionStorage.setItem(draftOf(shown().dataset.claim), event.target.value);
  }
}

function restoreDraft(panel) {
  const reason = panel.querySelector("[name=reason]");
  const draft = sessionStorage.getItem(draftOf(panel.dataset.claim));
  if (reason && draft !== null && reason.value === reason.defaultValue && draft !== reason.value) {
    reason.value = draft;
  }
}

const shown = () => claim.querySelector(".panel");

/* The current claim is marked in the text and in the list, scrolled to, and announced. */
function show(panel, { moved }) {
  const id = panel.dataset.claim;
  for (const mark of document.querySelectorAll(".mark")) {
    mark.classList.toggle("is-current", mark.dataset.claims.split(" ").includes(id));
  }
  for (const link of document.querySelectorAll(".row a")) {
    if (link.dataset.claim === id) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  restoreDraft(panel);
  /* In one column the panel itself is what to look at; side by side, text and list follow it. */
  const wide = window.matchMedia("(min-width: 901px)").matches;
  if (wide) {
    document.querySelector(".row a[aria-current]")?.scrollIntoView({ block: "nearest" });
    document.querySelector(".mark.is-current")?.scrollIntoView({ block: "center" });
  }
  const wanted = panel.querySelector("[data-focus], .field--wrong input, .field--wrong textarea");
  if (wanted) wanted.focus();
  else if (moved) panel.querySelector("h2").focus({ preventScroll: wide });
  if (moved) announcement.textContent = panel.dataset.announce;
}

const typing = (target) => target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");
const press = (selector) => claim.querySelector(selector)?.click();

function open(selector) {
  const field = claim.querySelector(selector);
  if (!field) return;
  const details = field.closest("details");
  if (details) details.open = true;
  field.focus();
}

/* Steps may be pressed faster than the server answers: each waits for the one before it. Verdicts do not
   wait, they are dropped: nobody decides a claim that is not on the screen yet. */
const steps = [];
let busy = false;

function step(selector) {
  if (busy) steps.push(selector);
  else press(selector);
}

const decide = (selector) => busy || press(selector);

const keys = {
  j: () => step("[data-step=after]"),
  k: () => step("[data-step=before]"),
  1: () => decide("[name=verdict][value=verified]"),
  2: () => decide("[name=verdict][value=disputed]"),
  3: () => decide("[name=verdict][value=pending]"),
  n: () => open("[name=reason]"),
  e: () => open("[name=evidence-url]"),
};

function onKey(event) {
  if (event.defaultPrevented || event.isComposing) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && claim.contains(event.target)) {
    event.preventDefault();
    press("[name=verdict][data-wanted]") ?? press("[name=verdict][aria-pressed=true]");
    return;
  }
  if (event.key === "Escape" && typing(event.target)) event.target.blur();
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const act = keys[event.key.toLowerCase()];
  if (act) {
    event.preventDefault();
    act();
  }
}

if (claim) {
  document.addEventListener("keydown", onKey);
  claim.addEventListener("input", keepDraft);
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest?.("form.decision");
    const saved = event.detail.successful && event.detail.pathInfo.requestPath.includes("/decide/");
    if (form && saved) sessionStorage.removeItem(draftOf(event.detail.elt.closest(".panel")?.dataset.claim));
  });
  document.addEventListener("htmx:beforeSend", () => { busy = true; });
  document.addEventListener("htmx:afterRequest", (event) => {
    busy = false;
    if (!event.detail.successful) steps.length = 0;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target !== claim || !shown()) return;
    show(shown(), { moved: true });
    const next = steps.shift();
    if (next) press(next);
  });
  if (shown()) show(shown(), { moved: false });
} else {
  sessionStorage.clear();
}
