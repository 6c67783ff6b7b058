// One decision on many places, after a look at each of them.

import { named } from "./editor.js";
import { $, KEY, made, openDialog, say } from "./elements.js";
import { step } from "./list.js";
import { paint } from "./painting.js";
import { saved } from "./ruling.js";
import { ask } from "./server.js";
import { current, isOpen } from "./state.js";
import { lang, t } from "./words.js";

export async function group(address, title, verdict) {
  const { body } = await ask(address);
  const list = $("#group .places");
  list.replaceChildren();
  const boxes = body.places.map(place => {
    const box = made("input", { type: "checkbox", checked: true, value: `${place.document}/${place.anchor}` });
    const row = made("p", { class: "ctx" }, place.line[0], made("mark", {}, place.line[1] || "‹…›"), place.line[2]);
    const reading = verdict === "accept" && place.reading !== null ? made("b", {}, `→ ${place.reading || "∅"}`) : null;
    const where = `${reading ? " · " : ""}${place.where[lang()]} · ${place.title}`;
    list.append(made("li", {}, made("label", {}, box, row, made("small", {}, reading, where))));
    return box;
  });
  const button = $("#group .chosen");
  const recount = () => {
    const chosen = boxes.filter(box => box.checked).length;
    $("[data-count]", button).textContent = `${t(`do.${verdict}`)}: ${chosen}`;
    button.disabled = !chosen;
  };
  list.onchange = recount;
  recount();
  $("#group-h").textContent = title;
  setTimeout(() => button.focus(), 0);
  if ((await openDialog("group")) !== "save" || !(await named())) return;
  const places = boxes.filter(box => box.checked).map(box => box.value);
  const done = (await ask(`/api/documents/${KEY}/group`, { verdict, places })).body;
  paint(done.state);
  saved();
  const late = done.late.length ? ` ${t("late")} ${done.late.map(place => place.title).join("; ")}` : "";
  say(`${t(`verdict.${verdict}`)}: ${done.made.length}.${late}`);
  if (late) { $("#saved").textContent += ` ${late}`; }
  if (!current || !isOpen(current)) step(1, { announce: true });
}

export function groupOf(card, verdict) {
  if ($(".group", card).hidden) return null;
  const title = `${t(verdict === "accept" ? "alike-accept" : "alike-reject")}: ${card.dataset.lemma}`;
  return group(`/api/documents/${KEY}/alike?place=${card.id}`, title, verdict);
}
