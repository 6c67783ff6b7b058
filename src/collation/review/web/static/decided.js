// What was decided, in the text: words that a ruling replaces, and places that editors found. The file's own characters stay
// where they are, so that offsets and selections lead back to it; what is put in is an element of its own.

import { all, made } from "./elements.js";
import { SIGNS } from "./card.js";
import { t } from "./words.js";

let pieces = null;
const painted = new Map(); // what is in the text now, by what was asked for

// The text nodes of an element that are the file's own.
export function texts(root) {
  const own = node => (node.parentElement.closest("ins") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, own);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}

export function paintDecided(state) {
  pieces ??= all(".facing [data-o]").map(element => ({ element, start: Number(element.dataset.o) })).sort((a, b) => a.start - b.start);
  const wanted = new Map();
  const added = state.added.filter(one => one.n), numbers = new Set(added.map(one => one.n));
  for (const change of state.changes) if (!numbers.has(change.n)) wanted.set(JSON.stringify(change), () => replaced(change));
  for (const place of added) {
    const own = state.changes.filter(change => change.n === place.n); // inside the mark of their place
    wanted.set(JSON.stringify([place.start, place.stop, place.n, place.status, own]), () => [...found(place), ...own.flatMap(replaced)]);
  }
  for (const [key, elements] of painted) if (!wanted.has(key)) { elements.forEach(unwrap); painted.delete(key); }
  for (const [key, paint] of wanted) if (!painted.has(key)) painted.set(key, paint());
  document.documentElement.classList.toggle("has-changes", state.changes.length > 0);
}

function replaced({ start, stop, text }) {
  const gone = wrap(start, stop, () => made("del"));
  const now = made("ins", {}, text);
  if (gone.length) gone.at(-1).after(now);
  else insert(start, now);
  return [...gone, now];
}

function found({ start, stop, n, status }) {
  const kind = { href: `#a${n}`, "data-n": n, title: t("added") };
  const inside = wrap(start, stop, node => made(node.parentElement.closest("a") ? "mark" : "a", { ...kind, class: `m doubt own added is-${status}` }));
  if (inside.length) { inside[0].classList.add("op"); inside[0].id = `t${n}`; inside.at(-1).classList.add("cl"); inside.at(-1).dataset.sign = SIGNS[status] ?? ""; }
  return inside;
}

function unwrap(element) {
  const home = element.parentNode;
  if (!home) return; // what is put in for a place of the catalogue is nowhere in the two texts
  element.replaceWith(...(element.matches("ins") ? [] : element.childNodes));
  home.normalize();
}

// The stretches of text nodes between two offsets of the file, each wrapped in an element of its own.
function wrap(start, stop, make) {
  const wrapped = [];
  for (const { element, at } of under(start, stop)) {
    let begin = at;
    for (const text of texts(element)) {
      const points = [...text.data];
      const from = Math.max(0, start - begin), to = Math.min(points.length, stop - begin);
      begin += points.length;
      if (from >= to) continue;
      const range = document.createRange();
      range.setStart(text, points.slice(0, from).join("").length);
      range.setEnd(text, points.slice(0, to).join("").length);
      const element = make(text);
      range.surroundContents(element);
      wrapped.push(element);
    }
  }
  return wrapped;
}

function insert(offset, element) {
  const piece = under(offset, offset + 1)[0] ?? under(offset - 1, offset)[0];
  if (!piece) return;
  let begin = piece.at;
  for (const text of texts(piece.element)) {
    const points = [...text.data];
    if (offset - begin <= points.length) {
      const range = document.createRange();
      range.setStart(text, points.slice(0, offset - begin).join("").length);
      range.insertNode(element);
      return;
    }
    begin += points.length;
  }
  piece.element.append(element);
}

// The pieces of the text that may hold characters between two offsets.
function under(start, stop) {
  let low = 0, high = pieces.length;
  while (low < high) { const middle = (low + high) >> 1; if (pieces[middle].start <= start) low = middle + 1; else high = middle; }
  const some = [];
  for (let i = Math.max(0, low - 1); i < pieces.length && pieces[i].start < stop; i += 1) some.push({ element: pieces[i].element, at: pieces[i].start });
  return some;
}
