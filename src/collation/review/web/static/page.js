// The review page. The server writes the text once; this paints how its places stand, sends what the editor decides
// and asks now and then whether anybody else has decided. Words of documents are only ever set as text, never as HTML.

const $ = (query, root = document) => root.querySelector(query);
const all = (query, root = document) => [...root.querySelectorAll(query)];
const WORDS = JSON.parse($("#words").textContent);
const PAGE = document.body.dataset.page;
const KEY = document.body.dataset.key;
const POLL = 2000;
const SIGNS = { emended: "✓", rejected: "✗", stands: "S", other: "T", scan: "?", conflict: "⇄", second: "½", open: "" };

// ---- words, announcements, elements

const lang = () => ($("#lang-ru").checked ? "ru" : "en");
const t = (key, values = {}) =>
  Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), WORDS[lang()][key] ?? key);
const quoted = text => (lang() === "ru" ? `«${text}»` : `“${text}”`);

function say(text) {
  const place = $("dialog[open] .told-here") ?? $("#said");
  place.textContent = "";
  setTimeout(() => { place.textContent = text; }, 30); // a live region speaks when it changes
}

function made(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "class") element.className = value;
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

const narrow = () => matchMedia("(max-width: 999px)").matches;

function clock(time) {
  const at = new Date(time);
  const today = at.toDateString() === new Date().toDateString();
  return at.toLocaleString(lang(), today ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" });
}

// ---- asking the server

class Failure extends Error {}

async function ask(address, data, more = {}) {
  const post = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(data) };
  let answer;
  try {
    answer = await fetch(address, data === undefined ? more : { ...post, ...more });
  } catch {
    lost(true);
    throw new Failure(t("lost-line"));
  }
  lost(false);
  const body = await answer.json().catch(() => ({ error: answer.statusText }));
  if (!answer.ok && answer.status !== 409) throw new Failure(body.error ?? answer.statusText);
  return { conflict: answer.status === 409, body };
}

function lost(yes) {
  const bar = $(".ledge");
  if (!bar || bar.classList.contains("lost") === yes) return;
  bar.classList.toggle("lost", yes);
  $("#saved").textContent = yes ? t("lost-line") : "";
}

function tell(error) {
  if (!(error instanceof Failure)) throw error;
  const saved = $("#saved");
  if (saved) { saved.textContent = error.message; saved.classList.add("warn"); }
  say(error.message);
}

// ---- what all pages have

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

function openDialog(id) {
  const dialog = document.getElementById(id);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise(resolve => dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true }));
}

async function askName() {
  if ((await openDialog("who")) !== "save") return $("#editor").dataset.name !== "";
  try {
    const { body } = await ask("/api/editor", { name: $("#who [name=name]").value });
    $("#editor").textContent = $("#editor").dataset.name = body.editor;
    if (KEY) await refresh(true);
    return true;
  } catch (error) {
    tell(error);
    return false;
  }
}

const named = async () => $("#editor").dataset.name !== "" || askName();

async function invite() {
  const { body } = await ask("/api/invite", {});
  $("#who output").textContent = body.address;
  $("#who .invited").hidden = false;
}

// ---- a document: how its places stand

let state = { entries: {}, added: [], orphans: [], progress: {} };
let current = null;
const drafts = new Map(); // notes written before the ruling
const cards = () => all(".card[data-n]");
const standing = card => state.entries[card.id] ?? { status: "open", seen: [], rulings: [], alike: 0 };
const isOpen = card => ["open", "conflict"].includes(standing(card).status);
const marksOf = card => all(`.m[data-n~="${card.dataset.n}"]`);
const mine = card => standing(card).rulings.find(ruling => ruling.mine);

async function refresh(whole = false) {
  const since = whole ? "" : `?since=${state.revision ?? ""}`;
  const { body } = await ask(`/api/documents/${KEY}${since}`);
  if (body.entries) paint(body);
}

function paint(next) {
  const before = new Set(current ? standing(current).seen : []);
  state = next;
  const news = current && standing(current).rulings.find(ruling => !ruling.mine && !before.has(ruling.id));
  if (news) say(`${news.editor}: ${t(`verdict.${news.verdict}`)} ${news.reading ?? ""}`);
  for (const card of cards()) paintCard(card);
  const { total, ruled, open, conflict, scan, added } = state.progress;
  const told = [`${SIGNS.emended} ${ruled} ${t("ruled-count")}`, `○ ${open} ${t("open-count")}`];
  if (conflict) told.push(`${SIGNS.conflict} ${conflict} ${t("conflicts")}`);
  if (scan) told.push(`${SIGNS.scan} ${scan} ${t("status.scan")}`);
  if (added) told.push(`+ ${added} ${t("verdict.added")}`);
  $("#progress progress").value = ruled;
  $("#progress progress").max = total || 1;
  $("#progress .told").textContent = told.join(" · ");
  $("#left").textContent = `${open} ${t("open-count")}`;
  $(".damage").hidden = !state.damage;
  $("#damage").textContent = state.damage;
  paintUndo();
  paintMore();
  sift();
}

function paintCard(card) {
  const { status, rulings, alike } = standing(card);
  card.dataset.status = status;
  const last = rulings.at(-1);
  const now = $("[data-now]", card);
  const changed = last && status === "emended" && last.reading !== null ? ` ${last.reading || "∅"}` : "";
  now.textContent = status === "open" ? "" : `${SIGNS[status]}${changed}`;
  now.title = status === "open" ? "" : t(`status.${status}`);
  if (status !== "open") now.append(made("span", { class: "out" }, ` ${t(`status.${status}`)}`));
  for (const mark of marksOf(card)) {
    for (const name of [...mark.classList]) if (name.startsWith("is-")) mark.classList.remove(name);
    if (status !== "open") mark.classList.add(`is-${status}`);
    const sign = $(`.sign[data-n="${card.dataset.n}"]`, mark);
    if (sign) { sign.dataset.was ??= sign.textContent; sign.textContent = status === "open" ? sign.dataset.was : SIGNS[status]; }
  }
  $("[data-stood]", card).replaceChildren(...rulings.map(ruling => ruledBox(ruling, status, card)), ...draftBox(card));
  const group = $(".group", card);
  group.hidden = alike < 1;
  $("[data-alike]", card).textContent = alike;
  const seen = $("[data-checked]", card);
  if (mine(card)) seen.checked = mine(card).checked;
}

function ruledBox(ruling, status, card) {
  const what = [made("b", {}, t(`verdict.${ruling.verdict}`))];
  if (ruling.reading !== null) what.push(": ", made("q", {}, ruling.reading || "∅"));
  const who = ruling.mine ? `${ruling.editor} (${t("you")})` : ruling.editor;
  const more = [who, clock(ruling.time), ...ruling.reasons.map(reason => t(`reason.${reason}`))];
  if (ruling.checked) more.push(t("checked"));
  const box = made("div", {}, ...what, made("br"), made("small", {}, more.join(" · ")));
  if (ruling.note) box.append(made("br"), made("i", {}, ruling.note));
  if (status === "conflict" && !ruling.mine) {
    const follow = made("button", { type: "button" }, t("gave-way"));
    follow.addEventListener("click", () => queue(() => send(card, { on: ruling.id, verdict: "like" })));
    box.append(made("br"), follow);
  }
  return box;
}

function draftBox(card) {
  const draft = drafts.get(card.id);
  return draft ? [made("div", {}, made("i", {}, draft.note), made("br"), made("small", {}, t("note-drafted")))] : [];
}

function paintUndo() {
  const button = $("#undone button");
  const undo = state.undo;
  button.disabled = !undo;
  const word = undo && (undo.reading !== null ? `${undo.lemma} → ${undo.reading || "∅"}` : `${undo.lemma}: ${t(`verdict.${undo.verdict}`)}`);
  $("span:last-child", button).textContent = undo ? `${undo.count > 1 ? `${undo.count} × ` : ""}${word}${undo.elsewhere && ` · ${undo.elsewhere}`}` : "";
}

function paintMore() {
  const added = $("#added"), orphans = $("#orphans");
  if (!added) return;
  added.hidden = !state.added.length;
  for (const old of all(".card", added)) old.remove();
  added.append(...state.added.map(place => ownCard(place)));
  orphans.hidden = !state.orphans.length;
  for (const old of all(".card", orphans)) old.remove();
  orphans.append(...state.orphans.map(place => ownCard(place)));
  for (const mark of all("mark.added")) { const parent = mark.parentNode; mark.replaceWith(...mark.childNodes); parent.normalize(); }
  state.added.filter(place => place.kind === "added").forEach(wrap);
}

function ownCard(place) {
  const line = made("p", { class: "ctx" }, place.line[0], made("mark", {}, place.line[1]), place.line[2]);
  const where = place.where ? place.where[lang()] : (place.candidates ?? []).map(c => c[lang()]).join("; ");
  const kind = place.kind ? t(place.kind) : "";
  const card = made("article", { class: "card", "data-status": place.status }, made("div", { class: "body" },
    made("p", { class: "where" }, [kind, where].filter(Boolean).join(" · ")), line,
    ...place.rulings.map(ruling => ruledBox(ruling, "", null))));
  const other = place.rulings.find(ruling => !ruling.mine);
  if (other && !place.rulings.some(ruling => ruling.mine)) {
    const buttons = [["like", "do.accept"], ["reject", "do.reject"]].map(([verdict, label]) => {
      const button = made("button", { type: "button" }, t(label));
      button.addEventListener("click", () => queue(() => send(null, { on: other.id, verdict, seen: place.seen })));
      return button;
    });
    card.firstChild.append(made("div", { class: "buttons" }, ...buttons));
  }
  return card;
}

// ---- which places are shown, and which is the current one

function sift() {
  const form = $("#filter");
  if (!form) return;
  const harms = new Set(all("[name=harm]:checked", form).map(input => input.value));
  const side = $("[name=side]:checked", form).value;
  const only = $("[name=open]", form).checked;
  const words = $("[name=find]", form).value.trim().toLowerCase();
  for (const card of cards()) {
    const fits = harms.has(card.dataset.harm) && (!side || side === card.dataset.side);
    const found = !words || card.textContent.toLowerCase().includes(words);
    card.hidden = !(fits && found && (!only || isOpen(card) || card === current));
    for (const mark of marksOf(card)) mark.classList.toggle("off", mark.dataset.n.split(" ").every(n => !fitting(n, harms)));
  }
  const left = cards().some(card => !card.hidden);
  if (!left || state.progress.open) { $(".none").hidden = left; $(".none").textContent = t("entry-none"); }
  count();
}

const fitting = (number, harms) => { const card = $(`.card[data-n="${number}"]`); return card && harms.has(card.dataset.harm); };

function count() {
  const list = cards().filter(card => !card.hidden);
  const at = list.indexOf(current);
  $("#count").textContent = t("of", { n: at < 0 ? "–" : at + 1, all: list.length });
}

function order(byLine) {
  const home = $("#entries");
  const list = cards();
  list.forEach((card, index) => { card.dataset.rank ??= index; });
  const key = byLine ? "line" : "rank";
  list.sort((a, b) => a.dataset[key] - b.dataset[key]);
  home.classList.toggle("by-line", byLine);
  const fold = $(".fold", home);
  const more = $("#added");
  for (const card of list) more.before(card);
  const first = list.find(card => card.dataset.harm === "spelling");
  if (fold && first && !byLine) first.before(fold);
  count();
}

function show(card, { focus = true, from = "" } = {}) {
  if (current && current !== card) fold(current);
  current = card;
  card.hidden = false;
  card.classList.add("on");
  $(".row", card).setAttribute("aria-expanded", "true");
  $(".body", card).hidden = false;
  for (const mark of all(".m.on")) mark.classList.remove("on");
  for (const mark of marksOf(card)) mark.classList.add("on");
  if (focus) card.focus({ preventScroll: true });
  if (from !== "text" && !(from === "load" && narrow() && !location.hash)) {
    const mark = document.getElementById(`t${card.dataset.n}`);
    if (mark?.offsetParent) mark.scrollIntoView({ block: "center" });
  }
  if (narrow()) { if (from !== "load") scrollTo({ top: $("#entries").offsetTop - 4 }); }
  else within(card);
  history.replaceState(null, "", `#${card.id}`);
  count();
}

// The list scrolls by itself, beside the text; and at once, because an editor who is quick waits for no animation.
function within(card) {
  const list = $("#entries");
  const head = $(".head", list).offsetHeight;
  const top = card.offsetTop - list.offsetTop - head - 6;
  const bottom = top + head + card.offsetHeight + 12;
  if (top < list.scrollTop || card.offsetHeight > list.clientHeight - head) list.scrollTop = top;
  else if (bottom > list.scrollTop + list.clientHeight) list.scrollTop = bottom - list.clientHeight;
}

function fold(card) {
  card.classList.remove("on");
  $(".row", card).setAttribute("aria-expanded", "false");
  $(".body", card).hidden = true;
  closeForms(card);
}

function step(by, { announce = false } = {}) {
  const list = cards().filter(card => !card.hidden);
  if (!list.length) return;
  const open = list.filter(card => isOpen(card) && card !== current);
  const pool = open.length ? new Set(open) : new Set(list);
  const at = list.indexOf(current);
  for (let i = 1; i <= list.length; i += 1) {
    const card = list[(at + by * i + (at < 0 && by < 0 ? 1 : 0) + list.length * 2) % list.length];
    if (pool.has(card)) { show(card); break; }
  }
  if (announce && !open.length && !isOpen(current)) finish().catch(tell);
}

async function finish() {
  say(t("all-ruled"));
  const none = $(".none");
  none.hidden = false;
  none.textContent = `${t("all-ruled")} `;
  const { rows } = (await ask("/api/places")).body;
  const next = rows.find(row => row.status === "open" && row.key !== KEY);
  if (next) none.append(made("a", { href: `/d/${next.key}` }, t("next-document")));
}

// ---- ruling

let line = Promise.resolve();
let waiting = 0;

// Keys pressed while a ruling is being saved wait for it; when it fails, they are forgotten.
function queue(work) {
  waiting += 1;
  const round = queue.round;
  line = line.then(async () => {
    if (queue.round !== round) return;
    try { await work(); } catch (error) { queue.round += 1; tell(error); }
  }).finally(() => { waiting -= 1; });
  return line;
}
queue.round = 0;

async function send(card, data, address = "rule") {
  if (!(await named())) return false;
  const draft = (card && drafts.get(card.id)) ?? {};
  const checked = card ? $("[data-checked]", card).checked : false;
  const whole = { seen: card ? standing(card).seen : [], checked, ...draft, ...data };
  if (card && !("on" in whole)) whole.place = card.id;
  let { conflict, body } = await ask(`/api/documents/${KEY}/${address}`, whole);
  while (conflict) {
    queue.round += 1; // what was typed ahead was meant for another state of things
    paint(body.state);
    for (const form of card ? all("form.own, form.note", card) : []) form.seen = body.standing.seen;
    if ((await settleConflict(body.standing, whole, card)) !== "save") return false;
    whole.seen = body.standing.seen;
    ({ conflict, body } = await ask(`/api/documents/${KEY}/${address}`, whole));
  }
  if (card) { drafts.delete(card.id); closeForms(card, true); }
  paint(body.state);
  saved();
  return body;
}

function saved() {
  const place = $("#saved");
  place.classList.remove("warn");
  place.textContent = `${t("saved")} ${new Date().toLocaleTimeString(lang(), { timeStyle: "short" })} · ${state.editor}`;
}

function settleConflict(theirs, wanted, card) {
  $("#conflict .theirs").replaceChildren(...theirs.rulings.map(ruling => ruledBox(ruling, "", card)));
  const own = wanted.own ?? (wanted.verdict === "proposed" || wanted.verdict === "accept" ? chosenReading(card, wanted) : "");
  const verdict = wanted.verdict === "proposed" ? "accept" : wanted.verdict;
  $("#conflict .mine").textContent = [t(`verdict.${verdict}`), own && quoted(own), wanted.note].filter(Boolean).join(" · ");
  return openDialog("conflict");
}

const chosenReading = (card, wanted) =>
  card ? $(`[data-verdict=accept][data-reading="${wanted.reading ?? 0}"] q, [data-verdict=accept] q`, card)?.textContent ?? "" : "";

async function rule(card, data) {
  const { lemma } = card.dataset;
  if (!(await send(card, data))) return;
  const last = mine(card);
  const what = last?.reading !== null && last ? `${lemma} → ${last.reading || "∅"}` : `${lemma}: ${last ? t(`verdict.${last.verdict}`) : ""}`;
  step(1, { announce: true });
  say(`${what}. ${state.progress.open} ${t("open-count")}. ${isOpen(current) ? current.dataset.lemma : t("all-ruled")}`);
}

async function takeBack(ids = []) {
  const { body } = await ask(`/api/undo?document=${KEY ?? ""}`, { ids });
  if (!KEY) { location.reload(); return; }
  paint(body.state);
  saved();
  const first = body.undone[0];
  say(`${t("taken-back")}: ${body.undone.length > 1 ? `${body.undone.length} × ` : ""}${first.lemma}`);
  const here = body.places.map(place => place.split("/")).find(([key]) => key === KEY);
  const card = here && document.getElementById(here[1]);
  if (card) show(card);
}

// ---- own readings and notes, typed in the card

function openOwn(card, side = "") {
  closeForms(card);
  const form = $("form.own", card), input = form.elements.own;
  for (const radio of all("[type=radio]", form)) radio.checked = radio.value === (side || card.dataset.side);
  if (!input.dataset.typed) input.value = side && side !== card.dataset.side ? input.dataset.other : input.dataset.first;
  form.seen = standing(card).seen; // what comes while somebody types has not been seen yet
  form.hidden = false;
  form.scrollIntoView({ block: "nearest" });
  input.focus();
  input.select();
}

function openNote(card, stands = false) {
  closeForms(card);
  const form = $("form.note", card), area = form.elements.note;
  form.dataset.verdict = stands ? "stands" : "";
  const before = drafts.get(card.id) ?? mine(card);
  area.value = before?.note || (stands ? area.dataset[lang()] : "");
  for (const box of all("[name=reason]", form)) box.checked = (before?.reasons ?? []).includes(box.value);
  form.seen = standing(card).seen;
  form.hidden = false;
  form.scrollIntoView({ block: "nearest" });
  area.focus();
}

function closeForms(card, done = false) {
  for (const form of all("form.own, form.note", card)) {
    form.hidden = true;
    if (done && form.elements.own) delete form.elements.own.dataset.typed;
  }
}

function submitOwn(card, form) {
  const own = form.elements.own.value;
  const side = $("[type=radio]:checked", form)?.value ?? card.dataset.side;
  const across = side !== card.dataset.side;
  const last = mine(card);
  const both = across && last && last.side === card.dataset.side && ["accept", "emend"].includes(last.verdict);
  const data = across && !both ? { verdict: "other-side", own } : { verdict: "emend", own, side };
  data.seen = form.seen;
  queue(() => rule(card, data));
}

function submitNote(card, form) {
  const note = form.elements.note.value.trim();
  const reasons = all("[name=reason]:checked", form).map(box => box.value);
  if (form.dataset.verdict === "stands") { queue(() => rule(card, { verdict: "stands", note, reasons, seen: form.seen })); return; }
  const last = mine(card);
  if (last) { queue(async () => { await send(card, { on: last.id, note, reasons }, "note"); card.focus(); }); return; }
  drafts.set(card.id, { note, reasons });
  closeForms(card);
  paintCard(card);
  card.focus();
  say(t("note-drafted"));
}

// ---- one decision on many places

async function group(address, title, verdict) {
  const { body } = await ask(address);
  const list = $("#group .places");
  list.replaceChildren();
  const boxes = body.places.map(place => {
    const box = made("input", { type: "checkbox", checked: true, value: `${place.document}/${place.anchor}` });
    const row = made("p", { class: "ctx" }, place.line[0], made("mark", {}, place.line[1] || "‹…›"), place.line[2]);
    const reading = verdict === "accept" && place.reading !== null ? made("b", {}, `→ ${place.reading || "∅"}`) : null;
    const where = `${reading ? " · " : ""}${place.where[lang()]} · ${place.title}`;
    list.append(made("li", {}, made("label", {}, box, row, made("small", {}, reading, where))));
    return box;
  });
  const button = $("#group .chosen");
  const recount = () => {
    const chosen = boxes.filter(box => box.checked).length;
    $("[data-count]", button).textContent = `${t(`do.${verdict}`)}: ${chosen}`;
    button.disabled = !chosen;
  };
  list.onchange = recount;
  recount();
  $("#group-h").textContent = title;
  setTimeout(() => button.focus(), 0);
  if ((await openDialog("group")) !== "save" || !(await named())) return;
  const places = boxes.filter(box => box.checked).map(box => box.value);
  const done = (await ask(`/api/documents/${KEY}/group`, { verdict, places })).body;
  paint(done.state);
  saved();
  const late = done.late.length ? ` ${t("late")} ${done.late.map(place => place.title).join("; ")}` : "";
  say(`${t(`verdict.${verdict}`)}: ${done.made.length}.${late}`);
  if (late) { $("#saved").textContent += ` ${late}`; }
  if (!current || !isOpen(current)) step(1, { announce: true });
}

function groupOf(card, verdict) {
  if ($(".group", card).hidden) return null;
  const title = `${t(verdict === "accept" ? "alike-accept" : "alike-reject")}: ${card.dataset.lemma}`;
  return group(`/api/documents/${KEY}/alike?place=${card.id}`, title, verdict);
}

// ---- a finding from a selection

function selected() {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0);
  const inside = node => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".facing p");
  const home = inside(range.startContainer) ?? inside(range.endContainer);
  if (!home) return null;
  const nodes = [];
  const walker = document.createTreeWalker(home, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (walker.currentNode.parentElement.closest("[data-o]") && range.intersectsNode(walker.currentNode)) nodes.push(walker.currentNode);
  if (!nodes.length) return null;
  const last = nodes.at(-1);
  const from = nodes[0] === range.startContainer ? range.startOffset : 0;
  const to = last === range.endContainer ? range.endOffset : last.data.length;
  let exact = nodes.map(node => node.data.slice(node === nodes[0] ? from : 0, node === last ? to : undefined)).join("");
  const start = offset(nodes[0], from) + [...exact.match(/^\s*/)[0]].length;
  exact = exact.trim();
  if (!exact) return null;
  return { start, stop: start + [...exact].length, exact, side: home.closest("td").classList.contains("translation") ? "translation" : "original" };
}

// Offsets count code points, as the file's do; a string of JavaScript counts otherwise.
function offset(node, at) {
  const piece = node.parentElement.closest("[data-o]");
  const range = document.createRange();
  range.setStart(piece, 0);
  range.setEnd(node, at);
  return Number(piece.dataset.o) + [...range.toString()].length;
}

function wrap(place) {
  for (const piece of all(".facing [data-o]")) {
    const begin = Number(piece.dataset.o);
    let at = begin;
    const walker = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) {
      const points = [...text.data];
      const from = Math.max(0, place.start - at), to = Math.min(points.length, place.stop - at);
      at += points.length;
      if (from >= to) continue;
      const range = document.createRange();
      range.setStart(text, points.slice(0, from).join("").length);
      range.setEnd(text, points.slice(0, to).join("").length);
      range.surroundContents(made("mark", { class: "added", title: t("added") }));
    }
  }
}

async function mark() {
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

// ---- what buttons and keys do

// On a narrow page text and place take turns: the text opens at the place, and closing it leads back.
function showText(open) {
  const mark = open && current && document.getElementById(`t${current.dataset.n}`);
  if (mark) mark.scrollIntoView({ block: "center" });
  else (open ? $("#text") : $("#entries")).scrollIntoView({ block: "start" });
}

const DOINGS = {
  accept: card => rule(card, { verdict: "accept" }),
  correct: card => rule(card, { verdict: "accept" }),
  reject: card => rule(card, { verdict: "reject" }),
  scan: card => rule(card, { verdict: "needs-scan" }),
  stands: card => openNote(card, true),
  own: card => openOwn(card),
  note: card => openNote(card),
  cancel: card => { closeForms(card, true); card.focus(); },
  later: () => step(1),
  other: (card, button) => { const open = $(".rest", card).classList.toggle("open"); button.setAttribute("aria-expanded", open); if (open) $(".rest", card).scrollIntoView({ block: "nearest" }); },
  group: (card, button) => groupOf(card, button.dataset.verdict),
  "other-side": card => {
    const pick = $("[data-pick][data-verdict=other-side]", card);
    if (pick) return rule(card, { verdict: "other-side", reading: Number(pick.dataset.reading) });
    if (card.dataset.side !== "original") return rule(card, { verdict: "accept" });
    return $("form.own input", card).dataset.other ? openOwn(card, "translation") : rule(card, { verdict: "other-side" });
  },
  next: () => step(1),
  previous: () => step(-1),
  undo: (card, button) => takeBack(button?.dataset.ids ? [button.dataset.ids] : []),
  plain: () => group(`/api/documents/${KEY}/alike?of=plain`, t("plain-all"), "accept"),
  unfold: (card, button) => button.setAttribute("aria-expanded", $("#entries").classList.toggle("unfolded")),
  text: (card, button) => { const open = $("#text").classList.toggle("open"); button.setAttribute("aria-expanded", open); showText(open); },
  mark: () => mark(),
  invite: () => invite(),
  print: () => print(),
  recent: (card, button) => openRecent(button.dataset.id),
  more: () => morePlaces(),
};

document.addEventListener("click", event => {
  const button = event.target.closest("button, a.m");
  if (!button) return;
  const card = button.closest(".card[data-n]");
  if (button.dataset.open === "who") { askName(); return; }
  if (button.dataset.open) { openDialog(button.dataset.open); return; }
  if (button.matches("a.m")) { event.preventDefault(); reach(button); return; }
  if (button.matches(".row")) { if (card !== current || !narrow()) show(card); return; }
  if ("pick" in button.dataset) { queue(() => rule(card, { verdict: button.dataset.verdict, reading: Number(button.dataset.reading) })); return; }
  const doing = DOINGS[button.dataset.do];
  if (doing) queue(() => doing(card ?? current, button));
});

function reach(link) {
  const numbers = link.dataset.n.split(" ");
  const at = numbers.indexOf(current?.dataset.n);
  const card = $(`.card[data-n="${numbers[(at + 1) % numbers.length]}"]`);
  if (card) show(card, { from: "text" });
}

document.addEventListener("submit", event => {
  const form = event.target, card = form.closest(".card");
  if (form.id === "filter" || form.id === "sieve") event.preventDefault();
  if (!card) return;
  event.preventDefault();
  if (form.matches(".own")) submitOwn(card, form);
  else submitNote(card, form);
});

document.addEventListener("input", event => { if (event.target.name === "own" && event.target.closest(".card")) event.target.dataset.typed = "1"; });

document.addEventListener("change", event => {
  const card = event.target.closest(".card[data-n]");
  if (card && "checked" in event.target.dataset && mine(card)) {
    const { id, note, reasons } = mine(card);
    queue(() => send(card, { on: id, note, reasons }, "note"));
  }
  if (event.target.closest("#filter")) { if (event.target.name === "order") order(event.target.value === "line"); sift(); }
});

const chosen = card => $(".buttons .chosen", card);
const press = name => card => { const button = $(`.acts [data-do="${name}"]`, card); return button && DOINGS[name](card, button); };
const KEYS = {
  KeyJ: () => step(1), ArrowDown: () => step(1), KeyK: () => step(-1), ArrowUp: () => step(-1),
  KeyA: card => (press("accept")(card) ?? press("correct")(card)), KeyR: press("reject"), KeyS: press("stands"), KeyT: card => DOINGS["other-side"](card),
  KeyE: press("own"), KeyD: press("scan"), KeyN: press("note"),
  KeyO: card => $("[data-scan]", card)?.click(),
  KeyX: press("reject"), Backspace: () => takeBack(),
  KeyU: () => takeBack(), KeyM: () => mark(),
  KeyG: () => { const other = $("#filter [name=order]:not(:checked)"); other.click(); say(other.nextElementSibling.innerText); },
  Slash: () => $("#find").focus(),
};
const STEPS = ["KeyJ", "KeyK", "ArrowDown", "ArrowUp"];
const NEEDLESS = ["KeyU", "Backspace", "KeyM", "KeyG", "Slash", ...STEPS]; // keys that need no current place

function typing(target) {
  return target.matches("textarea, select, input:not([type=checkbox], [type=radio])");
}

document.addEventListener("keydown", event => {
  const { target, code } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const form = target.closest(".card form");
  if (form && code === "Escape") { event.preventDefault(); DOINGS.cancel(form.closest(".card")); return; }
  if (form && target.matches("textarea") && code.endsWith("Enter") && !event.shiftKey) { event.preventDefault(); form.requestSubmit(); return; }
  if (target.id === "find" && code === "Escape") { target.blur(); return; }
  if (typing(target) || $("dialog[open]")) return;
  if (event.key === "?") { event.preventDefault(); openDialog("keys"); return; }
  if (PAGE !== "document") { if (event.key === "/" || code === "Slash") { const find = $("#find"); if (find) { event.preventDefault(); find.focus(); } } return; }
  if (target.matches("[type=radio]") && code.startsWith("Arrow")) return;
  if (event.repeat && !STEPS.includes(code)) return;
  const work = doingOf(event);
  if (!work) return;
  event.preventDefault();
  queue(work);
});

function doingOf({ code, shiftKey, target }) {
  if (code === "Enter" || code === "NumpadEnter") {
    const elsewhere = target.closest("button, a, summary, input, label");
    return elsewhere ? null : () => current && proposedOf(current);
  }
  if (shiftKey && (code === "KeyA" || code === "KeyR")) return () => current && groupOf(current, code === "KeyA" ? "accept" : "reject");
  if (shiftKey && code === "KeyP") return () => ($(".fold") ? DOINGS.plain() : undefined);
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code);
  if (digit && !shiftKey) return () => { if (current) return pick(current, Number(digit[1])); };
  if (shiftKey || !KEYS[code]) return null;
  return () => (current || NEEDLESS.includes(code) ? KEYS[code](current) : undefined);
}

function proposedOf(card) {
  if (mine(card) && !isOpen(card)) return step(1); // Enter never rules a second time
  const button = chosen(card);
  if (button?.dataset.do === "stands") return rule(card, { verdict: "proposed", note: $("form.note textarea", card).dataset[lang()], ...drafts.get(card.id) });
  return rule(card, { verdict: "proposed" });
}

function pick(card, number) {
  const button = all("[data-pick]", card).find(one => $("kbd", one).textContent === String(number));
  if (button) return rule(card, { verdict: button.dataset.verdict, reading: Number(button.dataset.reading) });
  return number === 1 ? KEYS.KeyA(card) : undefined;
}

// ---- lists: sorting, finding, the places of all documents

function sortable(table) {
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

let places = { rows: [], titles: {} };
let most = 200;

async function loadPlaces() {
  places = (await ask("/api/places")).body;
  siftPlaces();
}

function siftPlaces() {
  const form = $("#sieve");
  const wanted = Object.fromEntries(all("select", form).map(select => [select.name === "document" ? "key" : select.name, select.value]));
  const words = form.elements.find.value.trim().toLowerCase();
  const fits = row => Object.entries(wanted).every(([name, value]) => !value || row[name] === value)
    && (!words || `${row.lemma} ${row.reading ?? ""} ${places.titles[row.key]}`.toLowerCase().includes(words));
  const found = places.rows.filter(fits);
  $("#count").textContent = t("of", { n: found.length, all: places.rows.length });
  $(".places tbody").replaceChildren(...found.slice(0, most).map(placeRow));
  $("[data-do=more]").hidden = found.length <= most;
}

function placeRow(row) {
  const link = made("a", { href: `/d/${row.key}#${row.anchor}`, class: "prop" }, made("b", {}, row.lemma), row.reading === null ? "" : ` ] ${row.reading || "∅"}`);
  const now = made("td", {}, `${SIGNS[row.status]} ${t(`status.${row.status}`)}`);
  return made("tr", {}, made("td", {}, made("span", { class: "kind" }, t(`harm.${row.harm}`))), made("td", {}, link, made("small", {}, ` ${row.p[lang()]}`)),
    made("td", {}, places.titles[row.key], made("small", {}, ` · ${t("line")}\u00a0${row.line}`)), now);
}

function morePlaces() { most += 1000; siftPlaces(); }

// ---- the start page

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
  else if (good) list.append(made("li", {}, made("a", { href: "/" }, "→")));
}

async function openRecent(id) {
  await ask(`/api/recent/${id}`, {});
  location.assign("/");
}

function startPage() {
  const drop = $("#drop");
  $("#files").addEventListener("change", event => takeFiles([...event.target.files]));
  for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, event => { event.preventDefault(); drop.classList.add("over"); });
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, event => { event.preventDefault(); drop.classList.remove("over"); });
  drop.addEventListener("drop", event => takeFiles([...event.dataTransfer.files]));
}

// ---- beginning

function repaint() {
  if (PAGE === "document" && state.revision !== undefined) paint(state);
  if (PAGE === "places") siftPlaces();
  times();
}

async function documentPage() {
  order(false);
  if ($(".fold [data-do=unfold]")?.getAttribute("aria-expanded") !== "false") $("#entries").classList.add("unfolded");
  if (!$(".desk .card")) return;
  await refresh(true);
  const wanted = document.getElementById(location.hash.slice(1) || "none");
  const first = wanted?.matches(".card[data-n]") ? wanted : cards().find(isOpen) ?? cards()[0];
  if (first) show(first, { from: "load" });
  $("#find").addEventListener("input", sift);
  document.addEventListener("selectionchange", () => { if (!$("dialog[open]")) $("#marking").hidden = !selected(); });
  addEventListener("hashchange", () => { const card = document.getElementById(location.hash.slice(1)); if (card?.matches(".card[data-n]")) show(card); });
  every(() => refresh());
}

function collectionPage() {
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

function every(work) {
  setInterval(async () => {
    if (document.hidden || waiting) return;
    try { await work(); } catch (error) { if (!(error instanceof Failure)) throw error; }
  }, POLL);
}

// Times are written in universal time; everybody reads them in their own.
const times = () => { for (const time of all("time[datetime]")) time.textContent = clock(time.dateTime); };

if (PAGE === "document") documentPage().catch(tell);
if (PAGE === "ruled" || PAGE === "start") times();
if (PAGE === "collection") collectionPage();
if (PAGE === "start") startPage();
if (PAGE === "places") {
  $("#sieve").addEventListener("input", () => { most = 200; siftPlaces(); });
  loadPlaces().catch(tell);
}
