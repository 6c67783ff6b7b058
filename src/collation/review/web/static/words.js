// The words of the page, in the language that is chosen.

import { $, made } from "./elements.js";

const WORDS = JSON.parse($("#words").textContent);

export const lang = () => ($("#lang-ru").checked ? "ru" : "en");
export const t = (key, values = {}) =>
  Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), WORDS[lang()][key] ?? key);
export const both = key => ["en", "ru"].map(own => made("span", { class: own, lang: own }, WORDS[own][key] ?? key));
export const quoted = text => (lang() === "ru" ? `«${text}»` : `“${text}”`);
