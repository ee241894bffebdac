/* A message in the corner, for what no answer of the server can say. */

export function tell(message) {
  const paragraph = document.createElement("p");
  paragraph.className = "problem";
  paragraph.setAttribute("role", "alert");
  paragraph.textContent = message;
  document.getElementById("notice").replaceChildren(paragraph);
}
