// The page of a document painted by the server's answer. The text never changes; the state of its places does.

import { ownCard, paintCard } from "./card.js";
import { paintDecided } from "./decided.js";
import { $, KEY, all, say } from "./elements.js";
import { sift } from "./list.js";
import { ask } from "./server.js";
import { cards, current, setState, standing, state } from "./state.js";
import { lang, t } from "./words.js";

export async function refresh(whole = false) {
  const since = whole ? "" : `?since=${state.revision ?? ""}`;
  const { body } = await ask(`/api/documents/${KEY}${since}`);
  if (body.entries) paint(body);
}

export function paint(next) {
  const before = new Set(current ? standing(current).seen : []);
  setState(next);
  const news = current && standing(current).rulings.find(ruling => !ruling.mine && !before.has(ruling.id));
  if (news) say(`${news.editor}: ${t(`verdict.${news.verdict}`)} ${news.reading ?? ""}`);
  for (const card of cards()) paintCard(card);
  const { total, done, open, words } = state.progress;
  $("#progress progress").value = done;
  $("#progress progress").max = total || 1;
  $("#progress .figures").textContent = words[lang()];
  $("#left").textContent = `${open} ${t("open-count")}`;
  $(".damage").hidden = !state.damage;
  $("#damage").textContent = state.damage;
  paintUndo();
  paintMore();
  sift();
}

function paintUndo() {
  const button = $("#undone button");
  const undo = state.undo;
  button.disabled = !undo;
  const word = undo && (undo.reading !== null ? `${undo.lemma} → ${undo.reading || "∅"}` : `${undo.lemma}: ${t(`verdict.${undo.verdict}`)}`);
  $("span:last-child", button).textContent = undo ? `${undo.count > 1 ? `${undo.count} × ` : ""}${word}${undo.elsewhere && ` · ${undo.elsewhere}`}` : "";
}

function paintMore() {
  const added = $("#added"), orphans = $("#orphans");
  if (!added) return;
  added.hidden = !state.added.length;
  for (const old of all(".card", added)) old.remove();
  added.append(...state.added.map(place => ownCard(place)));
  orphans.hidden = !state.orphans.length;
  for (const old of all(".card", orphans)) old.remove();
  orphans.append(...state.orphans.map(place => ownCard(place)));
  paintDecided(state);
}
