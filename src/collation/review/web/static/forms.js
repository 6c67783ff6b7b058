// The forms in a card, for a reading of one's own, a question to the page and a note: opened and closed.

import { $, all } from "./elements.js";
import { drafts, mine, standing } from "./state.js";
import { lang } from "./words.js";

export function openOwn(card, side = "") {
  closeForms(card);
  const form = $("form.own", card), input = form.elements.own;
  for (const radio of all("[type=radio]", form)) radio.checked = radio.value === (side || card.dataset.side);
  if (!input.dataset.typed) input.value = side && side !== card.dataset.side ? input.dataset.other : input.dataset.first;
  form.seen = standing(card).seen; // what comes while somebody types has not been seen yet
  form.hidden = false;
  form.scrollIntoView({ block: "nearest" });
  input.focus();
  input.select();
}

export function openQuestion(card) {
  closeForms(card);
  const form = $("form.question", card);
  form.hidden = false;
  form.scrollIntoView({ block: "nearest" });
  form.elements.asked.focus();
  form.elements.asked.select();
}

export function openNote(card, stands = false) {
  closeForms(card);
  const form = $("form.note", card), area = form.elements.note;
  form.dataset.verdict = stands ? "stands" : "";
  const before = drafts.get(card.id) ?? mine(card);
  area.value = before?.note || (stands ? area.dataset[lang()] : "");
  for (const box of all("[name=reason]", form)) box.checked = (before?.reasons ?? []).includes(box.value);
  form.seen = standing(card).seen;
  form.hidden = false;
  form.scrollIntoView({ block: "nearest" });
  area.focus();
}

export function closeForms(card, done = false) {
  for (const form of all("form.own, form.question, form.note", card)) {
    form.hidden = true;
    if (done && form.elements.own) delete form.elements.own.dataset.typed;
  }
}
