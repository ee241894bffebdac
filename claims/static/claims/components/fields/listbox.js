/* A list box that a field steers while it keeps the focus: which option is chosen, and what the arrow keys and the pointer do
   to it, as in the WAI-ARIA Authoring Practices. What it offers, and when, is up to whoever has it. */

/* `take(option)` does what taking an option means; the pointer takes one. */
export function listbox(field, list, { take }) {
  const options = () => [...list.querySelectorAll("[role=option]")];
  const active = () => list.querySelector("[aria-selected=true]");

  function choose(option) {
    for (const one of options()) one.ariaSelected = String(one === option);
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  /* By one option, around the ends; by more, as far as the ends. */
  function move(by) {
    const all = options();
    const at = all.indexOf(active());
    if (at < 0) choose(by > 0 ? all[0] : all.at(-1));
    else if (Math.abs(by) === 1) choose(all[(at + by + all.length) % all.length]);
    else choose(all[Math.min(Math.max(at + by, 0), all.length - 1)]);
  }

  /* The field keeps the focus. */
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
  return { options, active, choose, move };
}
