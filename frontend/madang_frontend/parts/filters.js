// Filters: a change applies at once, and empty values stay out of the address. On a phone they open as a sheet, where
// several can be chosen before they apply.

/** @param {Document} page */
export function start(page) {
  page.addEventListener("change", (event) => {
    const form = event.target.form;
    if (!form?.matches("form[data-filters]") || form.closest("dialog")) return;
    if (event.target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit();
  });
  page.addEventListener("formdata", (event) => {
    if (!event.target.matches?.("form[data-filters], form[role=search]")) return;
    for (const [name, value] of [...event.formData.entries()]) if (value === "") event.formData.delete(name);
  });
  openBeside(page);
  page.addEventListener("htmx:afterSettle", () => openBeside(page));
  page.addEventListener("click", (event) => {
    const summary = event.target.closest?.("details.filters > summary");
    if (!summary || !matchMedia("(max-width: 900px)").matches) return;
    event.preventDefault();
    openSheet(page, summary);
  });
}

/** Browsers that cannot show a closed box's content by style get an open one where there is room. */
function openBeside(page) {
  if (CSS.supports("selector(::details-content)") || matchMedia("(max-width: 900px)").matches) return;
  for (const box of page.querySelectorAll("details.filters")) box.open = true;
}

/** The form moves into a dialog beside its box, so that a partial update takes both away. */
function openSheet(page, summary) {
  const box = summary.parentElement;
  const form = box.querySelector("form");
  const sheet = page.createElement("dialog");
  sheet.className = "sheet";
  sheet.setAttribute("aria-label", summary.textContent.trim());
  box.after(sheet);
  sheet.append(form);
  sheet.addEventListener("click", (event) => {
    if (event.target === sheet || event.target.closest("[data-closes-sheet]")) sheet.close();
  });
  sheet.addEventListener("close", () => {
    box.append(form);
    sheet.remove();
    summary.focus();
  });
  sheet.showModal();
}
