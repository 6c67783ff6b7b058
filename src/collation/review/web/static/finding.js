// A finding of the editor's own, from words selected in the text.

import { $, all, openDialog, say } from "./elements.js";
import { send } from "./ruling.js";
import { selected } from "./selection.js";
import { t } from "./words.js";

export async function addFinding() {
  const words = selected();
  if (!words) { say(t("add-select")); return; }
  const form = $("#finding form");
  form.reset();
  $(".exact", form).textContent = words.exact;
  form.elements.own.value = words.exact;
  if ((await openDialog("finding")) !== "save") return;
  const own = form.elements.own.value;
  const reasons = all("[name=reason]:checked", form).map(box => box.value);
  const data = { ...words, note: form.elements.note.value, reasons, checked: form.elements.checked.checked };
  if (own !== words.exact) data.own = own;
  getSelection().removeAllRanges();
  if (await send(null, data, "add")) { say(`${t("added")}: ${words.exact}`); $("#added").lastElementChild.scrollIntoView({ block: "nearest" }); }
}
