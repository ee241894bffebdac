/* What is pressed faster than the server answers. */

import { says, tellToo } from "../../../components/notice.js";

/* What waits for the answers under way: each is done to what is on the screen then. A problem ends the queue, so that
   nobody decides a claim that they did not mean. */
const waiting = [];
let underWay = 0;

export const isBusy = () => underWay > 0;
export const isWaiting = () => waiting.length > 0;
export const wait = (action) => waiting.push(action);

export const began = () => {
  underWay += 1;
};

export function ended({ failed }) {
  underWay = Math.max(0, underWay - 1);
  if (failed && waiting.length) {
    tellToo(`${says.dropped} ${waiting.map((one) => one.name).join(" ")}`);
    waiting.length = 0;
  }
  while (!underWay && waiting.length) waiting.shift().act();
}

/* Actions that belong together, before all else that waits. */
export function actInOrder(actions) {
  waiting.unshift(...actions);
  while (!underWay && waiting.length) waiting.shift().act();
}
