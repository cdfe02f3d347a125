// After a partial update: focus must not fall off the page, and the finding is what one hears.

/** @param {Document} page */
export function keepFocus(page) {
  page.body.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "content") return;
    if (page.activeElement && page.activeElement !== page.body) return;
    const finding = event.target.querySelector("#undo") ?? event.target.querySelector("h1");
    if (!finding) return;
    if (finding.tagName === "H1") finding.tabIndex = -1;
    finding.focus({ preventScroll: true });
  });
}
