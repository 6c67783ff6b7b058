// Times are sent in universal time; everybody reads them in their own.

import { all } from "./elements.js";
import { lang } from "./words.js";

export function clock(time) {
  const at = new Date(time);
  const today = at.toDateString() === new Date().toDateString();
  return at.toLocaleString(lang(), today ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" });
}

export const localTimes = () => { for (const time of all("time[datetime]")) time.textContent = clock(time.dateTime); };
