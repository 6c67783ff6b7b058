// The page of a document, from its loading on.

import { $ } from "./elements.js";
import { fit, order, show, sift } from "./list.js";
import { refresh } from "./painting.js";
import { every } from "./queue.js";
import { selected } from "./selection.js";
import { cards, isOpen } from "./state.js";
import { sayListed } from "./word.js";

export async function documentPage() {
  order(false);
  if ($(".fold [data-do=unfold]")?.getAttribute("aria-expanded") !== "false") $("#entries").classList.add("unfolded");
  if (!$(".desk .card")) return;
  for (const name of ["scroll", "resize"]) addEventListener(name, fit, { passive: true });
  new ResizeObserver(fit).observe($(".ledge"));
  await refresh(true);
  const wanted = document.getElementById(location.hash.slice(1) || "none");
  const first = wanted?.matches(".card[data-n]") ? wanted : cards().find(isOpen) ?? cards()[0];
  if (first) show(first, { from: "load" });
  $("#find").addEventListener("input", sift);
  document.addEventListener("selectionchange", () => { if (!$("dialog[open]")) $("#marking").hidden = !selected(); });
  addEventListener("hashchange", () => { const card = document.getElementById(location.hash.slice(1)); if (card?.matches(".card[data-n]")) show(card); });
  sayListed();
  every(() => refresh());
}
