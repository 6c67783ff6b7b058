// All places of all documents, found by their state, kind, rule and words.

import { SIGNS } from "./card.js";
import { $, all, made } from "./elements.js";
import { ask, report } from "./server.js";
import { lang, t } from "./words.js";

let places = { rows: [], titles: {} };
let most = 200;

async function loadPlaces() {
  places = (await ask("/api/places")).body;
  siftPlaces();
}

export function siftPlaces() {
  const form = $("#sieve");
  const wanted = Object.fromEntries(all("select", form).map(select => [select.name === "document" ? "key" : select.name, select.value]));
  const words = form.elements.find.value.trim().toLowerCase();
  const fits = row => Object.entries(wanted).every(([name, value]) => !value || row[name] === value)
    && (!words || `${row.lemma} ${row.reading ?? ""} ${places.titles[row.key]}`.toLowerCase().includes(words));
  const found = places.rows.filter(fits);
  $("#count").textContent = t("of", { n: found.length, all: places.rows.length });
  $(".places tbody").replaceChildren(...found.slice(0, most).map(placeRow));
  $("[data-do=more]").hidden = found.length <= most;
}

function placeRow(row) {
  const link = made("a", { href: `/d/${row.key}#${row.anchor}`, class: "prop" }, made("b", {}, row.lemma), row.reading === null ? "" : ` ] ${row.reading || "∅"}`);
  const now = made("td", {}, `${SIGNS[row.status]} ${t(`status.${row.status}`)}`);
  return made("tr", {}, made("td", {}, made("span", { class: "kind" }, t(`harm.${row.harm}`))), made("td", {}, link, made("small", {}, ` ${row.p[lang()]}`)),
    made("td", {}, places.titles[row.key], made("small", {}, ` · ${t("line")}\u00a0${row.line}`)), now);
}

export function morePlaces() { most += 1000; siftPlaces(); }

export function placesPage() {
  $("#sieve").addEventListener("input", () => { most = 200; siftPlaces(); });
  loadPlaces().catch(report);
}
