// A score sheet that is never lost: kept in the browser as it is typed, sent to the server, compared when two
// pages disagree; digits choose a value. Without this file the sheet is a plain form.
"use strict";

(() => {
  const form = document.getElementById("sheet");
  if (!form) return;
  const words = form.dataset;
  const status = document.getElementById("sheet-status");
  const news = document.getElementById("sheet-news");
  const SKIP = new Set(["csrf_token", "seen", "page"]);
  const PAUSE = 700;
  const RETRY = 4000;

  const page = [...crypto.getRandomValues(new Uint8Array(12))].map((one) => one.toString(16).padStart(2, "0")).join("");
  form.elements.page.value = page;

  let timer = 0;
  let sending = false;
  let changes = 0; // what has been typed
  let disputed = false;

  const fields = () => {
    const found = {};
    for (const [name, value] of new FormData(form)) if (!SKIP.has(name)) found[name] = value;
    return found;
  };

  // Fields left empty are absent on one side and "" on the other.
  const same = (one, other) => [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .every((name) => (one[name] || "").trim() === (other[name] || "").trim());

  function put(values) {
    for (const input of form.elements) {
      if (!input.name || SKIP.has(input.name)) continue;
      const value = values[input.name] ?? "";
      if (input.type === "radio") input.checked = input.value === value.replace(",", ".");
      else if (input.type !== "submit") input.value = value;
    }
    form.querySelectorAll("textarea").forEach(count);
  }

  const clock = () => new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", second: "2-digit" });

  function say(text, trouble) {
    status.textContent = text;
    status.dataset.state = trouble ? "trouble" : "calm";
  }

  // The copy on this computer lives from the first keystroke until the server has confirmed the last one.
  const stored = {
    write() {
      try {
        localStorage.setItem(words.key, JSON.stringify({ at: Date.now(), values: fields() }));
      } catch { /* a full or forbidden store: the server still gets the text */ }
    },
    read() {
      try {
        return JSON.parse(localStorage.getItem(words.key));
      } catch {
        return null;
      }
    },
    clear() {
      try {
        localStorage.removeItem(words.key);
      } catch { /* nothing was kept */ }
    },
  };

  function typed() {
    changes += 1;
    stored.write();
    window.clearTimeout(timer);
    timer = window.setTimeout(save, PAUSE);
  }

  function again() {
    window.clearTimeout(timer);
    timer = window.setTimeout(save, RETRY);
  }

  async function save() {
    if (sending || disputed) return;
    window.clearTimeout(timer);
    sending = true;
    const sent = changes;
    const data = new FormData(form);
    data.set("csrf_token", cookie("csrf_access_token") || form.elements.csrf_token.value);
    say(words.saving);
    let answer = null;
    let told = null;
    try {
      answer = await fetch(words.save, { method: "POST", body: data, credentials: "same-origin", redirect: "manual" });
      if (answer.headers.get("content-type")?.includes("json")) told = await answer.json();
    } catch { answer = null; }
    sending = false;
    if (answer && answer.ok && told) return saved(told, sent);
    if (answer && answer.status === 409 && told?.version !== undefined) return dispute(told);
    if (told?.message) return say(told.message, true);
    const signedOut = answer && (answer.type === "opaqueredirect" || [400, 401, 403].includes(answer.status));
    say(signedOut ? words.session : words.offline, true);
    again();
  }

  function saved(told, sent) {
    form.elements.seen.value = told.version;
    show(told);
    if (sent === changes) {
      stored.clear();
      say(words.saved.replace("{time}", clock()));
    } else {
      timer = window.setTimeout(save, PAUSE);
    }
  }

  function show(told) {
    document.getElementById("tally-total").textContent = told.total;
    document.getElementById("tally-percent").textContent = told.percent;
    for (const section of form.querySelectorAll(".criterion")) {
      const code = section.dataset.code;
      const lack = section.querySelector(".lack");
      const wrong = told.scores[code] !== undefined && told.faults[code];
      section.querySelector(".need").hidden = !told.reasons[code];
      if (told.reasons[code] && wrong) section.querySelector(".need").textContent = told.faults[code];
      if (!wrong) {
        lack.hidden = true;
        section.classList.remove("criterion-faulty");
      } else if (!told.reasons[code]) {
        lack.textContent = told.faults[code];
        lack.hidden = false;
      }
    }
  }

  // Two pages have the sheet open: the person chooses, nothing is overwritten unseen.
  function dispute(told) {
    disputed = true;
    say(told.message, true);
    const theirs = { conclusion: told.conclusion, remarks: told.remarks, recommendation: told.recommendation || "" };
    for (const [code, value] of Object.entries(told.scores)) theirs["scores-" + code] = value;
    for (const [code, value] of Object.entries(told.comments)) theirs["comments-" + code] = value;
    const mine = fields();
    if (same(mine, theirs)) {
      disputed = false;
      return saved(told, changes);
    }
    const box = note(told.message);
    const list = document.createElement("dl");
    list.className = "facts";
    for (const name of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
      if ((mine[name] || "") === (theirs[name] || "")) continue;
      const row = document.createElement("div");
      const term = document.createElement("dt");
      term.textContent = form.querySelector(`label[for="f-${CSS.escape(name)}"], #f-${CSS.escape(name)} legend`)?.textContent.trim() || name;
      const value = document.createElement("dd");
      for (const [where, text] of [[words.here, mine[name]], [words.there, theirs[name]]]) {
        const line = document.createElement("p");
        line.textContent = `${where}: ${text || words.empty}`;
        value.append(line);
      }
      row.append(term, value);
      list.append(row);
    }
    box.append(list, choice(words.mine, () => {
      form.elements.seen.value = told.version;
      disputed = false;
      stored.write();
      save();
    }), choice(words.theirs, () => {
      put(theirs);
      disputed = false;
      saved(told, changes);
    }));
  }

  function note(text) {
    const box = document.createElement("div");
    box.className = "note note-warning";
    const line = document.createElement("p");
    line.textContent = text;
    box.append(line);
    news.replaceChildren(box);
    return box;
  }

  function choice(label, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-outline-primary me-2";
    button.textContent = label;
    button.addEventListener("click", () => {
      news.replaceChildren();
      act();
    });
    return button;
  }

  function offerStored() {
    const kept = stored.read();
    if (!kept) return;
    if (same(kept.values, fields())) return stored.clear();
    const at = new Date(kept.at).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
    note(words.found.replace("{time}", at)).append(
      choice(words.restore, () => { put(kept.values); typed(); }),
      choice(words.forget, () => stored.clear()),
    );
  }

  function count(area) {
    const section = area.closest(".criterion");
    if (!section) return;
    const need = section.querySelector(".need");
    let counter = section.querySelector(".counter");
    if (!counter) {
      counter = document.createElement("span");
      counter.className = "form-text counter";
      area.after(counter);
    }
    counter.textContent = area.value
      ? words.counted.replace("{number}", [...area.value.trim()].length).replace("{least}", need.dataset.least)
      : "";
  }

  // Keys. The next criterion is the one after the focused element.
  const criteria = [...form.querySelectorAll(".criterion")];
  const first = (section) => section?.querySelector("input[type=radio]:checked, input[type=radio], input[type=text]");
  const after = (section) => first(criteria[criteria.indexOf(section) + 1]) || form.elements.conclusion;

  form.addEventListener("keydown", (event) => {
    const section = event.target.closest(".criterion");
    if ((event.ctrlKey || event.metaKey) && event.code === "KeyS") {
      event.preventDefault();
      changes += 1;
      return save();
    }
    if (!section) return;
    const inText = event.target.matches("textarea, input[type=text]");
    if (event.key === "Enter" && (!event.target.matches("textarea") || event.ctrlKey)) {
      event.preventDefault();
      return (event.target.matches("textarea") ? after(section) : section.querySelector("textarea")).focus();
    }
    if (inText || event.ctrlKey || event.altKey || event.metaKey) return;
    const wanted = ["+", "="].includes(event.key) ? "10" : /^[0-9]$/.test(event.key) ? event.key : null;
    if (wanted === null) return;
    const radios = [...section.querySelectorAll("input[type=radio]")];
    const whole = radios.every((one) => Number.isInteger(Number(one.value)));
    const chosen = whole ? radios.find((one) => Number(one.value) === Number(wanted)) : radios[Number(wanted) - 1];
    if (!chosen) return;
    event.preventDefault();
    chosen.checked = true;
    chosen.focus();
    chosen.dispatchEvent(new Event("input", { bubbles: true }));
  });

  form.addEventListener("input", (event) => {
    if (event.target.matches("textarea")) count(event.target);
    typed();
  });
  // The form itself carries everything to the server: what is stored here is out of date then.
  form.addEventListener("submit", () => { window.clearTimeout(timer); disputed = true; });
  window.addEventListener("pageshow", (event) => { if (event.persisted) disputed = false; });
  window.addEventListener("online", save);
  document.addEventListener("visibilitychange", () => { if (document.hidden && stored.read()) save(); });

  form.querySelectorAll("textarea").forEach(count);
  form.querySelector(".keys").hidden = false;
  offerStored();
})();
