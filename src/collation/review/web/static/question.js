// The images of the pages are asked about readings: those that were typed, or those that are proposed. Nothing is ruled by it.

import { $, KEY, all, made } from "./elements.js";
import { openOwn, openQuestion } from "./forms.js";
import { ask } from "./server.js";
import { both } from "./words.js";

const MOST = 24; // answers that stay with a place

const typed = input => input.value.split(";").map(reading => reading.trim()).filter(Boolean);

// The form is opened, and the page is asked at once about what is proposed.
export function beginQuestion(card) {
  openQuestion(card);
  const proposed = Number($("form.question", card).dataset.proposed);
  return proposed && !$(".answers li", card) ? askPage(card, []) : undefined;
}

export const askTyped = card => askPage(card, typed($("form.question", card).elements.asked));

export function askOwn(card) {
  const reading = $("form.own", card).elements.own.value.trim();
  return reading ? askPage(card, [reading]) : undefined;
}

// A reading that was asked about becomes what is typed as one's own; it is saved when the editor says so.
export function takeAsked(card, reading) {
  const input = $("form.own", card).elements.own;
  input.value = reading;
  input.dataset.typed = "1";
  openOwn(card);
}

async function askPage(card, readings) {
  const box = $(".answers", card);
  const { body } = await ask(`/api/documents/${KEY}/ask`, { place: card.id, readings });
  const said = new Set(body.answers.map(answer => answer.reading));
  for (const old of all("li", box)) if (said.has(old.dataset.reading)) old.remove();
  $("ul", box).append(...body.answers.map(answerLine));
  for (const old of all("li", box).slice(0, -MOST)) old.remove();
  $("p", box).hidden = false;
  box.scrollIntoView({ block: "nearest" });
}

function answerLine({ reading, number, ratio, says }) {
  const line = made("li", { "data-reading": reading }, number && made("kbd", {}, number), number && " ", made("q", { lang: "ru" }, reading || "∅"));
  for (const said of says) {
    line.append(" ", made("span", { class: "en", lang: "en" }, said.en), made("span", { class: "ru", lang: "ru" }, said.ru));
    if (said.value !== null) line.append(" ", made("small", {}, signed(said.value)));
  }
  if (!number && ratio !== null) line.append(" ", made("button", { type: "button", "data-do": "take", "data-reading": reading }, ...both("take-own")));
  return line;
}

const signed = value => `${Number(value.toFixed(1)) < 0 ? "−" : "+"}${Math.abs(value).toFixed(1)}`;
