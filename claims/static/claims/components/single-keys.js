/* Whether single letters act as keys: a setting of this browser, for whoever dictates would press them by speaking
   (WCAG 2.1.4). */

const NAME = "single-keys";

export const singleKeys = () => localStorage.getItem(NAME) !== "off";

export const setSingleKeys = (on) => localStorage.setItem(NAME, on ? "on" : "off");

export const typing = (target) =>
  target.matches?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
