// What was typed in the forms of a card is sent, or kept as a draft until the place is ruled.

import { $, all, say } from "./elements.js";
import { paintCard } from "./card.js";
import { closeForms } from "./forms.js";
import { queue } from "./queue.js";
import { rule, send } from "./ruling.js";
import { drafts, mine } from "./state.js";
import { t } from "./words.js";

export function submitOwn(card, form) {
  const own = form.elements.own.value;
  const side = $("[type=radio]:checked", form)?.value ?? card.dataset.side;
  const across = side !== card.dataset.side;
  const last = mine(card);
  const both = across && last && last.side === card.dataset.side && ["accept", "emend"].includes(last.verdict);
  const data = across && !both ? { verdict: "other-side", own } : { verdict: "emend", own, side };
  data.seen = form.seen;
  queue(() => rule(card, data));
}

// The note that is offered is not stored: report and edition word it in either language.
const untouched = area => [area.dataset.en, area.dataset.ru].includes(area.value.trim());

export function submitNote(card, form) {
  const note = form.elements.note.value.trim();
  const reasons = all("[name=reason]:checked", form).map(box => box.value);
  if (form.dataset.verdict === "stands") { const own = untouched(form.elements.note) ? "" : note; queue(() => rule(card, { verdict: "stands", note: own, reasons, seen: form.seen })); return; }
  const last = mine(card);
  if (last) { queue(async () => { await send(card, { on: last.id, note, reasons }, "note"); card.focus(); }); return; }
  drafts.set(card.id, { note, reasons });
  closeForms(card);
  paintCard(card);
  card.focus();
  say(t("note-drafted"));
}
