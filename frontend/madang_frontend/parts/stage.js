// The stage of closed yards: choosing swaps stage and panel, arrow keys walk from square to square, Esc lets go, and the
// drawing grows inside its frame. Without it the same squares are plain links.
const SIZES = ["", "larger", "largest"];

let htmx;

/**
 * @param {Document} page
 * @param {import("htmx.org").default} requests htmx, as madang.js has set it up
 */
export function start(page, requests) {
  htmx = requests;
  page.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const square = event.target.closest?.(".yard-square");
    if (square) {
      event.preventDefault();
      choose(page, square.getAttribute("href"), square.id);
      return;
    }
    const inPanel = event.target.closest?.("[data-panel-link]");
    if (inPanel) {
      event.preventDefault();
      swap("#panel", inPanel.getAttribute("href"));
      return;
    }
    const tool = event.target.closest?.("[data-stage] [data-zoom]");
    if (tool) zoom(tool.closest("[data-stage]"), tool.dataset.zoom);
  });
  page.addEventListener("keydown", (event) => {
    const square = event.target.closest?.(".yard-square");
    if (!square || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") return letGo(page, event, square);
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!way) return;
    event.preventDefault();
    nearest(square, way)?.focus();
  });
  page.addEventListener("madang:stage", (event) => choose(page, event.detail.href, event.detail.id));
  page.addEventListener("madang:panel", (event) => swap("#panel", event.detail));
  page.body.addEventListener("htmx:load", () => showTools(page));
  showTools(page);
}

function showTools(page) {
  const chosen = page.querySelector(".yard-square.chosen");
  const frame = chosen?.closest(".stage-frame");
  if (frame && !frame.scrollLeft && !frame.scrollTop) {
    const [x, y] = middle(chosen);
    const box = frame.getBoundingClientRect();
    frame.scrollTo(x - box.x - box.width / 2, y - box.y - box.height / 2);
  }
  for (const tools of page.querySelectorAll("[data-stage] .stage-tools")) tools.hidden = false;
}

function swap(target, href) {
  return htmx.ajax("GET", href, { target, swap: "outerHTML show:none", push: href });
}

async function choose(page, href, id) {
  const frame = page.querySelector(".stage-frame");
  const [left, top, size] = [frame.scrollLeft, frame.scrollTop, frame.firstElementChild.getAttribute("class")];
  await swap("#graph", href);
  const fresh = page.querySelector(".stage-frame");
  if (!fresh) return;
  fresh.firstElementChild.setAttribute("class", size);
  fresh.scrollTo(left, top);
  page.getElementById(id)?.focus({ preventScroll: true });
}

function letGo(page, event, square) {
  const chosen = square.closest("[data-stage]").querySelector(".yard-square.chosen");
  if (!chosen) return;
  event.preventDefault();
  choose(page, chosen.getAttribute("href"), square.id);
}

/** The square that lies nearest in a direction; to the side counts double. */
function nearest(from, [right, down]) {
  const here = middle(from);
  let found = null;
  let least = Infinity;
  for (const square of from.closest("[data-stage]").querySelectorAll(".yard-square")) {
    const there = middle(square);
    const [x, y] = [there[0] - here[0], there[1] - here[1]];
    const ahead = x * right + y * down;
    const aside = Math.abs(x * down) + Math.abs(y * right);
    if (ahead <= 1 || aside > 2.5 * ahead) continue;
    if (ahead + 2 * aside < least) [found, least] = [square, ahead + 2 * aside];
  }
  return found;
}

function middle(square) {
  const box = square.querySelector(".walls").getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}

function zoom(stage, way) {
  const frame = stage.querySelector(".stage-frame");
  const drawing = stage.querySelector(".stage-drawing");
  const at = Math.max(0, SIZES.findIndex((size) => size && drawing.classList.contains(size)));
  const next = way === "fit" ? 0 : Math.min(SIZES.length - 1, Math.max(0, at + (way === "in" ? 1 : -1)));
  const middleOf = [(frame.scrollLeft + frame.clientWidth / 2) / frame.scrollWidth, (frame.scrollTop + frame.clientHeight / 2) / frame.scrollHeight];
  drawing.classList.remove(...SIZES.filter(Boolean));
  if (SIZES[next]) drawing.classList.add(SIZES[next]);
  frame.scrollTo(middleOf[0] * frame.scrollWidth - frame.clientWidth / 2, middleOf[1] * frame.scrollHeight - frame.clientHeight / 2);
}
