/* Drafts: what is typed into the panel is kept in this tab until the server has it. */

const key = (panel, field) => `draft:${panel.dataset.claim}:${field.name}`;

const drafted = (field) => field.matches("[data-draft], .deed textarea:not([data-fixed])");

export function keepDraft(event) {
  const panel = event.target.closest("[data-claim]") ?? document.querySelector(".panel");
  if (panel && drafted(event.target)) sessionStorage.setItem(key(panel, event.target), event.target.value);
}

export function restoreDrafts(panel) {
  for (const field of document.querySelectorAll("#claim textarea")) {
    const draft = drafted(field) ? sessionStorage.getItem(key(panel, field)) : null;
    if (draft !== null && field.value === field.defaultValue && draft !== field.value) {
      field.value = draft;
      const fold = field.closest("details");
      if (fold) fold.open = true;
    }
  }
}

/* Once a form was saved, its words are the server's. */
export function forgetDrafts(form, id) {
  for (const field of form.querySelectorAll("textarea")) sessionStorage.removeItem(`draft:${id}:${field.name}`);
}
