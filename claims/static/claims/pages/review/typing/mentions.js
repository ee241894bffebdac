/* The user name behind an @ in a comment completes. */

import { offer } from "../../../components/fields/combobox.js";

const MOST = 6;
const TYPED = /(?:^|[^\w.@+-])@([\w.@+-]*)$/;

let people;

/* Asked for once a page, when somebody types the first @. */
async function known(address) {
  people ??= fetch(address, { headers: { "HX-Request": "true" } })
    .then((answer) => (answer.ok ? answer.json() : { people: [] }))
    .then((answer) => answer.people)
    .catch(() => {
      people = undefined;
      return [];
    });
  return people;
}

const begins = (typed) => ({ word, name }) =>
  [word, ...name.split(/\s+/)].some((one) => one.toLowerCase().startsWith(typed.toLowerCase()));

const wordOf = (field) => field.value.slice(0, field.selectionStart).match(TYPED)?.[1];

function optionOf({ word, name }, number) {
  const option = document.createElement("li");
  option.id = `mention-${number}`;
  option.role = "option";
  option.dataset.word = word;
  const shown = document.createElement("bdi");
  shown.textContent = name;
  const said = document.createElement("span");
  said.className = "quiet";
  said.textContent = `@${word}`;
  option.append(shown, " ", said);
  return option;
}

async function load(typed, field) {
  const found = (await known(field.dataset.people)).filter(begins(typed)).slice(0, MOST);
  const list = document.createDocumentFragment();
  if (wordOf(field) === typed) list.append(...found.map(optionOf));
  return list;
}

/* Typed as by hand, so that it can be taken back, and is kept as a draft. */
function pick(option, field) {
  field.setSelectionRange(field.selectionStart - wordOf(field).length, field.selectionStart);
  document.execCommand("insertText", false, `${option.dataset.word} `);
}

offer("people", { load, pick, wordOf });
