// A ruling is sent, and what the server answers is painted. Where somebody else has ruled meanwhile, the editor is asked.

import { ruledBox } from "./card.js";
import { named } from "./editor.js";
import { $, KEY, all, openDialog, say } from "./elements.js";
import { closeForms } from "./forms.js";
import { step } from "./list.js";
import { paint } from "./painting.js";
import { forgetTypedAhead } from "./queue.js";
import { ask } from "./server.js";
import { changed, current, drafts, isOpen, mine, standing, state } from "./state.js";
import { lang, quoted, t } from "./words.js";

export async function send(card, data, address = "rule") {
  if (!(await named())) return false;
  const draft = (card && drafts.get(card.id)) ?? {};
  const checked = card ? $("[data-checked]", card).checked : false;
  const whole = { seen: card ? standing(card).seen : [], checked, ...draft, ...data };
  if (card && !("on" in whole)) whole.place = card.id;
  let { conflict, body } = await ask(`/api/documents/${KEY}/${address}`, whole);
  while (conflict) {
    forgetTypedAhead();
    paint(body.state);
    for (const form of card ? all("form.own, form.note", card) : []) form.seen = body.standing.seen;
    if ((await settleConflict(body.standing, whole, card)) !== "save") return false;
    whole.seen = body.standing.seen;
    ({ conflict, body } = await ask(`/api/documents/${KEY}/${address}`, whole));
  }
  if (card) { drafts.delete(card.id); closeForms(card, true); }
  paint(body.state);
  saved();
  return body;
}

export function saved() {
  const place = $("#saved");
  place.classList.remove("warn");
  place.textContent = `${t("saved")} ${new Date().toLocaleTimeString(lang(), { timeStyle: "short" })} · ${state.editor}`;
}

function settleConflict(theirs, wanted, card) {
  $("#conflict .theirs").replaceChildren(...theirs.rulings.map(ruling => ruledBox(ruling, "")));
  const own = wanted.own ?? (wanted.verdict === "proposed" || wanted.verdict === "accept" ? chosenReading(card, wanted) : "");
  const verdict = wanted.verdict === "proposed" ? "accept" : wanted.verdict;
  $("#conflict .mine").textContent = [t(`verdict.${verdict}`), own && quoted(own), wanted.note].filter(Boolean).join(" · ");
  return openDialog("conflict");
}

const chosenReading = (card, wanted) =>
  card ? $(`[data-verdict=accept][data-reading="${wanted.reading ?? 0}"] q, [data-verdict=accept] q`, card)?.textContent ?? "" : "";

export async function rule(card, data) {
  if (!(await send(card, data))) return;
  const last = mine(card);
  const what = last ? changed(last) : card.dataset.lemma;
  step(1, { announce: true });
  say(`${what}. ${state.progress.open} ${t("open-count")}. ${isOpen(current) ? current.dataset.lemma : t("all-ruled")}`);
}
