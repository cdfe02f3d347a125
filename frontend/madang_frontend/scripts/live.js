// One place that voices read out when it changes: counts of suggestions, findings after a partial update.
let region = null;

/** Say a sentence politely; the same sentence twice is said twice. */
export function say(text) {
  if (!region) {
    region = document.createElement("p");
    region.className = "unseen";
    region.setAttribute("aria-live", "polite");
    region.id = "said";
    document.body.append(region);
  }
  region.textContent = region.textContent === text ? `${text}\u00a0` : text;
}
