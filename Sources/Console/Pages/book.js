// Typing up an opinion book: what is typed is kept in this browser until it is saved, marks by button, the page's
// photograph beside the lines. The photograph never leaves the browser. Without this file the form works all the same.
(() => {
  "use strict";
  const zh = document.documentElement.lang.startsWith("zh");
  const say = (chinese, english) => (zh ? chinese : english);
  const prefix = "book-draft:";
  const read = (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
  const forget = (key) => { try { localStorage.removeItem(key); } catch { /* private window */ } };

  const form = document.getElementById("book-form");
  if (!form) {
    // Saved: what was sent need not stay on a machine that others use too.
    if (new URLSearchParams(location.search).get("notice") === "saved") {
      try {
        for (const key of Object.keys(localStorage)) {
          if (key.startsWith(prefix) && read(key)?.sent) forget(key);
        }
      } catch { /* private window */ }
    }
    return;
  }

  const told = document.getElementById("told");
  const entries = document.getElementById("entries");
  const value = (name) => form.elements[name]?.value.trim() ?? "";
  const place = () => prefix + (form.dataset.draft || [value("station"), value("book"), value("page"), 1].join("/"));

  // MARK: Draft

  const fields = () => [...form.elements].filter((field) => field.name && field.type !== "submit" && field.tagName !== "BUTTON");
  const content = () => Object.fromEntries(fields().filter((field) => field.value !== "").map((field) => [field.name, field.value]));
  const isKeying = (name) => /^(line|date|writer|text)-\d+$/.test(name);
  const keyed = (all) => JSON.stringify(Object.entries(all).filter(([name]) => isKeying(name)).sort());

  let timer = 0;
  function keep(sent) {
    clearTimeout(timer);
    try { localStorage.setItem(place(), JSON.stringify({ at: Date.now(), sent, fields: content() })); } catch { /* full or private */ }
  }
  form.addEventListener("input", () => {
    tally();
    clearTimeout(timer);
    timer = setTimeout(() => keep(false), 500);
  });
  form.addEventListener("submit", () => keep(true));
  addEventListener("pagehide", () => { if (timer) { const draft = read(place()); if (!draft?.sent) keep(false); } });

  function offer() {
    const key = place();
    const draft = read(key);
    if (!draft || draft.sent || keyed(draft.fields) === keyed(content()) || keyed(draft.fields) === "[]") return;
    const box = document.createElement("div");
    box.className = "warning";
    const text = document.createElement("p");
    text.textContent = say("这台电脑上有没保存的录入（", "There is unsaved typing on this machine (") + new Date(draft.at).toLocaleString() + say("）。", ").");
    const row = document.createElement("div");
    row.className = "row";
    const restore = document.createElement("button");
    restore.type = "button";
    restore.textContent = say("恢复", "Restore it");
    restore.addEventListener("click", () => {
      for (const name of Object.keys(draft.fields)) {
        const index = Number(/^text-(\d+)$/.exec(name)?.[1] ?? -1);
        while (index >= entries.children.length) addEntry();
      }
      for (const [name, text] of Object.entries(draft.fields)) {
        const field = form.elements[name];
        if (field && !(field instanceof RadioNodeList)) field.value = text;
      }
      box.remove();
      tally();
    });
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "danger";
    drop.textContent = say("删去", "Delete it");
    drop.addEventListener("click", () => { forget(key); box.remove(); });
    row.append(restore, drop);
    box.append(text, row);
    told.replaceChildren(box);
  }

  // MARK: Entries

  function addEntry() {
    const index = entries.children.length;
    const entry = entries.lastElementChild.cloneNode(true);
    entry.querySelectorAll(".fault").forEach((fault) => fault.remove());
    entry.querySelectorAll(".wrong").forEach((field) => field.classList.remove("wrong"));
    entry.querySelector("legend").textContent = say("条目 ", "Entry ") + (index + 1);
    for (const field of entry.querySelectorAll("input, textarea")) {
      const name = field.name.replace(/\d+$/, index);
      const label = entry.querySelector(`label[for="${field.id}"]`);
      if (label) label.htmlFor = name;
      field.name = name;
      field.id = name;
      field.value = "";
      field.removeAttribute("value");
      field.removeAttribute("aria-describedby");
      if (field.tagName === "TEXTAREA") field.textContent = "";
    }
    entries.append(entry);
    return entry;
  }
  document.getElementById("more").addEventListener("click", (event) => {
    event.preventDefault();
    const first = addEntry();
    for (let count = 1; count < 4; count += 1) addEntry();
    first.querySelector("input").focus();
  });

  const line = document.getElementById("tally");
  function tally() {
    const typed = [...entries.children].filter((entry) => [...entry.querySelectorAll("input, textarea")]
      .some((field) => !field.name.startsWith("line-") && field.value.trim() !== "")).length;
    const counted = value("counted");
    const said = counted === ""
      ? say(`已录 ${typed} 条`, `${typed} typed`)
      : say(`本页 ${counted} 条，已录 ${typed} 条`, `${counted} entries on the page, ${typed} typed`);
    if (line && form.elements.counted && line.textContent !== said) line.textContent = said;
  }

  // MARK: Marks

  const marks = document.getElementById("marks");
  marks.hidden = false;
  let last = null;
  form.addEventListener("focusin", (event) => { if (event.target.tagName === "TEXTAREA") last = event.target; });
  // The text keeps its selection: a button that takes the focus would lose it on some phones.
  marks.addEventListener("mousedown", (event) => { if (event.target.closest("button")) event.preventDefault(); });
  marks.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const field = last ?? entries.querySelector("textarea");
    if (!button || !field) return;
    const [before, behind] = button.dataset.mark.split("|");
    const { selectionStart: start, selectionEnd: end } = field;
    const chosen = field.value.slice(start, end);
    field.focus();
    field.setRangeText(behind === undefined ? before : before + chosen + behind, start, end, "end");
    if (behind !== undefined && chosen === "") field.setSelectionRange(start + before.length, start + before.length);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // MARK: Photograph

  const scan = document.getElementById("scan");
  const frame = document.getElementById("scan-frame");
  const photo = document.getElementById("photo");
  let image = null;
  let width = 100;
  let turned = 0;
  scan.hidden = false;
  const draw = () => {
    if (!image) return;
    image.style.width = `${width}%`;
    image.style.transform = `rotate(${turned}deg)`;
  };
  photo.addEventListener("change", () => {
    const file = photo.files[0];
    if (!file) return;
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      image = document.createElement("img");
      image.alt = say("正在录的这一页", "the page that is typed");
      image.src = reader.result;
      [width, turned] = [100, 0];
      draw();
      frame.replaceChildren(image);
      document.getElementById("keying").classList.add("with-scan");
    });
    reader.readAsDataURL(file);
  });
  document.getElementById("larger").addEventListener("click", () => { width = Math.min(400, width + 25); draw(); });
  document.getElementById("smaller").addEventListener("click", () => { width = Math.max(50, width - 25); draw(); });
  document.getElementById("turn").addEventListener("click", () => { turned = (turned + 90) % 360; draw(); });

  offer();
  tally();
})();
