// The list of documents: it is fetched again when a document was examined or a ruling was made.

import { $ } from "./elements.js";
import { every } from "./queue.js";
import { ask } from "./server.js";
import { sortable } from "./sorting.js";

export function collectionPage() {
  let known = Number($("#live").dataset.revision);
  const table = () => { const found = $("table.index"); if (found) sortable(found); };
  table();
  every(async () => {
    const { revision } = (await ask("/api/collection")).body;
    if (revision === known || document.activeElement?.id === "find") return;
    known = revision;
    const page = new DOMParser().parseFromString(await (await fetch("/")).text(), "text/html");
    for (const id of ["live", "progress"]) { const next = page.getElementById(id), old = document.getElementById(id); if (next && old) old.replaceWith(next); }
    table();
  });
}
