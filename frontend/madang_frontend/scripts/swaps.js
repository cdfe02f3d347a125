// After a partial update: focus must not fall off the page, and the finding is what one hears.

import { say } from "./live.js";

/** @param {Document} page */
export function keepFocus(page) {
  // What waits too long is hidden meanwhile, and loses the focus that it had.
  let held = "";
  page.body.addEventListener("htmx:beforeRequest", () => (held = page.activeElement?.id ?? ""));
  page.body.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "content") return;
    if (page.activeElement === page.body && held) page.getElementById(held)?.focus({ preventScroll: true });
    if (page.activeElement && page.activeElement !== page.body) {
      const heading = event.target.querySelector("h1");
      if (heading && event.target.contains(page.activeElement)) say(heading.textContent);
      return;
    }
    const finding = event.target.querySelector("#undo") ?? event.target.querySelector("h1");
    if (!finding) return;
    if (finding.tagName === "H1") finding.tabIndex = -1;
    // The way back stands where the entry was, which may lie above what is shown.
    finding.focus({ preventScroll: finding.tagName === "H1" });
  });
}
