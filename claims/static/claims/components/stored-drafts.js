/* What was typed on the desk and is not saved yet lies in this tab's storage, each draft under a key that begins so. Files
   cannot be stored: they live as long as the page. */

export const PREFIX = "draft:";

export const files = new Map();

/* Files are lost with the page. */
export const filesKept = () => files.size > 0;

export const anythingKept = () => Object.keys(sessionStorage).some((key) => key.startsWith(PREFIX));

export function forgetAll() {
  files.clear();
  sessionStorage.clear();
}
