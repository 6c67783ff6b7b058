// Words selected in the text, and their place in the file.

import { texts } from "./decided.js";

export function selected() {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0);
  const inside = node => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".facing p");
  const home = inside(range.startContainer) ?? inside(range.endContainer);
  if (!home) return null;
  const nodes = texts(home).filter(node => node.parentElement.closest("[data-o]") && range.intersectsNode(node));
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
  const piece = node.parentElement.closest("[data-o]"), own = texts(piece);
  const before = own.slice(0, own.indexOf(node)).map(text => text.data).join("") + node.data.slice(0, at);
  return Number(piece.dataset.o) + [...before].length;
}
