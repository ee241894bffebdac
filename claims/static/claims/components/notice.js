/* A message in the corner, for what no answer of the server can say. It is read out as well. */

function problem(message) {
  const paragraph = document.createElement("p");
  paragraph.className = "problem";
  paragraph.setAttribute("role", "alert");
  paragraph.textContent = message;
  return paragraph;
}

export const tell = (message) => document.getElementById("notice").replaceChildren(problem(message));

/* What is true only of what is shown now: it goes with it. */
export function tellForNow(message) {
  tell(message);
  document.querySelector("#notice .problem").dataset.forNow = "";
}

export const forgetWhatWasForNow = () => document.querySelector("#notice [data-for-now]")?.remove();

/* What was done, which whoever shows the next claim announces with it. */
export function inform(message) {
  const paragraph = document.createElement("p");
  paragraph.className = "saved";
  paragraph.dataset.unheard = "";
  paragraph.textContent = message;
  document.getElementById("notice").replaceChildren(paragraph);
}

/* Beside what is already there. */
export const tellToo = (message) => document.getElementById("notice").append(problem(message));

/* What the scripts say, in the reader's language. */

export const says = document.getElementById("says")?.dataset ?? {};
