/* What the scripts say, in the reader's language. */

export const says = document.getElementById("says")?.dataset ?? {};
