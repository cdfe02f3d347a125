// The track of quarters: bars darken while a handle moves, and the stage is drawn anew when it rests.

/** @param {Document} page */
export function start(page) {
  page.addEventListener("input", (event) => {
    const form = event.target.closest?.("[data-time]");
    if (!form) return;
    const [low, high] = ends(form);
    const bars = [...form.querySelectorAll("rect")];
    const first = Number(event.target.min);
    bars.forEach((bar, at) => bar.setAttribute("class", at + first >= low && at + first <= high ? "on" : "off"));
    // A bar's title says its quarter in words, then its count.
    const words = bars[Number(event.target.value) - first].textContent;
    event.target.setAttribute("aria-valuetext", words.slice(0, words.lastIndexOf(":")));
  });
  page.addEventListener("change", (event) => {
    const form = event.target.closest?.("[data-time]");
    if (!form) return;
    const query = new URLSearchParams(new FormData(form));
    const [low, high] = ends(form);
    query.set("since", low);
    query.set("until", high);
    const href = `${new URL(form.action).pathname}?${query}`;
    page.dispatchEvent(new CustomEvent("madang:stage", { detail: { href, id: event.target.id } }));
  });
}

function ends(form) {
  return [...form.querySelectorAll("input[type=range]")].map((each) => Number(each.value)).sort((one, other) => one - other);
}
