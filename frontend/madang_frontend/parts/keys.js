// Single keys: to the search, to sections, along a list. Never while somebody types, never with modifiers, and they can be
// switched off. Which keys there are stands in keys.html.
import { openSearch, openable } from "./search.js";

const OFF = "madang keys off";
const PAUSE_MS = 1200;
const TYPES = "input:not([type=checkbox], [type=radio], [type=range], [type=button], [type=submit]), textarea, select, [contenteditable=''], [contenteditable=true], [role=option], [role=slider]";
const ROWS = "#main .ledger > li, #main .rows > li, #main tbody tr";

/** @param {Document} page */
export function start(page) {
  const rows = page.querySelector("#keys-page")?.content.querySelectorAll("[data-keys]") ?? [];
  const known = new Map([...rows].map((row) => [row.dataset.keys, row.dataset.href ?? ""]));
  let first = "";
  let timer = 0;
  page.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat && first) return;
    if (event.target.closest?.(TYPES) || page.querySelector("dialog[open]")) return;
    const key = keyOf(event);
    if (isOff() && key !== "?") return;
    const keys = first ? `${first} ${key}` : key;
    clearTimeout(timer);
    first = "";
    if (!known.has(keys)) {
      if ([...known.keys()].some((one) => one.startsWith(`${keys} `))) {
        first = keys;
        timer = setTimeout(() => (first = ""), PAUSE_MS);
      }
      return;
    }
    if (press(page, keys, known.get(keys))) event.preventDefault();
  });
  page.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-opens-keys]");
    if (opener && !event.ctrlKey && !event.metaKey && !event.shiftKey && showKeys(page)) event.preventDefault();
  });
}

/** The letter on the key where a Korean input method would give a letter of its own. */
function keyOf(event) {
  const letter = /^Key([A-Z])$/.exec(event.code);
  return letter && !/^[ -~]$/.test(event.key) ? letter[1].toLowerCase() : event.key;
}

function press(page, keys, href) {
  if (href) {
    location.assign(href);
    return true;
  }
  if (keys === "/") return openSearch(page);
  if (keys === "?") return showKeys(page);
  return step(page, keys === "j" ? 1 : -1);
}

function step(page, by) {
  const links = [...page.querySelectorAll(ROWS)].map((row) => row.querySelector("h2 a[href], h3 a[href], th a[href], a[href]")).filter((link) => link?.checkVisibility?.() ?? link);
  if (!links.length) return false;
  const at = links.findIndex((link) => link.closest("li, tr").contains(page.activeElement));
  const next = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1)];
  next.focus();
  next.closest("li, tr").scrollIntoView({ block: "nearest" });
  return true;
}

function isOff() {
  try {
    return localStorage.getItem(OFF) === "yes";
  } catch {
    return false;
  }
}

function showKeys(page) {
  let dialog = page.querySelector("#keys");
  if (!dialog) {
    dialog = openable(page.querySelector("#keys-page"));
    if (!dialog?.showModal) return false;
    const box = dialog.querySelector("[data-keys-on]");
    box.checked = !isOff();
    box.addEventListener("change", () => {
      try {
        localStorage.setItem(OFF, box.checked ? "no" : "yes");
      } catch {
        // No storage: the choice holds for nothing, and the keys stay as they are.
      }
    });
  }
  if (!dialog.open) dialog.showModal();
  return true;
}
