// Who sits at this browser, and addresses for further browsers.

import { $, KEY, openDialog } from "./elements.js";
import { refresh } from "./painting.js";
import { ask, report } from "./server.js";

export async function askName() {
  if ((await openDialog("who")) !== "save") return $("#editor").dataset.name !== "";
  try {
    const { body } = await ask("/api/editor", { name: $("#who [name=name]").value });
    $("#editor").textContent = $("#editor").dataset.name = body.editor;
    if (KEY) await refresh(true);
    return true;
  } catch (error) {
    report(error);
    return false;
  }
}

export const named = async () => $("#editor").dataset.name !== "" || askName();

export async function invite() {
  const { body } = await ask("/api/invite", {});
  $("#who output").textContent = body.address;
  $("#who .invited").hidden = false;
}
