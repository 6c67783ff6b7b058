// Rulings taken back: one's own last one, or those named.

import { KEY, say } from "./elements.js";
import { show } from "./list.js";
import { paint } from "./painting.js";
import { saved } from "./ruling.js";
import { ask } from "./server.js";
import { t } from "./words.js";

export async function takeBack(ids = []) {
  const { body } = await ask(`/api/undo?document=${KEY ?? ""}`, { ids });
  if (!KEY) { location.reload(); return; }
  paint(body.state);
  saved();
  const first = body.undone[0];
  say(`${t("taken-back")}: ${body.undone.length > 1 ? `${body.undone.length} × ` : ""}${first.lemma}${body.undone.some(one => one.lemma !== first.lemma) ? "; …" : ""}`);
  const here = body.places.map(place => place.split("/")).find(([key]) => key === KEY);
  const card = here && document.getElementById(here[1]);
  if (card) show(card);
}
