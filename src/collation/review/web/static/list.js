// The list of cards: which are shown, in what order, and which is the current one.

import { $, KEY, all, made, narrow, say } from "./elements.js";
import { closeForms } from "./forms.js";
import { ask, report } from "./server.js";
import { cards, current, isOpen, marksOf, setCurrent, state } from "./state.js";
import { t } from "./words.js";

const GAP = 6; // pixels between the card and what is above and below it

export function sift() {
  const form = $("#filter");
  if (!form) return;
  const harms = new Set(all("[name=harm]:checked", form).map(input => input.value));
  const side = $("[name=side]:checked", form).value;
  const only = $("[name=open]", form).checked;
  const words = $("[name=find]", form).value.trim().toLowerCase();
  for (const card of cards()) {
    const fits = harms.has(card.dataset.harm) && (!side || side === card.dataset.side);
    const found = !words || card.textContent.toLowerCase().includes(words);
    card.hidden = !(fits && found && (!only || isOpen(card) || card === current));
    for (const mark of marksOf(card)) mark.classList.toggle("off", mark.dataset.n.split(" ").every(n => !fitting(n, harms)));
  }
  const left = cards().some(card => !card.hidden);
  if (!left || state.progress.open) { $(".none").hidden = left; $(".none").textContent = t("entry-none"); }
  count();
}

const fitting = (number, harms) => { const card = $(`.card[data-n="${number}"]`); return card && harms.has(card.dataset.harm); };

function count() {
  const list = cards().filter(card => !card.hidden);
  const at = list.indexOf(current);
  const added = all("#added .card[id]").length; // they stand behind the others, and no filter is about them
  $("#count").textContent = t("of", { n: at < 0 ? "–" : at + 1, all: list.length + added });
}

export function order(byLine) {
  const home = $("#entries");
  const list = cards();
  list.forEach((card, index) => { card.dataset.rank ??= index; });
  const key = byLine ? "line" : "rank";
  list.sort((a, b) => a.dataset[key] - b.dataset[key]);
  home.classList.toggle("by-line", byLine);
  const fold = $(".fold", home);
  const more = $("#added");
  for (const card of list) more.before(card);
  const first = list.find(card => card.dataset.harm === "spelling");
  if (fold && first && !byLine) first.before(fold);
  count();
}

export function show(card, { focus = true, from = "" } = {}) {
  if (current && current !== card) fold(current);
  setCurrent(card);
  card.hidden = false;
  card.classList.add("on");
  $(".row", card).setAttribute("aria-expanded", "true");
  $(".body", card).hidden = false;
  for (const mark of all(".m.on")) mark.classList.remove("on");
  for (const mark of marksOf(card)) mark.classList.add("on");
  if (focus) card.focus({ preventScroll: true });
  if (!narrow()) follow(card, from);
  else if (from !== "load") scrollTo({ top: $("#entries").offsetTop - 4 });
  history.replaceState(null, "", `#${card.id}`);
  count();
}

// Beside the text the list is as high as the window leaves it, so that nothing of it is below the fold.
export function fit() {
  const list = $("#entries"), foot = $(".ledge")?.offsetHeight ?? 0;
  if (!list) return;
  document.body.style.paddingBottom = `${foot}px`;
  document.documentElement.style.setProperty("--foot", `${foot}px`);
  list.style.maxHeight = narrow() ? "" : `${innerHeight - foot - Math.max(0, list.getBoundingClientRect().top)}px`;
}

// The text goes to the place, the window as far down as the card needs to be whole, and the list to the card. It is done
// at once, because an editor who is quick waits for no animation. Who came from the text keeps it where it is.
function follow(card, from) {
  const list = $("#entries"), mark = document.getElementById(`t${card.dataset.n}`);
  const high = innerHeight - $(".ledge").offsetHeight;
  const desk = scrollY + $(".desk").getBoundingClientRect().top;
  let to = scrollY;
  if (from !== "text" && mark?.offsetParent) {
    const { top, bottom } = mark.getBoundingClientRect();
    if (from !== "load" || top < 0 || bottom > high - 20) to += top - high / 2;
  }
  const missing = $(".head", list).offsetHeight + card.offsetHeight + 2 * GAP - high;
  to = Math.max(to, Math.min(desk, desk + missing));
  scrollTo({ top: to });
  fit();
  within(card, list);
}

// A card that just fits stands without the gap above and below it, rather than be cut off by it.
function within(card, list) {
  const box = card.getBoundingClientRect(), frame = list.getBoundingClientRect();
  const head = $(".head", list).getBoundingClientRect().height;
  const spare = frame.height - head - box.height, gap = Math.max(0, Math.min(GAP, spare / 2));
  const above = box.top - frame.top - head - gap, below = box.bottom - frame.bottom + gap;
  if (above < 0 || spare < 0) list.scrollTop += above;
  else if (below > 0) list.scrollTop += below;
}

function fold(card) {
  card.classList.remove("on");
  $(".row", card).setAttribute("aria-expanded", "false");
  $(".body", card).hidden = true;
  closeForms(card);
}

export function step(by, { announce = false } = {}) {
  const list = cards().filter(card => !card.hidden);
  if (!list.length) return;
  const open = list.filter(card => isOpen(card) && card !== current);
  const pool = open.length ? new Set(open) : new Set(list);
  const at = list.indexOf(current);
  for (let i = 1; i <= list.length; i += 1) {
    const card = list[(at + by * i + (at < 0 && by < 0 ? 1 : 0) + list.length * 2) % list.length];
    if (pool.has(card)) { show(card); break; }
  }
  if (announce && !open.length && !isOpen(current)) finish().catch(report);
}

async function finish() {
  say(t("all-ruled"));
  const none = $(".none");
  none.hidden = false;
  none.textContent = `${t("all-ruled")} `;
  const { rows } = (await ask("/api/places")).body;
  const next = rows.find(row => row.status === "open" && row.key !== KEY);
  if (next) none.append(made("a", { href: `/d/${next.key}` }, t("next-document")));
}
