// A list that grows: focus goes to the first row that is new, so that reading goes on where it stopped.

/** @param {Document} page */
export function start(page) {
  let before = -1;
  page.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-more]")) before = page.querySelectorAll("#list > *").length;
  });
  page.body.addEventListener("htmx:afterSettle", () => {
    if (before < 0) return;
    page.querySelectorAll("#list > *")[before]?.querySelector("a[href]")?.focus({ preventScroll: true });
    before = -1;
  });
}
