// Elements of the page: finding them, making them, and speaking to who does not see them.

export const $ = (query, root = document) => root.querySelector(query);
export const all = (query, root = document) => [...root.querySelectorAll(query)];

export const PAGE = document.body.dataset.page;
export const KEY = document.body.dataset.key;

export function say(text) {
  const place = $("#said");
  place.textContent = "";
  setTimeout(() => { place.textContent = text; }, 30); // a live region speaks when it changes
}

export function made(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "class") element.className = value;
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

export const narrow = () => matchMedia("(max-width: 999px)").matches;

export function openDialog(id) {
  const dialog = document.getElementById(id);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise(resolve => dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true }));
}
