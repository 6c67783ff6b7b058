// The corrected text saved as a file, in a form and a style that the editor chooses. The browser puts it where it puts downloads.

import { $, KEY, made } from "./elements.js";
import { Failure, fetched } from "./server.js";
import { t } from "./words.js";

export function openEdition() {
  const dialog = $("#edition");
  $(".told", dialog).textContent = "";
  $("form", dialog).onsubmit = event => { event.preventDefault(); save(dialog).catch(error => told(dialog, error)); };
  dialog.showModal();
}

async function save(dialog) {
  const form = $("form", dialog);
  const wanted = { form: form.elements.form.value, style: form.elements.style.value };
  const answer = await fetched(`/api/documents/${KEY}/edition`, wanted);
  const name = decodeURIComponent(answer.headers.get("X-Name"));
  const address = URL.createObjectURL(await answer.blob());
  made("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
  const left = Number(answer.headers.get("X-Left"));
  tell(dialog, t("edition-saved", { name, n: answer.headers.get("X-Emended") }) + (left ? ` ${t("edition-left", { n: left })}` : ""));
}

function told(dialog, error) {
  if (!(error instanceof Failure)) throw error;
  tell(dialog, error.message, true);
}

function tell(dialog, words, wrong = false) {
  const place = $(".told", dialog);
  place.textContent = words;
  place.classList.toggle("warn", wrong);
}
