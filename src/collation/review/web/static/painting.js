// The page of a document painted by the server's answer. The text never changes; the state of its places does.

import { SIGNS, ownCard, paintCard } from "./card.js";
import { $, KEY, all, say } from "./elements.js";
import { sift } from "./list.js";
import { wrap } from "./selection.js";
import { ask } from "./server.js";
import { cards, current, setState, standing, state } from "./state.js";
import { t } from "./words.js";

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
  const { total, ruled, open, conflict, scan, added } = state.progress;
  const parts = [`${SIGNS.emended} ${ruled} ${t("ruled-count")}`, `○ ${open} ${t("open-count")}`];
  if (conflict) parts.push(`${SIGNS.conflict} ${conflict} ${t("conflicts")}`);
  if (scan) parts.push(`${SIGNS.scan} ${scan} ${t("status.scan")}`);
  if (added) parts.push(`+ ${added} ${t("verdict.added")}`);
  $("#progress progress").value = ruled;
  $("#progress progress").max = total || 1;
  $("#progress .figures").textContent = parts.join(" · ");
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
  for (const mark of all("mark.added")) { const parent = mark.parentNode; mark.replaceWith(...mark.childNodes); parent.normalize(); }
  state.added.filter(place => place.kind === "added").forEach(wrap);
}
