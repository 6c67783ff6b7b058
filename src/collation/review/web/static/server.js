// Requests to the server. What goes wrong is a Failure with a sentence for the editor.

import { $, say } from "./elements.js";
import { t } from "./words.js";

export class Failure extends Error {}

export async function ask(address, data, more = {}) {
  const answer = await sent(address, data, more);
  const body = await answer.json().catch(() => ({ error: answer.statusText }));
  if (!answer.ok && answer.status !== 409) throw new Failure(body.error ?? answer.statusText);
  return { conflict: answer.status === 409, body };
}

// An answer that is a file.
export async function fetched(address, data) {
  const answer = await sent(address, data);
  if (answer.ok) return answer;
  const body = await answer.json().catch(() => ({}));
  throw new Failure(body.error ?? answer.statusText);
}

async function sent(address, data, more = {}) {
  const post = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(data) };
  let answer;
  try {
    answer = await fetch(address, data === undefined ? more : { ...post, ...more });
  } catch {
    lost(true);
    throw new Failure(t("lost-line"));
  }
  lost(false);
  return answer;
}

function lost(yes) {
  const bar = $(".ledge");
  if (!bar || bar.classList.contains("lost") === yes) return;
  bar.classList.toggle("lost", yes);
  $("#saved").textContent = yes ? t("lost-line") : "";
}

export function report(error) {
  if (!(error instanceof Failure)) throw error;
  const saved = $("#saved");
  if (saved) { saved.textContent = error.message; saved.classList.add("warn"); }
  say(error.message);
}
