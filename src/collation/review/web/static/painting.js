// The page of a document painted by the server's answer. The text never changes; the state of its places does.

import { ownCard, paintCard } from "./card.js";
import { paintDecided } from "./decided.js";
import { $, KEY, all, say } from "./elements.js";
import { sift } from "./list.js";
import { ask } from "./server.js";
import { cards, changed, current, isOpen, setState, standing, state } from "./state.js";
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
  $(".finished").hidden = Boolean(open) || !total;
  $(".damage").hidden = !state.damage;
  $("#damage").textContent = state.damage;
  paintUndo();
  paintFold();
  paintMore();
  sift();
}

function paintUndo() {
  const button = $("#undone button");
  const undo = state.undo;
  button.disabled = !undo;
  $("span:last-child", button).textContent = undo ? `${undoing(undo)}${undo.elsewhere && ` · ${undo.elsewhere}`}` : "";
}

// One change several times, or several of them: "3 × можст → может", "3: можст → может; бьл → был; …".
function undoing({ count, what, more }) {
  const words = what.map(changed).join("; ");
  if (count === 1) return words;
  return what.length === 1 ? `${count} × ${words}` : `${count}: ${words}${more ? "; …" : ""}`;
}

// How many plain spellings are open still, and how many of these can be accepted at once.
function paintFold() {
  const fold = $(".fold");
  if (!fold) return;
  const open = cards().filter(card => card.dataset.harm === "spelling" && isOpen(card)).length;
  for (const number of all("[data-plain-open]", fold)) number.textContent = open;
  $("[data-some]", fold).hidden = !open;
  $("[data-none]", fold).hidden = open > 0;
  $("[data-do=plain]", fold).hidden = !state.plain;
  $("[data-plain]", fold).textContent = state.plain;
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
