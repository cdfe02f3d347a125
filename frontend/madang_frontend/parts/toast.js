// Short messages: said, shown for eight seconds unless somebody looks at them, and kept for this tab behind the bell.
import { openable } from "./search.js";

const SHOWN_MS = 8000;
const KEPT = "madang messages";
const MOST = 20;

/** @param {Document} page */
export function start(page) {
  collect(page);
  page.body.addEventListener("htmx:afterSettle", () => collect(page));
  page.addEventListener("click", (event) => event.target.closest?.("[data-opens-messages]") && open(page));
  count(page);
}

/** Show a message, and keep it. */
export function tell(words) {
  show(words.trim());
  keep(words.trim());
}

/** What the server had to say stands in the page; it is taken out of it, and of the address, so that it is said once. */
function collect(page) {
  for (const note of page.querySelectorAll("#content [data-toast]")) {
    tell(note.textContent);
    note.remove();
  }
  const address = new URL(location.href);
  if (!address.searchParams.has("done")) return;
  address.searchParams.delete("done");
  history.replaceState(history.state, "", address);
}

function show(words) {
  const region = document.querySelector("#toasts");
  if (!region) return;
  const toast = Object.assign(document.createElement("div"), { className: "toast" });
  const said = Object.assign(document.createElement("span"), { className: "toast-words", textContent: words });
  said.setAttribute("role", "status");
  const close = Object.assign(document.createElement("button"), { type: "button", className: "button quiet small", textContent: region.dataset.dismiss });
  toast.append(said, close);
  region.append(toast);
  let timer = 0;
  const go = () => {
    clearTimeout(timer);
    if (toast.contains(document.activeElement)) document.querySelector("#main")?.focus({ preventScroll: true });
    toast.remove();
  };
  const wait = () => {
    clearTimeout(timer);
    if (!toast.matches(":hover, :focus-within")) timer = setTimeout(go, SHOWN_MS);
  };
  close.addEventListener("click", go);
  for (const name of ["mouseenter", "focusin"]) toast.addEventListener(name, () => clearTimeout(timer));
  for (const name of ["mouseleave", "focusout"]) toast.addEventListener(name, () => setTimeout(wait));
  wait();
}

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) ?? [];
  } catch {
    return [];
  }
}

function keep(words) {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify([{ words, at: Date.now() }, ...kept()].slice(0, MOST)));
  } catch {
    // No storage: the message was shown; it cannot be read again.
  }
  count(document);
}

function count(page) {
  const number = page.querySelector("[data-messages-count]");
  if (!number) return;
  number.textContent = String(kept().length);
  number.hidden = kept().length === 0;
}

function open(page) {
  const dialog = page.querySelector("#messages") ?? openable(page.querySelector("#messages-page"));
  const list = dialog.querySelector("ul");
  const time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" });
  list.replaceChildren(
    ...kept().map(({ words, at }) => {
      const row = document.createElement("li");
      const moment = Object.assign(document.createElement("time"), { dateTime: new Date(at).toISOString(), textContent: time.format(at) });
      row.append(Object.assign(document.createElement("span"), { textContent: words }), moment);
      return row;
    }),
  );
  dialog.querySelector("[data-none]").hidden = list.childElementCount > 0;
  if (!dialog.open) dialog.showModal();
}
