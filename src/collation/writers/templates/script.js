// Only makes the page handier; everything can be read without it.
(() => {
  const all = (q, root = document) => [...root.querySelectorAll(q)];
  const cards = () => all(".card").filter(c => c.offsetParent !== null);
  const remember = (k, v) => { try { localStorage.setItem("collation-" + k, v); } catch { /* private window */ } };
  const recall = k => { try { return localStorage.getItem("collation-" + k); } catch { return null; } };
  for (const name of ["lang", "theme"]) {
    const kept = document.getElementById(recall(name));
    if (kept && kept.name === name) kept.checked = true;
    all(`input[name=${name}]`).forEach(i => i.addEventListener("change", () => { remember(name, i.id); tongue(); }));
  }
  function tongue() {
    const ru = document.getElementById("lang-ru");
    if (ru) document.documentElement.lang = ru.checked ? "ru" : "en";
  }
  tongue();
  function light(n, from) {
    all(".on").forEach(e => e.classList.remove("on"));
    all(`[data-n~="${n}"]`).forEach(e => e.classList.add("on"));
    const card = all(`.card[data-n="${n}"]`)[0], mark = document.getElementById("t" + n);
    if (card && from !== "card") show(card, "nearest");
    if (mark && from !== "mark") show(mark, "center");
    if (card) try { history.replaceState(null, "", "#" + card.id); } catch { /* shown inside a notebook */ }
  }
  function show(element, block) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    element.scrollIntoView({ block, behavior: calm ? "auto" : "smooth" });
  }
  document.addEventListener("click", event => {
    const link = event.target.closest("a.m, a.no");
    if (!link || event.ctrlKey || event.metaKey) return;
    const holder = link.closest("[data-n]");
    if (!holder) return;
    event.preventDefault();
    const narrow = matchMedia("(max-width: 999px)").matches;
    light(holder.dataset.n.split(" ")[0], link.matches(".m") ? "mark" : link.closest(".card") || !narrow ? (link.closest(".card") ? "card" : "") : "mark");
  });
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input[type=search]")) return;
    const step = { KeyJ: 1, KeyK: -1 }[event.code];
    if (!step) return;
    const list = cards(), now = list.findIndex(c => c.matches(".on"));
    const next = list[Math.min(list.length - 1, Math.max(0, now + step))];
    if (next) { light(next.dataset.n, ""); event.preventDefault(); }
  });
  all(".act").forEach(p => { if (navigator.clipboard) p.hidden = false; });
  all("[data-note]").forEach(b => b.addEventListener("click", async () => {
    await navigator.clipboard.writeText(b.dataset.note);
    const was = b.textContent; b.textContent = "✓"; setTimeout(() => { b.textContent = was; }, 1200);
  }));
  // the index: sort and find
  const table = document.querySelector("table.index");
  if (table) {
    const rows = () => all("tbody tr", table);
    all("thead th[data-sort]", table).forEach((th, column) => {
      th.querySelector("button").addEventListener("click", () => {
        const up = th.getAttribute("aria-sort") !== "ascending";
        all("th", table).forEach(h => h.removeAttribute("aria-sort"));
        th.setAttribute("aria-sort", up ? "ascending" : "descending");
        const value = row => { const c = row.cells[th.cellIndex]; return c.dataset.v ?? c.textContent.trim(); };
        const compare = (a, b) => value(a).localeCompare(value(b), undefined, { numeric: true });
        rows().sort((a, b) => up ? compare(a, b) : compare(b, a)).forEach(r => table.tBodies[0].append(r));
      });
    });
    // what fits the fields above the table is shown, a hundred rows at a time
    const find = document.getElementById("find");
    if (find) {
      const form = find.form, turn = document.querySelector(".turn"), each = 100;
      const [from, to] = ["from", "to"].map(id => document.getElementById(id));
      const filters = all("[data-by]", form);
      let page = 0;
      const fits = row => row.textContent.toLowerCase().includes(find.value.toLowerCase())
        && filters.every(f => !f.value || row.dataset[f.dataset.by].split(" ").includes(f.value))
        && (!from.value || (row.dataset.year && +row.dataset.year >= +from.value))
        && (!to.value || (row.dataset.year && +row.dataset.year <= +to.value));
      const show = () => {
        const fitting = rows().filter(fits), last = Math.max(0, Math.ceil(fitting.length / each) - 1);
        page = Math.min(Math.max(page, 0), last);
        const shown = new Set(fitting.slice(page * each, (page + 1) * each));
        rows().forEach(row => { row.hidden = !shown.has(row); });
        turn.hidden = last === 0 && fitting.length === rows().length;
        turn.querySelector("output").textContent = fitting.length ? `${page * each + 1}–${page * each + shown.size} / ${fitting.length}` : "0";
        all("[data-turn]", turn).forEach(b => { b.hidden = last === 0; b.disabled = +b.dataset.turn < 0 ? page === 0 : page === last; });
      };
      form.hidden = false;
      form.addEventListener("submit", event => event.preventDefault());
      form.addEventListener("input", () => { page = 0; show(); });
      all("[data-turn]", turn).forEach(b => b.addEventListener("click", () => { page += +b.dataset.turn; show(); }));
      all("thead button", table).forEach(b => b.addEventListener("click", show));
      show();
    }
  }
})();
