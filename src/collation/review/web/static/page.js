// The review page. The server writes the text once; the script paints the state of its places, sends what the editor decides
// and asks now and then whether anybody else has decided. Words of documents are only ever set as text, never as HTML.
// This module begins the page; each of the others is one thing that an editor does, or something that several need.

import "./actions.js";
import "./keys.js";
import { collectionPage } from "./collection.js";
import { documentPage } from "./document.js";
import { PAGE, all } from "./elements.js";
import { paint } from "./painting.js";
import { placesPage, siftPlaces } from "./places.js";
import { report } from "./server.js";
import { startPage } from "./start.js";
import { state } from "./state.js";
import { localTimes } from "./times.js";
import { lang } from "./words.js";

const keep = (name, value) => { document.cookie = `collation-${name}=${value}; path=/; max-age=31536000; SameSite=Strict`; };

for (const name of ["lang", "theme"]) {
  for (const input of all(`input[name=${name}]`)) {
    input.addEventListener("change", () => {
      keep(name, input.id.split("-")[1]);
      document.documentElement.lang = lang();
      for (const option of all("option[data-en]")) option.textContent = option.dataset[lang()];
      repaint();
    });
  }
}

function repaint() {
  if (PAGE === "document" && state.revision !== undefined) paint(state);
  if (PAGE === "places") siftPlaces();
  localTimes();
}

if (PAGE === "document") documentPage().catch(report);
if (PAGE === "ruled" || PAGE === "start") localTimes();
if (PAGE === "collection") collectionPage();
if (PAGE === "start") startPage();
if (PAGE === "places") placesPage();
