// The review queue by keyboard. Everything here is on the page as a link or a form too; without this file it works all
// the same, a page at a time.
(() => {
  "use strict";
  const bench = document.getElementById("bench");
  if (!bench) return;
  const rows = document.getElementById("rows");
  const item = document.getElementById("item");
  const told = document.getElementById("told");
  const live = document.getElementById("live");
  const help = document.getElementById("help");
  const zh = document.documentElement.lang.startsWith("zh");
  const say = (chinese, english) => (zh ? chinese : english);
  const here = bench.dataset.here;
  const isWide = () => matchMedia("(min-width: 56.01rem)").matches;

  // What each key does, by a name that stays when the key is another.
  const meanings = {
    next: ["j", "下一件", "next"], previous: ["k", "上一件", "previous"], open: ["Enter", "看右边这件", "go to the item"],
    proposed: ["f", "派给建议承办", "dispatch as proposed"], dispatch: ["a", "派单（写要求）", "dispatch with instructions"],
    reject: ["r", "不予受理", "reject"], merge: ["m", "并案", "merge"], correct: ["e", "更正判定", "correct"],
    ask: ["w", "请来件人补充", "ask the writer"], snooze: ["s", "搁置", "put aside"], thank: ["t", "致谢办结", "thank and close"],
    reply: ["p", "直接答复", "reply"], close: ["d", "办结", "close"], divert: ["v", "转敏感通道", "divert to the sensitive track"],
    split: ["y", "拆分", "split"],
    note: ["n", "批注", "note"], claim: ["c", "认领", "claim"], undo: ["u", "撤销", "undo"], select: ["x", "选中", "select"],
    bulk: ["b", "选中的一起", "the selected together"], filter: ["/", "筛选", "filter"], original: ["o", "原件", "original"],
    help: ["?", "键盘说明", "this help"], leave: ["Escape", "关闭表单", "close the form"],
  };
  const byAct = {
    dispatch: "dispatch", reject: "reject", merge: "merge", correct: "correct", "ask-writer": "ask", snooze: "snooze",
    thank: "thank", reply: "reply", close: "close", divert: "divert", note: "note", split: "split",
  };
  const stored = (() => {
    try { return JSON.parse(localStorage.getItem("keys") || "{}"); } catch { return {}; }
  })();
  const keyOf = (name) => stored[name] || meanings[name][0];
  let isOn = stored.off !== true;
  const keep = () => { try { localStorage.setItem("keys", JSON.stringify(stored)); } catch { /* private window */ } };

  // MARK: The list

  const entries = () => [...rows.querySelectorAll(".entry")];
  const chosen = () => rows.querySelector(".entry[data-chosen]");
  const isOpen = (entry) => entry && !entry.classList.contains("gone");

  function choose(entry) {
    if (!entry) return;
    early = [];
    for (const other of entries()) {
      other.removeAttribute("data-chosen");
      other.querySelector("a").removeAttribute("aria-current");
    }
    entry.dataset.chosen = "1";
    entry.querySelector("a").setAttribute("aria-current", "true");
    entry.scrollIntoView({ block: "nearest" });
    load(entry.dataset.id);
    history.replaceState(null, "", entry.querySelector("a").getAttribute("href"));
  }

  function step(direction) {
    const all = entries();
    let place = all.indexOf(chosen());
    do place += direction; while (place >= 0 && place < all.length && !isOpen(all[place]));
    if (place >= 0 && place < all.length) choose(all[place]);
    else if (direction > 0 && !all.some(isOpen)) location.assign(here);
  }

  let asked = 0;
  async function load(id) {
    const mine = ++asked;
    const query = here.includes("?") ? here.slice(here.indexOf("?")) : "";
    const reply = await fetch(`/cases/${id}/pane${query}`, { credentials: "same-origin" }).catch(() => null);
    if (mine !== asked) return;
    if (!reply || !reply.ok) return location.assign(`/cases/${id}`);
    item.innerHTML = await reply.text();
    item.scrollTop = 0;
    selected = "";
    // What had the focus is gone with the old item; the next Tab goes into the new one.
    if (document.activeElement === document.body) item.focus({ preventScroll: true });
    fill();
    tell(item.querySelector("h2")?.textContent || "");
    const keys = early;
    early = [];
    for (const key of keys) press(key);
  }

  // Keys pressed before the chosen item has come are for that item, not for the one still shown.
  let early = [];
  // While a decision is on its way or a form is coming, keys would be for neither the old nor the new.
  let underWay = 0;
  const isComing = () => {
    const shown = item.querySelector(".decide")?.dataset.id;
    return shown !== undefined && chosen() !== null && chosen().dataset.id !== shown;
  };

  // Parts that take longer than the page comes after it.
  async function fill() {
    for (const place of item.querySelectorAll("[data-fill]")) {
      const reply = await fetch(place.dataset.fill, { credentials: "same-origin" }).catch(() => null);
      if (!reply || !reply.ok || !place.isConnected) continue;
      const heading = place.querySelector("h3");
      place.innerHTML = await reply.text();
      place.prepend(heading);
    }
  }

  function tell(text) { live.textContent = text; }

  // MARK: Decisions

  async function send(form, submitter) {
    const data = new URLSearchParams(new FormData(form, submitter));
    const id = item.querySelector(".decide")?.dataset.id;
    underWay += 1;
    for (const button of form.querySelectorAll("button")) button.disabled = true;
    const reply = await fetch(form.action, {
      method: "POST", body: data, credentials: "same-origin", headers: { Accept: "application/json" },
    }).catch(() => null);
    for (const button of form.querySelectorAll("button")) button.disabled = false;
    underWay -= 1;
    if (!reply) return complain(form, say("没有连上，没有写入。再试一次。", "No connection; nothing was written. Try again."), []);
    if (reply.status === 401) return location.assign(`/sign-in?next=${encodeURIComponent(here)}`);
    const said = await reply.json().catch(() => ({}));
    if (!reply.ok) return complain(form, said.title || reply.statusText, said.doubts || []);
    done(id, said, form.dataset.act === "undo" || form.id === "undo");
  }

  function complain(form, sentence, doubts) {
    form.querySelector(".complaint")?.remove();
    const box = document.createElement("div");
    box.className = "fault complaint";
    box.setAttribute("role", "alert");
    const line = document.createElement("p");
    line.textContent = sentence;
    box.append(line);
    for (const doubt of doubts) {
      const one = document.createElement("p");
      one.textContent = doubt;
      box.append(one);
    }
    if (doubts.length) {
      const label = document.createElement("label");
      const check = document.createElement("input");
      check.type = "checkbox";
      check.name = "confirm";
      check.value = "1";
      label.append(check, say(" 我确认，仍要这样发出", " I confirm, send it all the same"));
      box.append(label);
    }
    form.prepend(box);
  }

  const stays = new Set(["claim", "release", "note", "correct", "undo", "shortlist", "score", "split"]);

  function done(id, said, wasUndone) {
    const entry = rows.querySelector(`.entry[data-id="${CSS.escape(String(said.id))}"]`);
    if (entry) {
      entry.dataset.version = said.version;
      entry.classList.toggle("gone", said.state !== "pending" || said.act === "snooze");
    }
    told.innerHTML = "";
    const box = document.createElement("div");
    box.className = "done";
    const line = document.createElement("p");
    line.textContent = `${said.word} · ${said.id}${said.parts ? ` → ${said.parts.join(", ")}` : ""}`;
    box.append(line);
    if (said.undoable && !wasUndone) {
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.undo = said.id;
      button.append(say("撤销 ", "Undo "), key("u"));
      box.append(button);
    }
    told.append(box);
    tell(`${said.word} ${said.id}`);
    document.querySelector(".line .done form")?.closest(".done")?.remove();
    if (wasUndone && entry) choose(entry);
    else if (stays.has(said.act)) load(id);
    else step(1);
  }

  function key(name) {
    const mark = document.createElement("kbd");
    mark.textContent = name;
    return mark;
  }

  async function undo() {
    const button = told.querySelector("[data-undo]");
    const form = document.querySelector("#undo") || item.querySelector("form[data-act=undo]");
    if (!button) return form ? send(form) : tell(say("没有可撤销的。", "Nothing to undo."));
    const made = document.createElement("form");
    made.method = "post";
    made.action = `/cases/${button.dataset.undo}/acts/undo`;
    made.dataset.act = "undo";
    await send(made);
  }

  // What was last selected in the words of the item that is shown.
  let selected = "";
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const words = selection.anchorNode?.parentElement?.closest(".said-by .said");
    if (words && item.contains(words) && !selection.isCollapsed) selected = selection.toString().trim();
  });

  async function form(address, act) {
    const place = item.querySelector("#form-place");
    const url = new URL(address, location.href);
    url.searchParams.set("part", "1");
    underWay += 1;
    const reply = await fetch(url, { credentials: "same-origin" }).catch(() => null);
    const text = reply && reply.ok ? await reply.text() : null;
    underWay -= 1;
    if (text === null || !place) return location.assign(address);
    place.innerHTML = text;
    // Pressing the button has taken the selection away by now.
    if (act === "split") place.querySelector("textarea").value = selected;
    place.querySelector("select, textarea, input:not([type=hidden])")?.focus();
  }

  item.addEventListener("submit", (event) => {
    const sent = event.target;
    if (!sent.matches("form.quick, form.act")) return;
    event.preventDefault();
    send(sent, event.submitter);
  });
  item.addEventListener("click", (event) => {
    const link = event.target.closest(".decide a[data-act], .act a.quiet, a[href*='/acts/merge']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.matches(".act a.quiet")) return leave();
    form(link.getAttribute("href"), link.dataset.act);
  });
  told.addEventListener("click", (event) => { if (event.target.closest("[data-undo]")) undo(); });
  rows.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !isWide()) return;
    event.preventDefault();
    choose(link.closest(".entry"));
  });

  function leave() {
    const place = item.querySelector("#form-place");
    if (place) place.innerHTML = "";
    item.focus();
  }

  // MARK: Keys

  const does = {
    next: () => step(1), previous: () => step(-1), open: () => item.focus(),
    proposed: () => item.querySelector("[data-proposed]")?.click(),
    claim: () => item.querySelector("form[data-act=claim] button")?.click(),
    undo, leave, filter: async () => {
      const place = document.getElementById("filters-place");
      if (place.firstChild) { place.innerHTML = ""; return; }
      const url = new URL(document.getElementById("filters-link").href);
      url.searchParams.set("part", "1");
      const reply = await fetch(url, { credentials: "same-origin" }).catch(() => null);
      if (!reply || !reply.ok) return;
      place.innerHTML = await reply.text();
      place.querySelector("input").focus();
    },
    select: () => { const box = chosen()?.querySelector("input"); if (box) box.checked = !box.checked; },
    bulk: () => document.getElementById("bulk-act").focus(),
    original: () => {
      const box = item.querySelector("form[action$='/original']");
      if (!box) return;
      box.closest("details").open = true;
      box.querySelector("input").focus();
    },
    help: () => help.showModal(),
  };
  for (const [act, name] of Object.entries(byAct)) {
    does[name] = () => item.querySelector(`.decide a[data-act="${act}"]`)?.click();
  }

  const moves = new Set(["next", "previous"]);
  const ofItem = new Set([...Object.values(byAct), ...moves, "proposed", "claim", "undo", "original", "open"]);

  document.addEventListener("keydown", (event) => {
    // While an input method composes, its keys are its own (keyCode 229 is how some browsers say so).
    if (event.isComposing || event.keyCode === 229) return;
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    const field = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (event.key === "Escape") { if (field) field.blur(); return leave(); }
    if (field || !isOn) return;
    // A key held down walks through the list, and decides nothing twice.
    if (event.repeat && event.key !== keyOf("next") && event.key !== keyOf("previous")) return event.preventDefault();
    // Enter and space belong to what has the focus.
    if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
    if (press(event.key)) event.preventDefault();
  });

  // Whether the key means something.
  function press(key) {
    const isDigit = /^[1-9]$/.test(key);
    const name = Object.keys(meanings).find((one) => keyOf(one) === key);
    if (!isDigit && !does[name]) return false;
    if (isDigit || ofItem.has(name)) {
      if (underWay) return true;
      const waits = early.length > 0 || (isComing() && !moves.has(name));
      if (waits) { early.push(key); return true; }
    }
    if (isDigit) {
      const button = item.querySelector(`.quick button[data-key="${key}"]`);
      button?.click();
      return button !== null;
    }
    does[name]();
    return true;
  }

  document.getElementById("filters-link").addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    does.filter();
  });

  // MARK: Help, and other keys

  // A button too: with the keys off there would be no way to switch them on.
  const opener = document.createElement("button");
  opener.type = "button";
  opener.id = "help-open";
  opener.append(key("?"), say("键盘", "Keyboard"));
  opener.addEventListener("click", () => help.showModal());
  document.getElementById("filters-link").after(opener);
  help.addEventListener("close", () => {
    const at = document.activeElement;
    if (at === document.body || help.contains(at)) item.focus({ preventScroll: true });
  });

  const table = document.createElement("table");
  for (const [name, [standard, chinese, english]] of Object.entries(meanings)) {
    const row = table.insertRow();
    row.insertCell().append(say(chinese, english));
    const cell = row.insertCell();
    if (standard.length > 1) { cell.append(key(standard)); continue; }
    const input = document.createElement("input");
    input.maxLength = 1;
    input.size = 2;
    input.value = keyOf(name);
    input.setAttribute("aria-label", say(`${chinese}的键`, `key for ${english}`));
    input.addEventListener("change", () => {
      const taken = Object.keys(meanings).some((other) => other !== name && keyOf(other) === input.value);
      if (!input.value || taken || /\d/.test(input.value)) { input.value = keyOf(name); return; }
      stored[name] = input.value;
      keep();
    });
    cell.append(input);
  }
  const digits = table.insertRow();
  digits.insertCell().append(say("派给第几个", "dispatch to that one"));
  digits.insertCell().append(key("1"), "…", key("9"));
  document.getElementById("help-keys").append(table);
  const toggle = document.getElementById("keys-on");
  toggle.checked = isOn;
  toggle.addEventListener("change", () => {
    isOn = toggle.checked;
    stored.off = !isOn;
    keep();
  });

  // MARK: What others do meanwhile

  async function news() {
    if (document.hidden) return;
    const ids = entries().filter(isOpen).map((entry) => entry.dataset.id);
    if (!ids.length) return;
    const reply = await fetch(`/queue/news?ids=${ids.join(",")}`, { credentials: "same-origin" }).catch(() => null);
    if (!reply || !reply.ok) return;
    const { cases } = await reply.json();
    for (const one of cases) {
      const entry = rows.querySelector(`.entry[data-id="${one.id}"]`);
      if (!entry || !isOpen(entry)) continue;
      entry.querySelector(".holder").textContent = one.holder ? say(` · 认领：${one.holder}`, ` · held by ${one.holder}`) : "";
      if (Number(entry.dataset.version) === one.version) continue;
      entry.dataset.version = one.version;
      if (one.state === "pending") continue;
      entry.classList.add("gone");
      entry.querySelector(".holder").textContent = ` · ${one.by || ""} ${one.word}`;
      if (entry === chosen()) tell(say(`${one.by} 已处理：${one.word}`, `${one.by} took this: ${one.word}`));
    }
  }
  setInterval(news, 5000);
  fill();
  if (isWide() && !document.activeElement?.matches("input, textarea")) item.focus({ preventScroll: true });
})();
