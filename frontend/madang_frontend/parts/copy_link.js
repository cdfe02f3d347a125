// Copies the address of the page as others should get it: without what was just done and where in the list one is.
import { tell } from "./toast.js";

/** @param {Document} page */
export function start(page) {
  page.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy-link]");
    if (!button) return;
    const address = new URL(location.href);
    for (const name of ["done", "after"]) address.searchParams.delete(name);
    try {
      await navigator.clipboard.writeText(address.href);
      tell(button.dataset.copied);
    } catch {
      tell(button.dataset.failed);
    }
  });
}
