// The search over everything: suggestions while typing (a combobox with a list box), and the search box over the page.
// Nothing is asked or sent while an input method composes a syllable.
import { say } from "../scripts/live.js";

const PAUSE_MS = 140;
let made = 0;

/** @param {Document} page */
export function start(page) {
  page.addEventListener("focusin", (event) => {
    const input = event.target.closest?.("form[role=search] input[name=q]");
    if (input && !input.dataset.suggests && new URL(input.form.action).pathname.endsWith("/search")) new Suggestions(input);
  });
  for (const input of page.querySelectorAll("input[name=q]:focus")) input.dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
  page.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-opens-search]") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (openSearch(page)) event.preventDefault();
  });
}

/** Open the box over the page, or go to the page's own field when it has one in sight. */
export function openSearch(page) {
  const own = page.querySelector("main form[role=search][action$='/search'] input[name=q]");
  const dialog = page.querySelector("#search-dialog") ?? openable(page.querySelector("#search-over-page"));
  if (own?.checkVisibility?.()) {
    own.focus();
    own.select();
    return true;
  }
  if (!dialog?.showModal) return false;
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("input[name=q]").select();
  return true;
}

/** Put the box of a template at the end of the page. */
export function openable(template) {
  const dialog = template?.content.firstElementChild.cloneNode(true);
  if (dialog) document.body.append(dialog);
  return dialog;
}

class Suggestions {
  constructor(input) {
    this.input = input;
    this.form = input.form;
    this.chosen = -1;
    this.composing = false;
    this.list = Object.assign(document.createElement("div"), { className: "suggestions", id: `suggestions-${++made}`, hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.form.querySelector("label")?.textContent ?? "");
    this.form.append(this.list);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id, autocomplete: "off" })) input.setAttribute(name, value);
    input.dataset.suggests = "";
    input.addEventListener("compositionstart", () => this.compose(true));
    input.addEventListener("compositionend", () => this.compose(false));
    input.addEventListener("input", (event) => event.isComposing || this.later());
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("focus", () => this.options().length && this.show());
    this.form.addEventListener("submit", (event) => this.composing && event.preventDefault());
    this.form.addEventListener("focusout", (event) => this.form.contains(event.relatedTarget) || this.hide());
    // The field keeps the focus while the mouse presses an option; the link does the rest.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  compose(now) {
    this.composing = now;
    if (now) this.stop();
    else this.later();
  }

  stop() {
    clearTimeout(this.timer);
    this.asking?.abort();
  }

  later() {
    this.stop();
    if (!this.input.value.trim()) return this.hide();
    this.timer = setTimeout(() => this.ask(), PAUSE_MS);
  }

  async ask() {
    this.asking = new AbortController();
    const address = new URL(`${this.form.action}/suggestions`);
    address.searchParams.set("q", this.input.value.trim());
    try {
      const answer = await fetch(address, { headers: { "HX-Request": "true", "HX-Target": "suggestions" }, signal: this.asking.signal });
      if (answer.ok && !this.composing) this.fill(await answer.text());
    } catch (error) {
      // A newer request, or no network: the form still works.
      if (error.name !== "AbortError") this.hide();
    }
  }

  fill(html) {
    const answer = new DOMParser().parseFromString(html, "text/html").querySelector(".suggestions-options");
    if (!answer || !this.form.contains(document.activeElement)) return;
    this.list.replaceChildren(...answer.children);
    for (const [place, option] of this.options().entries()) option.id = `${this.list.id}-${place}`;
    this.choose(-1);
    this.show();
    say(answer.dataset.say);
  }

  options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  show() {
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  hide() {
    this.stop();
    this.choose(-1);
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
  }

  choose(place) {
    this.chosen = place;
    for (const [at, option] of this.options().entries()) option.setAttribute("aria-selected", String(at === place));
    const option = this.options()[place];
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  press(event) {
    // 229: some browsers end the composition before they tell of the key that ended it.
    if (this.composing || event.isComposing || event.keyCode === 229) {
      if (event.key === "Enter") event.preventDefault();
      return;
    }
    const count = this.options().length;
    const open = !this.list.hidden;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
      event.preventDefault();
      if (!open) this.show();
      const step = event.key === "ArrowDown" ? 1 : -1;
      // One place more than options: the field itself.
      this.choose(((this.chosen + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      this.hide();
    } else if (event.key === "Enter" && open && this.chosen >= 0) {
      event.preventDefault();
      this.options()[this.chosen].click();
    } else if (event.key === "Tab") this.hide();
  }
}
