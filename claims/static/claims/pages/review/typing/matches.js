/* Where the article, or a claim of it, has some words. */

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/* Each claim by its id: its words in the text, its row in the queue, and where it first stands in the text. */
function claims() {
  const found = new Map();
  const at = (id) => found.get(id) ?? found.set(id, { id, words: "", about: "", statement: "" }).get(id);
  for (const mark of document.querySelectorAll("#text .mark")) {
    for (const id of mark.dataset.claims.split(" ")) {
      const claim = at(id);
      claim.words += `${mark.textContent} `;
      claim.place ??= mark;
      claim.icon ??= mark.parentElement.querySelector(`[data-end="${id}"] .icon`);
    }
  }
  for (const row of document.querySelectorAll("#rows .row a[data-claim]")) {
    const claim = at(row.dataset.claim);
    claim.statement = row.querySelector(".row__statement")?.textContent.trim() ?? "";
    claim.about = row.querySelector(".row__source")?.textContent.trim() ?? "";
    claim.icon = row.querySelector(".icon");
    claim.row = row;
  }
  return [...found.values()];
}

/* The text of a paragraph as it is read, in pieces, without the signs behind claims. */
function pieces(paragraph) {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement.closest(".mark__end, .visually-hidden")) found.push(walker.currentNode);
  }
  return found;
}

function rangeOf(nodes, start, end) {
  const range = document.createRange();
  let passed = 0;
  for (const node of nodes) {
    const next = passed + node.length;
    if (start >= passed && start < next) range.setStart(node, start - passed);
    if (end > passed && end <= next) range.setEnd(node, end - passed);
    passed = next;
  }
  return range;
}

/* What stands there, with whole words before and after it. */
const aroundOf = (text, start, end) => {
  const before = text.slice(Math.max(0, start - 40), start);
  const after = text.slice(end, end + 40);
  return [
    start > 40 ? before.replace(/^\S*\s/, "…") : before,
    text.slice(start, end),
    end + 40 < text.length ? after.replace(/\s\S*$/, "…") : after,
  ];
};

/* The places of some words in the text that are not within claims found already. */
function places(typed, known) {
  const wanted = typed.toLowerCase();
  const found = [];
  for (const paragraph of document.querySelectorAll("#text > p")) {
    const nodes = pieces(paragraph);
    const text = nodes.map((node) => node.data).join("");
    /* Where small letters are not as many as large ones, places would not agree. */
    const lower = text.toLowerCase().length === text.length ? text.toLowerCase() : text;
    for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + wanted.length)) {
      const range = rangeOf(nodes, at, at + wanted.length);
      const ids = range.startContainer.parentElement.closest(".mark")?.dataset.claims.split(" ") ?? [];
      const around = aroundOf(text, at, at + wanted.length);
      if (!ids.some((id) => known.has(id))) found.push({ range, around, place: range.startContainer });
    }
  }
  return found;
}

const inOrder = (one, other) => {
  if (!one.place || !other.place) return Number(!one.place) - Number(!other.place);
  return one.place.compareDocumentPosition(other.place) & Node.DOCUMENT_POSITION_PRECEDING ? 1 : -1;
};

/* All of them, in the order of the text; what is not in the text comes last. */
export function matches(typed) {
  const wanted = fold(typed);
  if (!wanted) return [];
  const told = claims().filter((claim) => fold(`${claim.words} ${claim.statement} ${claim.about}`).includes(wanted));
  const known = new Set(told.map((claim) => claim.id));
  return [...told, ...places(typed, known)].sort(inOrder);
}
