// Filter forms: a change applies at once, and empty values stay out of the address.

/** @param {Document} page */
export function keepFilters(page) {
  page.addEventListener("change", (event) => {
    const form = event.target.closest?.("form[data-filters]");
    if (form && event.target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit();
  });
  page.addEventListener("formdata", (event) => {
    if (!event.target.matches?.("form[data-filters], form[role=search]")) return;
    for (const [name, value] of [...event.formData.entries()]) if (value === "") event.formData.delete(name);
  });
}
