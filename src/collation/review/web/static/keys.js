// What keys do. What counts is the key, not its letter, so that both layouts work.

import { ACTIONS } from "./actions.js";
import { openEdition } from "./edition.js";
import { $, PAGE, all, openDialog, say } from "./elements.js";
import { addFinding } from "./finding.js";
import { groupOf } from "./group.js";
import { step } from "./list.js";
import { queue } from "./queue.js";
import { rule } from "./ruling.js";
import { current, isOpen, mine, state } from "./state.js";
import { takeBack } from "./undo.js";
import { t } from "./words.js";

const press = name => card => { const button = $(`.acts [data-do="${name}"]`, card); return button && ACTIONS[name](card, button); };
const KEYS = {
  KeyJ: () => step(1), ArrowDown: () => step(1), KeyK: () => step(-1), ArrowUp: () => step(-1),
  KeyA: card => (press("accept")(card) ?? press("correct")(card)), KeyR: press("reject"), KeyS: press("stands"), KeyT: card => ACTIONS["other-side"](card),
  KeyE: press("own"), KeyD: press("scan"), KeyN: press("note"),
  KeyP: press("ask"),
  KeyO: card => $("[data-scan]", card)?.click(),
  KeyX: press("reject"), Backspace: () => takeBack(),
  KeyU: () => takeBack(), KeyM: () => addFinding(),
  KeyG: () => { const other = $("#filter [name=order]:not(:checked)"); other.click(); say(other.nextElementSibling.innerText); },
  Slash: () => $("#find").focus(),
};
const STEPS = ["KeyJ", "KeyK", "ArrowDown", "ArrowUp"];
const NEEDLESS = ["KeyU", "Backspace", "KeyM", "KeyG", "Slash", ...STEPS]; // keys that need no current place

function typing(target) {
  return target.matches("textarea, select, input:not([type=checkbox], [type=radio])");
}

document.addEventListener("keydown", event => {
  const { target, code } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const form = target.closest(".card form");
  if (form && code === "Escape") { event.preventDefault(); ACTIONS.cancel(form.closest(".card")); return; }
  if (form && target.matches("textarea") && code.endsWith("Enter") && !event.shiftKey) { event.preventDefault(); form.requestSubmit(); return; }
  if (form?.matches(".own") && code.endsWith("Enter") && event.shiftKey && $("[data-do=ask-own]", form)) { event.preventDefault(); queue(() => ACTIONS["ask-own"](form.closest(".card"))); return; }
  if (target.id === "find" && code === "Escape") { target.blur(); return; }
  const choice = /^(?:Digit|Numpad)([1-3])$/.exec(code);
  if (choice && $("#word[open]")) { event.preventDefault(); all("#word .ends button")[choice[1] - 1].click(); return; }
  if (typing(target) || $("dialog[open]")) return;
  if (event.key === "?") { event.preventDefault(); openDialog("keys"); return; }
  if (PAGE !== "document") { if (event.key === "/" || code === "Slash") { const find = $("#find"); if (find) { event.preventDefault(); find.focus(); } } return; }
  if (target.matches("[type=radio]") && code.startsWith("Arrow")) return;
  if (event.repeat && !STEPS.includes(code)) return;
  const work = actionOf(event);
  if (!work) return;
  event.preventDefault();
  queue(work);
});

function actionOf({ code, shiftKey, target }) {
  if (code === "Enter" || code === "NumpadEnter") {
    const elsewhere = target.closest("button, a, summary, input, label");
    return elsewhere ? null : () => current && proposedOf(current);
  }
  if (shiftKey && (code === "KeyA" || code === "KeyR")) return () => current && groupOf(current, code === "KeyA" ? "accept" : "reject");
  if (shiftKey && code === "KeyP") return () => ($(".fold") ? (state.plain ? ACTIONS.plain() : say(t("plain-no-more"))) : undefined);
  if (shiftKey && code === "KeyS") return () => openEdition();
  if (shiftKey && code === "KeyW") return () => current && press("word")(current);
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code);
  if (digit && !shiftKey) return () => { if (current) return pick(current, Number(digit[1])); };
  if (shiftKey || !KEYS[code]) return null;
  return () => (current || NEEDLESS.includes(code) ? KEYS[code](current) : undefined);
}

function proposedOf(card) {
  if (mine(card) && !isOpen(card)) return step(1); // Enter never rules a second time
  return rule(card, { verdict: "proposed" });
}

function pick(card, number) {
  const button = all("[data-pick]", card).find(one => $("kbd", one).textContent === String(number));
  if (button) return rule(card, { verdict: button.dataset.verdict, reading: Number(button.dataset.reading) });
  return number === 1 ? KEYS.KeyA(card) : undefined;
}
