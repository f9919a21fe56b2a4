// The little that pages need beyond HTML: token refresh, confirmations, copying, labels of cards, failed parts.
"use strict";

const REFRESH_EVERY = 10 * 60 * 1000;

function cookie(name) {
  const pair = document.cookie.split("; ").find((one) => one.startsWith(name + "="));
  return pair ? decodeURIComponent(pair.slice(name.length + 1)) : "";
}

// A signed-in page renews its token before the token expires, also after the computer slept.
// A new token comes with a new CSRF value, so the forms on the page take it over.
function keepSignedIn(address) {
  let last = Date.now();
  const refresh = async () => {
    last = Date.now();
    const answer = await fetch(address, {
      method: "POST",
      credentials: "same-origin",
      headers: { "X-CSRF-TOKEN": cookie("csrf_refresh_token") },
    }).catch(() => null);
    if (answer && answer.ok) {
      for (const input of document.querySelectorAll('input[name="csrf_token"]')) {
        input.value = cookie("csrf_access_token");
      }
    }
  };
  window.setInterval(refresh, REFRESH_EVERY);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && Date.now() - last > REFRESH_EVERY) refresh();
  });
}

// A form or a button with data-confirm asks first.
function ask(question) {
  return new Promise((resolve) => {
    const dialog = document.createElement("dialog");
    const text = document.createElement("p");
    text.textContent = question;
    text.id = "question";
    const form = document.createElement("form");
    form.method = "dialog";
    for (const [value, kind] of [["yes", "primary"], ["no", "outline-secondary"]]) {
      const button = document.createElement("button");
      button.value = value;
      button.className = "btn btn-" + kind;
      button.textContent = document.body.dataset[value];
      form.append(button);
    }
    dialog.setAttribute("aria-labelledby", text.id);
    dialog.append(text, form);
    document.body.append(dialog);
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    dialog.showModal();
  });
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const question = event.submitter?.dataset.confirm || form.dataset.confirm;
  if (!question || form.dataset.confirmed) return;
  event.preventDefault();
  if (await ask(question)) {
    form.dataset.confirmed = "yes";
    form.requestSubmit(event.submitter);
  }
}, true);

// Without https a browser has no clipboard for pages; there the text is selected for the keyboard.
async function copy(button) {
  if (navigator.clipboard) return navigator.clipboard.writeText(button.dataset.copy);
  window.getSelection().selectAllChildren(button.previousElementSibling);
  return document.execCommand("copy");
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await copy(button);
  const label = button.textContent;
  button.setAttribute("aria-live", "polite");
  button.textContent = button.dataset.copied || label;
  window.setTimeout(() => { button.textContent = label; }, 2000);
});

// On narrow screens a table row is a card: each cell shows the header of its column.
// The header of a column of numbers stands above them, to the right.
function labelCells(root) {
  for (const table of root.querySelectorAll("table.cards-on-narrow")) {
    const columns = [...table.querySelectorAll("thead th")];
    const headers = columns.map((th) => th.textContent.trim());
    [...(table.querySelector("tbody tr")?.children ?? [])].forEach((cell, index) => {
      if (cell.classList.contains("num")) columns[index]?.classList.add("num");
    });
    for (const row of table.querySelectorAll("tbody tr")) {
      [...row.children].forEach((cell, index) => {
        if (!cell.dataset.label && headers[index]) cell.dataset.label = headers[index];
      });
    }
  }
}

// A part of the page that did not come says so in its own place.
function markFailed(event) {
  const part = event.target.closest("[data-failed]");
  if (!part) return;
  const note = document.createElement("p");
  note.className = "note note-warning";
  note.setAttribute("role", "status");
  note.textContent = part.dataset.failed;
  part.replaceChildren(note);
  part.removeAttribute("aria-busy");
}

for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, markFailed);
}
document.addEventListener("htmx:afterSwap", (event) => {
  event.target.removeAttribute("aria-busy");
  labelCells(event.target);
});

// The section whose address begins the address of this page, the longest one, is where we are.
function markSection() {
  const here = [...document.querySelectorAll(".sections a")]
    .filter((link) => (window.location.pathname + "/").startsWith(link.pathname.replace(/\/?$/, "/")))
    .sort((one, other) => other.pathname.length - one.pathname.length)[0];
  if (here && !document.querySelector(".sections [aria-current]")) here.setAttribute("aria-current", "page");
}

document.addEventListener("DOMContentLoaded", () => {
  markSection();
  if (document.body.dataset.refresh) keepSignedIn(document.body.dataset.refresh);
  labelCells(document);
  // Faults are named by the server: in the language of the page and next to the inputs.
  for (const form of document.querySelectorAll('form[method="post"]')) form.noValidate = true;
  document.getElementById("form-summary")?.focus();
});
