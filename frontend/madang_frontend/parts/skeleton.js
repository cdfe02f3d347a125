// A partial update that takes more than 300 ms shows hairline rows in place of the list that it makes anew.
const PATIENCE_MS = 300;

/** @param {Document} page */
export function start(page) {
  const waiting = new Map();
  page.body.addEventListener("htmx:beforeRequest", (event) => {
    const target = event.detail.target;
    if (target?.id !== "content" && target?.id !== "list") return;
    waiting.set(event.detail.xhr, setTimeout(() => show(target), PATIENCE_MS));
  });
  page.body.addEventListener("htmx:afterRequest", (event) => {
    clearTimeout(waiting.get(event.detail.xhr));
    waiting.delete(event.detail.xhr);
    hide(page);
  });
}

function show(target) {
  const list = target.id === "list" ? target : target.querySelector(".ledger, .rows, table");
  if (!list?.parentElement) return;
  list.dataset.waits = "";
  list.before(document.querySelector("#skeleton").content.cloneNode(true));
  target.setAttribute("aria-busy", "true");
}

function hide(page) {
  for (const rows of page.querySelectorAll(".skeleton")) rows.remove();
  for (const list of page.querySelectorAll("[data-waits]")) delete list.dataset.waits;
  for (const busy of page.querySelectorAll("#content[aria-busy], #list[aria-busy]")) busy.removeAttribute("aria-busy");
}
