// search.js - searches the pages, without a server
(() => {
  const root = document.currentScript.dataset.root;
  const box = document.querySelector(".search");
  const field = box.querySelector("input");
  const list = box.querySelector("ol");
  const MOST = 12;
  box.hidden = false;

  // The index is large, so it is loaded when somebody begins to search.
  let loading;
  const load = () => loading ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = root + "search/index.js";
    script.onload = () => done(window.searchIndex.docs);
    script.onerror = failed;
    document.head.append(script);
  });

  const words = (text) => text.toLowerCase().split(/[^\p{L}\p{N}_]+/u).filter(Boolean);

  // How well an entry answers: words of the title count most, whole words more than beginnings.
  function score(entry, wanted) {
    entry.titleWords ??= words(entry.title);
    entry.textWords ??= new Set(words(entry.text));
    let sum = 0;
    for (const word of wanted) {
      let best = 0;
      for (const own of entry.titleWords)
        if (own.startsWith(word)) best = Math.max(best, own === word ? 12 : 6);
      if (entry.textWords.has(word)) best += 2;
      else if (!best)
        for (const own of entry.textWords)
          if (own.startsWith(word)) { best = 1; break; }
      if (!best) return 0;
      sum += best;
    }
    return sum / Math.sqrt(1 + entry.titleWords.length / 4);
  }

  function excerpt(text, wanted) {
    const found = text.toLowerCase().indexOf(wanted[0]);
    const start = Math.max(0, text.lastIndexOf(" ", Math.max(0, found - 40)));
    return (start ? "…" : "") + text.slice(start, start + 140).trim() + (start + 140 < text.length ? "…" : "");
  }

  function show(found, wanted) {
    list.replaceChildren(...found.map((entry) => {
      const link = document.createElement("a");
      const title = document.createElement("b");
      const text = document.createElement("span");
      link.href = root + entry.location;
      title.textContent = entry.page && entry.page !== entry.title ? `${entry.page} › ${entry.title}` : entry.title;
      text.textContent = excerpt(entry.text.replace(entry.title, "").trim(), wanted);
      link.append(title, text);
      const item = document.createElement("li");
      item.append(link);
      return item;
    }));
    if (!found.length) {
      const item = document.createElement("li");
      item.textContent = "—";
      list.append(item);
    }
    list.hidden = false;
  }

  async function search() {
    const entries = await load();
    const wanted = words(field.value);
    list.hidden = true;
    if (!wanted.length) return;
    let page = "";
    const scored = [];
    for (const entry of entries) {
      // The first entry of a page holds all of its text; its parts follow.
      if (!entry.location.includes("#")) page = entry.title;
      entry.page = page;
      const points = score(entry, wanted) * (entry.location.includes("#") ? 1 : 1.2);
      if (points) scored.push({ entry, points });
    }
    scored.sort((left, right) => right.points - left.points);
    const pages = new Map();
    const found = scored.filter(({ entry }) => {
      const name = entry.location.split("#")[0];
      pages.set(name, (pages.get(name) ?? 0) + 1);
      return pages.get(name) <= 2;
    });
    show(found.slice(0, MOST).map(({ entry }) => entry), wanted);
  }

  field.addEventListener("focus", load);
  field.addEventListener("input", search);
  box.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape") { list.hidden = true; field.blur(); }
    else if (event.key === "ArrowDown") (links[at + 1] ?? links[0])?.focus();
    else if (event.key === "ArrowUp") (at > 0 ? links[at - 1] : field).focus();
    else if (event.key === "Enter" && document.activeElement === field) links[0]?.click();
    else return;
    if (event.key.startsWith("Arrow")) event.preventDefault();
  });
  document.addEventListener("click", (event) => { if (!box.contains(event.target)) list.hidden = true; });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    field.focus();
  });
})();
