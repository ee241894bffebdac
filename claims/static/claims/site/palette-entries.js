/* What the palette offers: what the keys and the panel of this page do, what its menu leads to, and what the server finds. */

const dialog = document.getElementById("palette");

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
/* The words of a link or button, without its key and what only others hear. */
function wordsOf(element) {
  const copy = element.cloneNode(true);
  for (const one of copy.querySelectorAll("kbd, svg, .number")) one.remove();
  return copy.textContent.trim().replace(/\s+/g, " ");
}

function press(pressed) {
  document.dispatchEvent(new CustomEvent("palette:press", { detail: pressed }));
}

/* What the keys of this page do, as its dialog of keys says. */
const commands = () =>
  [...document.querySelectorAll("#keys [data-offered]")].map((one) => ({
    label: one.querySelector("dd").textContent,
    keys: one.querySelector("dt").innerHTML,
    act: () => press(one.dataset.pressed),
  }));

function enter(form) {
  for (let fold = form.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  const field = form.querySelector("input:not([type=hidden]), select, textarea");
  if (field) field.focus();
  else form.querySelector("[type=submit]").click();
}

/* What the panel can do without a key. */
function forms() {
  const keyed = new Set([...document.querySelectorAll("#keys [data-does]")].map((one) => one.dataset.does));
  return [...document.querySelectorAll("#claim form[data-action]:not([hidden])")]
    .filter((form) => !keyed.has(form.dataset.action) && form.querySelector("[type=submit]"))
    .map((form) => ({ label: wordsOf(form.querySelector("[type=submit]")), act: () => enter(form) }));
}

/* What the menu of the article offers. */
const menu = () =>
  [...document.querySelectorAll("#about a, #about button:not([data-keys], [data-find])")]
    .map((one) => ({ label: wordsOf(one), act: () => one.click() }))
    .filter((one) => one.label);

const out = () => {
  const button = document.querySelector("#logout-form button");
  return button ? [{ title: dialog.dataset.account, entries: [{ label: wordsOf(button), act: () => button.click() }] }] : [];
};

/* The groups that are there before anything is searched for. */
export const groups = (places) =>
  [
    { title: dialog.dataset.claim, entries: [...commands(), ...forms()] },
    { title: dialog.dataset.page, entries: menu() },
    ...places,
    ...out(),
  ].filter((group) => group.entries.length);

/* Each typed word begins a word of the label; those that the label begins with come first. */
export function fitting(entries, typed) {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  const fits = (label) => words.every((word) => label.split(/[^\p{L}\p{N}]+/u).some((one) => one.startsWith(word)));
  const found = entries.filter(({ label }) => fits(plain(label)));
  const first = ({ label }) => !plain(label).startsWith(plain(typed));
  return typed ? found.sort((one, other) => first(one) - first(other)) : found;
}

/* The groups that the server knows: where one can go or, where something is typed, what it finds. */
export async function ask(typed, signal) {
  const address = `${dialog.dataset.search}?${new URLSearchParams({ q: typed })}`;
  try {
    const answer = await fetch(address, { signal, headers: { "HX-Request": "true" } });
    if (!answer.ok) return [];
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return [...page.querySelectorAll("[data-title]")].map((group) => ({
      title: group.dataset.title,
      entries: [...group.querySelectorAll("a")].map((link) => ({
        label: wordsOf(link),
        html: link.innerHTML,
        act: () => location.assign(link.getAttribute("href")),
      })),
    }));
  } catch {
    return [];
  }
}
