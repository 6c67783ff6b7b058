// One thing after the other: keys pressed while a ruling is being saved wait for it, and so does the look for news.

import { Failure, report } from "./server.js";

const POLL = 2000;

let last = Promise.resolve();
let waiting = 0;

// Keys pressed while a ruling is being saved wait for it; when it fails, they are forgotten.
export function queue(work) {
  waiting += 1;
  const round = queue.round;
  last = last.then(async () => {
    if (queue.round !== round) return;
    try { await work(); } catch (error) { queue.round += 1; report(error); }
  }).finally(() => { waiting -= 1; });
  return last;
}
queue.round = 0;

// Keys typed ahead were meant for another state of things.
export function forgetTypedAhead() { queue.round += 1; }

export function every(work) {
  setInterval(async () => {
    if (document.hidden || waiting) return;
    try { await work(); } catch (error) { if (!(error instanceof Failure)) throw error; }
  }, POLL);
}
