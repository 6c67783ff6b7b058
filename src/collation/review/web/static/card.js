// A card: the state of its place, who ruled what, and the cards of places that the program had no entry for.

import { $, made } from "./elements.js";
import { drafts, marksOf, mine, standing } from "./state.js";
import { clock } from "./times.js";
import { lang, t } from "./words.js";

export const SIGNS = { emended: "✓", rejected: "✗", stands: "S", other: "T", scan: "?", conflict: "⇄", second: "½", open: "" };

export function paintCard(card) {
  const { status, rulings, alike } = standing(card);
  card.dataset.status = status;
  const last = rulings.at(-1);
  const now = $("[data-now]", card);
  const changed = last && status === "emended" && last.reading !== null ? ` ${last.reading || "∅"}` : "";
  now.textContent = status === "open" ? "" : `${SIGNS[status]}${changed}`;
  now.title = status === "open" ? "" : t(`status.${status}`);
  if (status !== "open") now.append(made("span", { class: "out" }, ` ${t(`status.${status}`)}`));
  for (const mark of marksOf(card)) {
    for (const name of [...mark.classList]) if (name.startsWith("is-")) mark.classList.remove(name);
    if (status !== "open") mark.classList.add(`is-${status}`);
    const sign = $(`.sign[data-n="${card.dataset.n}"]`, mark);
    if (sign) { sign.dataset.was ??= sign.textContent; sign.textContent = status === "open" ? sign.dataset.was : SIGNS[status]; }
  }
  $("[data-stood]", card).replaceChildren(...rulings.map(ruling => ruledBox(ruling, status)), ...draftBox(card));
  const group = $(".group", card);
  group.hidden = alike < 1;
  $("[data-alike]", card).textContent = alike;
  const seen = $("[data-checked]", card);
  if (mine(card)) seen.checked = mine(card).checked;
}

export function ruledBox(ruling, status) {
  const what = [made("b", {}, t(`verdict.${ruling.verdict}`))];
  if (ruling.reading !== null && ruling.verdict === "other-side") what.push(": ", made("q", {}, ruling.lemma || "‹…›"), " → ", made("q", {}, ruling.reading || "∅"));
  else if (ruling.reading !== null) what.push(": ", made("q", {}, ruling.reading || "∅"));
  const who = ruling.mine ? `${ruling.editor} (${t("you")})` : ruling.editor;
  const more = [who, clock(ruling.time), ...ruling.reasons.map(reason => t(`reason.${reason}`))];
  if (ruling.checked) more.push(t("checked"));
  const box = made("div", {}, ...what, made("br"), made("small", {}, more.join(" · ")));
  if (ruling.note) box.append(made("br"), made("i", {}, ruling.note));
  if (ruling.mine) box.append(" ", made("button", { type: "button", "data-do": "undo", "data-ids": ruling.id }, t("undo")));
  if (status === "conflict" && !ruling.mine) {
    box.append(made("br"), made("button", { type: "button", "data-follow": "like", "data-on": ruling.id }, t("gave-way")));
  }
  return box;
}

function draftBox(card) {
  const draft = drafts.get(card.id);
  return draft ? [made("div", {}, made("i", {}, draft.note), made("br"), made("small", {}, t("note-drafted")))] : [];
}

export function ownCard(place) {
  const line = made("p", { class: "ctx" }, place.line[0], made("mark", {}, place.line[1]), place.line[2]);
  const where = place.where ? place.where[lang()] : (place.candidates ?? []).map(c => c[lang()]).join("; ");
  const kind = place.kind ? t(place.kind) : "";
  const number = place.n ? made("a", { class: "no", href: `#t${place.n}` }, place.n) : null;
  const card = made("article", { class: "card", id: place.anchor || null, tabindex: -1, "data-status": place.status }, made("div", { class: "body" },
    made("p", { class: "where" }, number, [kind, where].filter(Boolean).join(" · ")), line,
    ...place.rulings.map(ruling => ruledBox(ruling, ""))));
  const other = place.rulings.find(ruling => !ruling.mine);
  if (other && !place.rulings.some(ruling => ruling.mine)) {
    const buttons = [["like", "do.accept"], ["reject", "do.reject"]].map(([verdict, label]) =>
      made("button", { type: "button", "data-follow": verdict, "data-on": other.id, "data-seen": JSON.stringify(place.seen) }, t(label)));
    card.firstChild.append(made("div", { class: "buttons" }, ...buttons));
  }
  return card;
}
