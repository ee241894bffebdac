/* The browser counts UTF-16 units, the server code points: this converts between them. */

export const codePoints = (text) => {
  let number = 0;
  for (const _point of text) number += 1;
  return number;
};

/* The text of the article up to a place in it, without the signs that stand behind claims. */
function before(paragraph, node, offset) {
  const range = document.createRange();
  range.selectNodeContents(paragraph);
  range.setEnd(node, offset);
  const copy = range.cloneContents();
  for (const sign of copy.querySelectorAll(".mark__end, .visually-hidden")) sign.remove();
  return copy.textContent;
}

const paragraphOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest(".text p");

/* The [start, end) of a selection in code points of the article, or null if it holds none of its words. */
export function placesOf(selection) {
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const paragraphs = [...document.querySelectorAll(".text p")].filter((one) => range.intersectsNode(one));
  if (!paragraphs.length) return null;
  const at = (node, offset, fallback, whole) => {
    const paragraph = paragraphOf(node);
    if (!paragraph) return Number(fallback.dataset.start) + (whole ? codePoints(before(fallback, fallback, fallback.childNodes.length)) : 0);
    return Number(paragraph.dataset.start) + codePoints(before(paragraph, node, offset));
  };
  const start = at(range.startContainer, range.startOffset, paragraphs[0], false);
  const end = at(range.endContainer, range.endOffset, paragraphs.at(-1), true);
  return start < end ? [start, end] : null;
}

/* The same for a selection in a text field that holds the article. */
export function placesIn(field) {
  const { value, selectionStart, selectionEnd } = field;
  if (selectionStart === selectionEnd) return null;
  const start = codePoints(value.slice(0, selectionStart));
  return [start, start + codePoints(value.slice(selectionStart, selectionEnd))];
}
