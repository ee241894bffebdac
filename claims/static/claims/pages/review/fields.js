/* The fields of the panel. Those that are saved together are a group: an element with `data-draft`, or else their form. */

const TYPED = "input:not([type=hidden], [type=submit], [type=button], [type=search]), select, textarea:not([data-fixed])";

const place = document.getElementById("claim");

export const typed = (field) => field.matches?.(TYPED) && field.name && field.form;
export const groupOf = (field) => field.closest("[data-draft]") ?? field.form;
export const nameOf = (group) => group.dataset.draft ?? new URL(group.action).pathname;
export const formOf = (group) => group.closest("form");
export const fieldsOf = (group) => [...formOf(group).elements].filter((one) => typed(one) && groupOf(one) === group);
export const groups = () => [...new Set([...place.querySelectorAll(TYPED)].filter(typed).map(groupOf))];
export const groupNamed = (name) => groups().find((group) => nameOf(group) === name);
const ticked = (field) => field.type === "checkbox" || field.type === "radio";
export const same = (some, others) => some.length === others.length && some.every((one, at) => one === others[at]);

/* What the fields of one name hold, as a list: the values of boxes that are ticked, of options that are chosen. */
export const held = (fields) => fields.flatMap((field) => {
  if (field.type === "file") return [...field.files].map((file) => file.name);
  if (ticked(field)) return field.checked ? [field.value] : [];
  return field.options ? [...field.selectedOptions].map((option) => option.value) : [field.value];
});

/* What they held when the server sent them. */
export const served = (fields) => fields.flatMap((field) => {
  if (field.type === "file") return [];
  if (ticked(field)) return field.defaultChecked ? [field.value] : [];
  if (!field.options) return [field.defaultValue];
  const chosen = [...field.options].filter((option) => option.defaultSelected);
  if (!chosen.length && !field.multiple) chosen.push(...[...field.options].slice(0, 1));
  return chosen.map((option) => option.value);
});

export function fill(fields, values, kept) {
  for (const field of fields) {
    if (field.type === "file") {
      const transfer = new DataTransfer();
      for (const file of kept ?? []) transfer.items.add(file);
      field.files = transfer.files;
    } else if (ticked(field)) field.checked = values.includes(field.value);
    else if (field.options) for (const option of field.options) option.selected = values.includes(option.value);
    else field.value = values[0] ?? "";
  }
}
