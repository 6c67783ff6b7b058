// What buttons, links and forms do.

import { openEdition } from "./edition.js";
import { askName, invite } from "./editor.js";
import { $, KEY, narrow, openDialog } from "./elements.js";
import { addFinding } from "./finding.js";
import { closeForms, openNote, openOwn } from "./forms.js";
import { group, groupOf } from "./group.js";
import { order, show, sift, step } from "./list.js";
import { morePlaces } from "./places.js";
import { askOwn, askTyped, beginQuestion, takeAsked } from "./question.js";
import { queue } from "./queue.js";
import { rule, send } from "./ruling.js";
import { openRecent } from "./start.js";
import { current, mine } from "./state.js";
import { submitNote, submitOwn } from "./typed.js";
import { takeBack } from "./undo.js";
import { listWord, takeWordBack } from "./word.js";
import { t } from "./words.js";

// On a narrow page text and place take turns: the text opens at the place, and closing it leads back.
function showText(open) {
  const mark = open && current && document.getElementById(`t${current.dataset.n}`);
  if (mark) mark.scrollIntoView({ block: "center" });
  else (open ? $("#text") : $("#entries")).scrollIntoView({ block: "start" });
}

export const ACTIONS = {
  accept: card => rule(card, { verdict: "accept" }),
  correct: card => rule(card, { verdict: "accept" }),
  reject: card => rule(card, { verdict: "reject" }),
  scan: card => rule(card, { verdict: "needs-scan" }),
  stands: card => openNote(card, true),
  own: card => openOwn(card),
  ask: card => beginQuestion(card),
  "ask-own": card => askOwn(card),
  take: (card, button) => takeAsked(card, button.dataset.reading),
  note: card => openNote(card),
  cancel: card => { closeForms(card, true); card.focus(); },
  later: () => step(1),
  other: (card, button) => { const open = $(".rest", card).classList.toggle("open"); button.setAttribute("aria-expanded", open); if (open) $(".rest", card).scrollIntoView({ block: "nearest" }); },
  group: (card, button) => groupOf(card, button.dataset.verdict),
  "other-side": card => {
    const pick = $("[data-pick][data-verdict=other-side]", card);
    if (pick) return rule(card, { verdict: "other-side", reading: Number(pick.dataset.reading) });
    if (card.dataset.side !== "original") return rule(card, { verdict: "accept" });
    return $("form.own input", card).dataset.other ? openOwn(card, "translation") : rule(card, { verdict: "other-side" });
  },
  next: () => step(1),
  previous: () => step(-1),
  undo: (card, button) => takeBack(button?.dataset.ids ? [button.dataset.ids] : []),
  plain: () => group(`/api/documents/${KEY}/alike?of=plain`, t("plain-all"), "accept"),
  edition: () => openEdition(),
  "edition-close": () => $("#edition").close(),
  unfold: (card, button) => button.setAttribute("aria-expanded", $("#entries").classList.toggle("unfolded")),
  text: (card, button) => { const open = $("#text").classList.toggle("open"); button.setAttribute("aria-expanded", open); showText(open); },
  mark: () => addFinding(),
  word: card => listWord(card),
  "word-back": () => takeWordBack(),
  invite: () => invite(),
  print: () => print(),
  recent: (card, button) => openRecent(button.dataset.id),
  more: () => morePlaces(),
};

document.addEventListener("click", event => {
  const button = event.target.closest("button, a.m");
  if (!button) return;
  const card = button.closest(".card[data-n]");
  if (button.dataset.open === "who") { askName(); return; }
  if (button.dataset.open) { openDialog(button.dataset.open); return; }
  if (button.matches("a.m")) { event.preventDefault(); reach(button); return; }
  if (button.matches(".row")) { if (card !== current || !narrow()) show(card); return; }
  if (button.dataset.follow) { followRuling(card, button); return; }
  if ("pick" in button.dataset) { queue(() => rule(card, { verdict: button.dataset.verdict, reading: Number(button.dataset.reading) })); return; }
  const action = ACTIONS[button.dataset.do];
  if (action) queue(() => action(card ?? current, button));
});

// Somebody else's ruling followed or rejected, in the card of an entry or in that of a place without one.
function followRuling(card, { dataset }) {
  const data = { on: dataset.on, verdict: dataset.follow };
  queue(() => send(card, card ? data : { ...data, seen: JSON.parse(dataset.seen) }));
}

function reach(link) {
  const numbers = link.dataset.n.split(" ");
  const at = numbers.indexOf(current?.dataset.n);
  const card = $(`.card[data-n="${numbers[(at + 1) % numbers.length]}"]`);
  const found = document.getElementById(`a${numbers[0]}`); // a place that an editor found
  if (card) show(card, { from: "text" });
  else if (found) { found.scrollIntoView({ block: "nearest" }); found.focus({ preventScroll: true }); }
}

document.addEventListener("submit", event => {
  const form = event.target, card = form.closest(".card");
  if (form.id === "filter" || form.id === "sieve") event.preventDefault();
  if (!card) return;
  event.preventDefault();
  if (form.matches(".own")) submitOwn(card, form);
  else if (form.matches(".question")) queue(() => askTyped(card));
  else submitNote(card, form);
});

document.addEventListener("input", event => { if (event.target.name === "own" && event.target.closest(".card")) event.target.dataset.typed = "1"; });

document.addEventListener("change", event => {
  const card = event.target.closest(".card[data-n]");
  if (card && "checked" in event.target.dataset && mine(card)) {
    const { id, note, reasons } = mine(card);
    queue(() => send(card, { on: id, note, reasons }, "note"));
  }
  if (event.target.name === "shows") document.documentElement.dataset.shows = event.target.value;
  if (event.target.closest("#filter")) { if (event.target.name === "order") order(event.target.value === "line"); sift(); }
});
