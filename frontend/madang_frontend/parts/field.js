// Fields say how they are understood while one types, count letters, and can show a password.
import { readDay, readWon, sayDay, sayWon } from "../scripts/field_reading.js";

const ways = {
  won: (text, language) => sayWon(readWon(text), language),
  day: (text, language) => sayDay(readDay(text), language),
};

/** @param {Document} page */
export function start(page) {
  page.addEventListener("input", ({ target }) => {
    if (target.dataset?.read) read(page, target);
    if (target.id) count(page, target);
  });
  page.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-reveal]");
    if (button) reveal(page, button);
  });
  prepare(page);
  page.body.addEventListener("htmx:afterSettle", () => prepare(page));
}

function prepare(page) {
  for (const button of page.querySelectorAll("[data-reveal]")) button.hidden = false;
  for (const line of page.querySelectorAll("[data-letters]")) count(page, page.getElementById(line.dataset.letters));
}

function read(page, input) {
  const shown = page.getElementById(`${input.id}-read`);
  if (shown) shown.textContent = ways[input.dataset.read](input.value, page.documentElement.lang);
}

function count(page, input) {
  const line = input && page.querySelector(`[data-letters="${CSS.escape(input.id)}"]`);
  if (!line) return;
  const number = new Intl.NumberFormat(page.documentElement.lang);
  const most = Number(line.dataset.most);
  // As the server counts: characters, not code units, without outer blanks.
  const used = [...input.value.normalize("NFC").trim()].length;
  const put = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => number.format(values[name]));
  const [counted, over] = line.children;
  counted.textContent = put(line.dataset.shown, { used, most });
  // Short fields say so only once it matters.
  line.hidden = input.tagName === "INPUT" && used * 2 < most;
  over.textContent = used > most ? put(line.dataset.over, { over: used - most }) : "";
}

function reveal(page, button) {
  const input = page.getElementById(button.dataset.reveal);
  const shown = input.type === "password";
  input.type = shown ? "text" : "password";
  button.setAttribute("aria-pressed", String(shown));
  input.focus();
}
