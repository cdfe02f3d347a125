// Tabs that do not all fit: the one that is open is brought into sight.

/** @param {Document} page */
export function start(page) {
  const show = () => {
    for (const tab of page.querySelectorAll(".tabs [aria-current]")) {
      const strip = tab.closest(".tabs");
      const [box, inside] = [strip.getBoundingClientRect(), tab.getBoundingClientRect()];
      if (inside.right > box.right) strip.scrollLeft += inside.right - box.right + 24;
    }
  };
  // With the first frame, when the page is laid out anyway.
  requestAnimationFrame(show);
  page.addEventListener("htmx:afterSettle", show);
}
