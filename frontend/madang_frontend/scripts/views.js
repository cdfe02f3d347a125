// Two views of the same facts: buttons choose which panel is shown. Without JavaScript only the table is there.

/**
 * @param {Document} page
 * @param {(view: string) => void} shown called after a panel has become visible
 */
export function showView(page, shown) {
  const buttons = [...page.querySelectorAll("[data-view]")];
  const open = (view) => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.view === view));
    for (const panel of page.querySelectorAll("[data-panel]")) panel.hidden = panel.dataset.panel !== view;
    shown(view);
  };
  page.querySelector("[data-views]").hidden = false;
  for (const button of buttons) button.addEventListener("click", () => open(button.dataset.view));
  // A phone has no room for the graph: it opens with the table.
  open(matchMedia("(max-width: 900px)").matches ? "table" : "graph");
}
