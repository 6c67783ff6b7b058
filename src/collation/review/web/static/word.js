// The words of a place are right: here, in this document, or everywhere. A listed word is doubted no more, so the page is
// fetched again; what was listed can be taken back from the bar at its foot.

import { $, KEY, made, openDialog, say } from "./elements.js";
import { named } from "./editor.js";
import { rule } from "./ruling.js";
import { ask } from "./server.js";
import { t } from "./words.js";

const KEPT = "collation-word";

export async function listWord(card) {
  $("#word-h q").textContent = card.dataset.lemma;
  const scope = await openDialog("word");
  if (!scope || !(await named())) return;
  if (scope === "here") { await rule(card, { verdict: "reject" }); return; }
  const { body } = await ask(`/api/documents/${KEY}/word`, { place: card.id, scope });
  sessionStorage.setItem(KEPT, JSON.stringify({ key: KEY, word: body.word, scope, added: body.added, still: body.still }));
  location.reload();
}

export async function takeWordBack() {
  const { word, scope } = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
  if (!word) return;
  await ask(`/api/documents/${KEY}/word/undo`, { word, scope });
  sessionStorage.removeItem(KEPT);
  location.reload();
}

// After the page was fetched again: what was listed, and the way back.
export function sayListed() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
  if (kept.key !== KEY || kept.shown) { sessionStorage.removeItem(KEPT); return; }
  const said = `${t(kept.added ? "word-listed" : "word-known")}: ${kept.word}${kept.still ? `. ${t("word-still")}` : ""}`;
  const back = kept.added ? made("button", { type: "button", "data-do": "word-back" }, t("undo")) : null;
  $("#saved").replaceChildren(`${said} `, ...(back ? [back] : []));
  say(said);
  sessionStorage.setItem(KEPT, JSON.stringify({ ...kept, shown: true }));
}
