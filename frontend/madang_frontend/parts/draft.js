// Drafts: what is typed into a form that writes stays in this browser, per form and person, until it is sent, the person
// signs out, or seven days have passed. Passwords and hidden fields never. Text that came back can be discarded, and that undone.

const PREFIX = "madang.draft/";
const SENT = "madang.sent";
const KEPT_MS = 7 * 24 * 3600 * 1000;

/** @param {Document} page */
export function start(page) {
  const store = openStore();
  if (!store) return;
  const timers = new Map();
  page.addEventListener("input", ({ target }) => {
    const form = target.form ?? target.closest?.("form");
    const note = form?.querySelector?.("[data-draft]");
    if (!note) return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => keep(store, note), 400));
  });
  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.getAttribute("action")?.endsWith("/sign-out")) {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      forget(store, () => true);
    }
    const note = form.querySelector?.("[data-draft]");
    if (!note) return;
    clearTimeout(timers.get(form));
    keep(store, note);
    sessionStorage.setItem(SENT, keyOf(note));
  });
  page.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-draft-do]");
    if (button) answer(store, button);
  });
  const look = () => settle(page, store);
  page.body.addEventListener("htmx:afterSettle", look);
  window.addEventListener("pagehide", () => {
    for (const [form] of timers) if (form.isConnected && !form.hasAttribute("aria-busy")) keep(store, form.querySelector("[data-draft]"));
  });
  look();
}

function openStore() {
  try {
    localStorage.getItem(PREFIX);
    return localStorage;
  } catch {
    return null; // switched off in this browser
  }
}

/** One draft per person, form and address that the form goes to, whatever the language. */
function keyOf(note) {
  const action = note.closest("form").getAttribute("action") ?? "";
  const path = new URL(action, location.href).pathname.replace(/^\/en(?=\/|$)/, "");
  return `${PREFIX}${note.dataset.person}/${note.dataset.draft}${path}`;
}

function read(store, key) {
  try {
    return JSON.parse(store.getItem(key));
  } catch {
    return null;
  }
}

function forget(store, wanted) {
  for (const key of Object.keys(store)) if (key.startsWith(PREFIX) && wanted(read(store, key))) store.removeItem(key);
}

/** After a page or a part of it came: drafts of forms that were sent go, those of open forms come back. */
function settle(page, store) {
  const old = Date.now() - KEPT_MS;
  forget(store, (draft) => !draft || draft.at < old);
  const sent = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  if (sent && !page.querySelector("#errors, [data-failure]")) store.removeItem(sent);
  for (const note of page.querySelectorAll("form [data-draft]:not([data-looked])")) {
    note.dataset.looked = "";
    const draft = read(store, keyOf(note));
    // A form that came back with errors shows what was typed already.
    if (draft && !("sent" in note.dataset)) restore(note, draft);
  }
}

/** The fields that people fill, with their names: what is not a password, and nothing hidden. */
function fieldsOf(form) {
  return [...form.elements].filter((field) => field.name && !["hidden", "password", "submit", "button", "file"].includes(field.type));
}

const isTicked = (field) => field.type === "checkbox" || field.type === "radio";

function changed(field) {
  if (isTicked(field)) return field.checked !== field.defaultChecked;
  if (field.options) return field.value !== ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value;
  return field.value !== field.defaultValue;
}

function keep(store, note) {
  const values = fieldsOf(note.closest("form"))
    .filter(changed)
    .map((field) => [field.name, isTicked(field) ? field.value : null, isTicked(field) ? field.checked : field.value]);
  // A form that came back holds what was sent as its own values, so these have to be remembered from before.
  const before = "sent" in note.dataset ? (read(store, keyOf(note))?.values ?? []) : [];
  values.unshift(...before.filter(([name, value]) => !values.some((each) => each[0] === name && each[1] === value)));
  try {
    if (values.length) store.setItem(keyOf(note), JSON.stringify({ at: Date.now(), values }));
    else store.removeItem(keyOf(note));
  } catch {
    // Full: the text is still in the form.
  }
}

function restore(note, draft) {
  const fields = fieldsOf(note.closest("form"));
  let put = false;
  for (const [name, value, state] of draft.values) {
    const field = fields.find((each) => each.name === name && (value === null || each.value === value));
    if (!field) continue;
    if (isTicked(field)) field.checked = state;
    else field.value = state;
    put ||= changed(field);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (put) show(note, "kept", draft.at);
}

function show(note, state, at) {
  note.hidden = false;
  for (const each of note.querySelectorAll("[data-of]")) each.hidden = each.dataset.of !== state;
  if (at) note.firstElementChild.textContent = note.firstElementChild.textContent.replace("{time}", timeOf(at));
}

function timeOf(at) {
  const moment = new Date(at);
  const clock = moment.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
  if (moment.toDateString() === new Date().toDateString()) return clock;
  return `${moment.toLocaleDateString(document.documentElement.lang, { month: "short", day: "numeric" })} ${clock}`;
}

const discarded = new WeakMap();

function answer(store, button) {
  const note = button.closest("[data-draft]");
  const form = note.closest("form");
  if (button.dataset.draftDo === "discard") {
    keep(store, note);
    discarded.set(note, read(store, keyOf(note)));
    form.reset();
    store.removeItem(keyOf(note));
    for (const field of fieldsOf(form)) if (field.dataset.read || field.tagName === "TEXTAREA") field.dispatchEvent(new Event("input", { bubbles: true }));
    show(note, "gone");
    note.querySelector('[data-draft-do="restore"]').focus();
  } else {
    const draft = discarded.get(note);
    store.setItem(keyOf(note), JSON.stringify(draft));
    restore(note, draft);
    note.querySelector('[data-draft-do="discard"]').focus();
  }
}
