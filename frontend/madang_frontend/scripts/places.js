// Going back to an address that a partial update has left asks the server again; the page then stands where it was.
const PLACES = "madang places";
const BACK = "madang back";
const MOST = 50;
let still = false;

/** @param {Document} page */
export function keepPlace(page) {
  restore();
  let timer = 0;
  page.addEventListener("scroll", () => (timer ||= setTimeout(() => ((timer = 0), save()), 100)), { passive: true });
  page.body.addEventListener("htmx:beforeRequest", () => {
    save();
    still = true; // what moves during the update is not what the reader did
  });
  for (const name of ["htmx:afterSettle", "htmx:responseError", "htmx:sendError"]) page.body.addEventListener(name, () => setTimeout(() => (still = false), 120));
  window.addEventListener("popstate", (event) => {
    if (!event.state?.htmx) return;
    still = true;
    keep(BACK, address());
    history.scrollRestoration = "manual";
  });
}

function address() {
  return location.pathname + location.search;
}

function known() {
  try {
    return JSON.parse(sessionStorage.getItem(PLACES)) ?? [];
  } catch {
    return [];
  }
}

function save() {
  if (still) return;
  keep(PLACES, JSON.stringify([[address(), scrollY], ...known().filter(([where]) => where !== address())].slice(0, MOST)));
}

function keep(name, value) {
  try {
    sessionStorage.setItem(name, value);
  } catch {
    // No storage: the page opens at its top.
  }
}

function restore() {
  let back = null;
  try {
    back = sessionStorage.getItem(BACK);
    sessionStorage.removeItem(BACK);
  } catch {
    return;
  }
  if (back !== address()) return;
  // The browser would put a page that is loaded again where it stood last.
  window.addEventListener("load", () => setTimeout(() => (history.scrollRestoration = "auto"), 300));
  const place = known().find(([where]) => where === back);
  if (place) scrollTo({ top: place[1], behavior: "instant" });
}
