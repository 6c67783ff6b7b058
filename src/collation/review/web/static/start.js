// The start page: files are chosen or dropped, and works opened before are opened again.

import { $, made } from "./elements.js";
import { Failure, ask } from "./server.js";
import { t } from "./words.js";

async function takeFiles(files) {
  const list = $(".taken");
  let good = 0;
  for (const file of files) {
    const row = made("li", {}, file.name);
    list.append(row);
    try {
      await ask("/api/documents", undefined, { method: "POST", headers: { "Content-Type": "application/octet-stream", "X-Name": encodeURIComponent(file.name) }, body: file });
      row.prepend("✓ ");
      good += 1;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      row.append(made("span", { class: "warn" }, ` — ${error.message}`));
    }
  }
  if (good === files.length && good) location.assign("/");
  else if (good) list.append(made("li", {}, made("a", { href: "/", role: "button", class: "on" }, t("open-others", { n: good }))));
}

async function takePair(original, translation) {
  try {
    const headers = { "Content-Type": "application/octet-stream", "X-Name": encodeURIComponent(original.name), "X-Second": encodeURIComponent(translation.name), "X-First-Length": String(original.size) };
    await ask("/api/documents", undefined, { method: "POST", headers, body: new Blob([original, translation]) });
    location.assign("/");
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    $("#pair-failed").textContent = error.message;
  }
}

export async function openRecent(id) {
  await ask(`/api/recent/${id}`, {});
  location.assign("/");
}

export function startPage() {
  const pair = ["#pair-original", "#pair-translation"].map(name => $(name));
  for (const field of pair) field.addEventListener("change", () => { $("#pair-open").disabled = !pair.every(one => one.files.length); });
  $("#pair-open").addEventListener("click", () => takePair(pair[0].files[0], pair[1].files[0]));
  const drop = $("#drop");
  $("#files").addEventListener("change", event => takeFiles([...event.target.files]));
  for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, event => { event.preventDefault(); drop.classList.add("over"); });
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, event => { event.preventDefault(); drop.classList.remove("over"); });
  drop.addEventListener("drop", event => takeFiles([...event.dataTransfer.files]));
}
