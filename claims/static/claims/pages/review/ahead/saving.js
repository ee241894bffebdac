/* What the page says of verdicts that are under way: nothing is called saved before the server said so. */

import { says } from "../../../components/notice.js";
import { announce } from "../panel.js";
import * as outbox from "./outbox.js";

const line = document.getElementById("saving");
let savedAt;

export const nowSaved = () => {
  savedAt = new Date();
};

const clock = (at) => at.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/* Says how many verdicts wait, or when the last one was saved. */
export function tellState() {
  const number = outbox.unsaved();
  const state = !number ? "saved" : outbox.unreachable() ? "unreachable" : "saving";
  const words = state === "saved" ? savedAt && says.saved.replace("{time}", clock(savedAt)) : says[state].replace("{number}", number);
  if (!line) return;
  line.textContent = words ?? "";
  if (state === "unreachable" && line.dataset.state !== state) announce(words);
  line.dataset.state = state;
}
