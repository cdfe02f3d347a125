// Forms that write: Enter while composing never sends, a second press while the first is on its way does nothing, and
// when a form comes back with errors, focus goes to their summary.

let composing = false;

/** True while letters of Korean, Japanese or Chinese are being put together: Enter then belongs to the keyboard.
 * @param {KeyboardEvent} event */
export function isComposing(event) {
  // Safari ends the composition before the key that ended it; 229 is that key.
  return event.isComposing || event.keyCode === 229 || composing;
}

/** @param {Document} page */
export function start(page) {
  page.addEventListener("compositionstart", () => (composing = true), true);
  page.addEventListener("compositionend", () => (composing = false), true);
  page.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Enter" && isComposing(event) && event.target.matches?.("input")) event.preventDefault();
    },
    true,
  );
  page.addEventListener("submit", (event) => send(event), true);
  // A page that comes back from the browser's cache must be usable again.
  window.addEventListener("pageshow", () => free(page));
  page.body.addEventListener("htmx:afterRequest", () => free(page));
  page.body.addEventListener("htmx:afterSettle", () => showErrors(page));
  showErrors(page);
}

function send(event) {
  const form = event.target;
  if (composing) event.preventDefault();
  if (form.method !== "post") return;
  if (form.getAttribute("aria-busy") === "true") event.preventDefault();
  if (event.defaultPrevented) event.stopPropagation();
  else form.setAttribute("aria-busy", "true");
}

function free(page) {
  for (const form of page.querySelectorAll("form[aria-busy]")) form.removeAttribute("aria-busy");
}

function showErrors(page) {
  page.getElementById("errors")?.focus();
}
