// A table sorted by its heads, and its rows found by their words.

import { $, all } from "./elements.js";

export function sortable(table) {
  const rows = () => all("tbody tr", table);
  for (const head of all("thead th[data-sort]", table)) {
    $("button", head).addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of all("th", table)) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const value = row => row.cells[head.cellIndex].dataset.v ?? row.cells[head.cellIndex].textContent.trim();
      const compare = (a, b) => value(a).localeCompare(value(b), undefined, { numeric: true });
      table.tBodies[0].append(...rows().sort((a, b) => (up ? compare(a, b) : compare(b, a))));
    });
  }
  const find = $("#find");
  find?.addEventListener("input", () => { for (const row of rows()) row.hidden = !row.textContent.toLowerCase().includes(find.value.toLowerCase()); });
}
