// A document: the state of its places by the server's last answer, which card is the current one, and notes drafted for it.

import { $, all } from "./elements.js";
import { t } from "./words.js";

export let state = { entries: {}, added: [], orphans: [], progress: {} };
export let current = null;
export const drafts = new Map(); // notes written before the ruling, by the id of their card
export const cards = () => all(".card[data-n]");
export const standing = card => state.entries[card.id] ?? { status: "open", seen: [], rulings: [], alike: 0 };
export const isOpen = card => ["open", "conflict"].includes(standing(card).status);
export const marksOf = card => all(`.m[data-n~="${card.dataset.n}"]`);
export const mine = card => standing(card).rulings.find(ruling => ruling.mine);
export const changed = ({ lemma, reading, verdict }) => (reading !== null ? `${lemma || "‹…›"} → ${reading || "∅"}` : `${lemma || "‹…›"}: ${t(`verdict.${verdict}`)}`);

export function setState(next) { state = next; }
export function setCurrent(card) { current = card; }
