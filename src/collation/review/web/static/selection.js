// Words selected in the text: their place in the file, and marks around the places that editors added.

import { all, made } from "./elements.js";
import { t } from "./words.js";

export function selected() {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0);
  const inside = node => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".facing p");
  const home = inside(range.startContainer) ?? inside(range.endContainer);
  if (!home) return null;
  const nodes = [];
  const walker = document.createTreeWalker(home, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (walker.currentNode.parentElement.closest("[data-o]") && range.intersectsNode(walker.currentNode)) nodes.push(walker.currentNode);
  if (!nodes.length) return null;
  const last = nodes.at(-1);
  const from = nodes[0] === range.startContainer ? range.startOffset : 0;
  const to = last === range.endContainer ? range.endOffset : last.data.length;
  let exact = nodes.map(node => node.data.slice(node === nodes[0] ? from : 0, node === last ? to : undefined)).join("");
  const start = offset(nodes[0], from) + [...exact.match(/^\s*/)[0]].length;
  exact = exact.trim();
  if (!exact) return null;
  return { start, stop: start + [...exact].length, exact, side: home.closest("td").classList.contains("translation") ? "translation" : "original" };
}

// Offsets count code points, as the file's do; a string of JavaScript counts otherwise.
function offset(node, at) {
  const piece = node.parentElement.closest("[data-o]");
  const range = document.createRange();
  range.setStart(piece, 0);
  range.setEnd(node, at);
  return Number(piece.dataset.o) + [...range.toString()].length;
}

export function wrap(place) {
  for (const piece of all(".facing [data-o]")) {
    const begin = Number(piece.dataset.o);
    let at = begin;
    const walker = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) {
      const points = [...text.data];
      const from = Math.max(0, place.start - at), to = Math.min(points.length, place.stop - at);
      at += points.length;
      if (from >= to) continue;
      const range = document.createRange();
      range.setStart(text, points.slice(0, from).join("").length);
      range.setEnd(text, points.slice(0, to).join("").length);
      range.surroundContents(made("mark", { class: "added", title: t("added") }));
    }
  }
}
