// Maps: draws the boundaries that the page carries, with labels where they fit. Without it the table beside says the same.
import { geoIdentity, geoPath } from "d3-geo";
import { placeLabels } from "../scripts/map_labels.js";

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 8;
const REACH = 24;
const PATIENCE_MS = 20;

/** @param {Document} page */
export function start(page) {
  const open = () => page.querySelectorAll("[data-map]:not(.drawn)").forEach(openMap);
  open();
  page.body.addEventListener("htmx:afterSettle", open);
  page.addEventListener("click", (event) => {
    const button = event.target.closest?.(".map-tabs [data-show]");
    if (button) show(button.closest(".map-and-table"), button.dataset.show);
  });
}

function show(both, panel) {
  both.dataset.shown = panel;
  for (const button of both.querySelectorAll(".map-tabs [data-show]")) {
    button.setAttribute("aria-pressed", String(button.dataset.show === panel));
  }
}

function openMap(figure) {
  const stage = figure.querySelector(".map-stage");
  const content = JSON.parse(figure.querySelector(".map-content").textContent);
  for (const area of content.areas) area.shape = unpacked(area.shape);
  const [, , wide, tall] = stage.getAttribute("viewBox").split(" ").map(Number);
  figure.classList.add("drawn");
  readOut(stage, figure.querySelector(".map-readout"));
  let drawnAt = 0;
  new ResizeObserver(() => {
    const width = Math.round(stage.getBoundingClientRect().width);
    // A hidden panel has no width yet; letters keep their size, so another width is another drawing.
    if (width === 0 || width === drawnAt) return;
    drawnAt = width;
    draw(stage, content, width, Math.round((width * tall) / wide));
  }).observe(stage);
}

/** Rings come as a first place and the steps from place to place. */
function unpacked(polygons) {
  const ring = (steps) => {
    const places = [];
    for (let at = 0, x = 0, y = 0; at < steps.length; at += 2) places.push([(x += steps[at]), (y += steps[at + 1])]);
    return places;
  };
  return { type: "MultiPolygon", coordinates: polygons.map((rings) => rings.map(ring)) };
}

function draw(stage, content, width, height) {
  const focused = [...stage.querySelectorAll("a")].indexOf(stage.ownerDocument.activeElement);
  const shapes = content.areas.filter((area) => !content.close || area.chosen).map((area) => area.shape);
  const margin = content.close ? Math.min(width, height) * 0.14 : MARGIN;
  // The places come on a plane already; it is only moved and stretched.
  const projection = geoIdentity().fitExtent(
    [[margin, margin], [width - margin, height - margin]],
    { type: "GeometryCollection", geometries: shapes },
  );
  // What lies outside the stage would still be a target of its links.
  projection.clipExtent([[0, 0], [width, height]]);
  const path = geoPath(projection).digits(1);
  const areas = content.areas
    .map((area) => ({ ...area, d: path(area.shape), rings: rings(area.shape, projection) }))
    .filter((area) => area.d);
  stage.setAttribute("viewBox", `0 0 ${width} ${height}`);
  // What is chosen is drawn over its neighbours' borders.
  const inOrder = [...areas].sort((a, b) => Boolean(a.chosen) - Boolean(b.chosen));
  stage.replaceChildren(...inOrder.map(areaLink), make("path", { class: "ring" }));
  const labels = make("g", { "aria-hidden": "true" });
  stage.append(labels);
  const wanted = areas.filter((area) => area.label).map((area) => ({ ...area, lines: linesOf(area), important: isImportant(area, content) }));
  const groups = together(content.points, projection);
  const taken = groups.map(({ x, y }) => ({ x, y, size: { width: REACH, height: REACH } }));
  stage.append(...groups.map((group) => pointLink(group, content.more)));
  if (focused >= 0) stage.querySelectorAll("a")[focused]?.focus({ preventScroll: true });
  drawLabels(labels, placeLabels(wanted, areas, taken, { width, height }, measure(labels)), content);
}

/** Draw labels as they find their places, letting the page answer in between; another drawing of the stage ends this one. */
async function drawLabels(group, placed, content) {
  await pause();
  let began = performance.now();
  for (const label of placed) {
    if (!group.isConnected) return;
    if (label) drawLabel(group, label, content);
    if (performance.now() - began < PATIENCE_MS) continue;
    await pause();
    began = performance.now();
  }
}

function pause() {
  return new Promise((done) => setTimeout(done));
}

function make(name, attributes, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function rings(shape, projection) {
  return shape.coordinates.flat().map((ring) => ring.map(projection));
}

function classOf(area) {
  return [area.step === undefined ? "" : `step-${area.step}`, area.chosen ? "chosen" : ""].filter(Boolean).join(" ");
}

function areaLink(area) {
  const words = [area.name, area.text].filter(Boolean).join(", ");
  const inside = [make("path", { d: area.d }), make("title", {}, words)];
  const attributes = { class: `area ${classOf(area)}`, "data-words": words };
  return area.href ? make("a", { ...attributes, href: area.href, "aria-label": words }, ...inside) : make("g", attributes, ...inside);
}

function linesOf(area) {
  return area.value === undefined ? [area.label] : [area.label, area.value.toLocaleString()];
}

/** A small area gets a line to its name when the map is about it, or when it is among the darkest. */
function isImportant(area, content) {
  return Boolean(area.chosen) || (!content.close && area.step >= 4);
}

function drawLabel(group, label, content) {
  const { area, x, y, lines, outside } = label;
  if (outside) {
    group.append(
      make("path", { class: "leader", d: `M${outside.from}L${outside.to}` }),
      make("rect", { class: "anchor", x: outside.from[0] - 3, y: outside.from[1] - 3, width: 6, height: 6 }),
    );
  }
  const faint = content.close && !area.chosen ? "faint" : "";
  const text = make("text", { class: `label ${classOf(area)} ${outside ? "outside" : faint}`, "text-anchor": "middle" });
  lines.forEach((line, number) => {
    const row = { x, y: y + (number - (lines.length - 1) / 2) * 17 + 5, class: line === area.label ? "word" : "figure" };
    text.append(make("tspan", row, line));
  });
  group.append(text);
}

/** Widths of words in the letters of labels. A canvas knows them without laying the page out for each. */
function measure(group) {
  const probe = make("text", { class: "label" });
  group.append(probe);
  const { fontWeight, fontSize, fontFamily } = getComputedStyle(probe);
  probe.remove();
  const canvas = document.createElement("canvas").getContext("2d");
  canvas.font = `${fontWeight} ${fontSize} ${fontFamily}`;
  return (words) => canvas.measureText(words).width;
}

/** Points that would cover each other are shown as one, with their number. */
function together(points, projection) {
  const groups = [];
  for (const point of points) {
    const [x, y] = projection(point.at);
    // A mark says which one it is, so it stands alone.
    const near = point.mark ? null : groups.find((group) => Math.hypot(group.x - x, group.y - y) < REACH);
    if (near) near.points.push(point);
    else groups.push({ x, y, points: [point] });
  }
  return groups;
}

function pointLink({ x, y, points }, more) {
  const words = points.map((point) => [point.name, point.text].filter(Boolean).join(", ")).join(" · ");
  const sign = points.length > 1 ? String(points.length) : points[0].mark;
  const half = sign ? 11 : 6;
  const inside = [
    make("rect", { class: "reach", x: x - REACH / 2, y: y - REACH / 2, width: REACH, height: REACH }),
    make("rect", { class: "dot", x: x - half, y: y - half, width: 2 * half, height: 2 * half }),
    make("title", {}, words),
  ];
  if (sign) inside.push(make("text", { class: "sign", x, y: y + 5, "aria-hidden": "true" }, sign));
  const href = points.length > 1 ? more || points[0].href : points[0].href;
  const attributes = { class: points[0].mark ? "point marked" : "point", "data-words": words };
  // The name begins with what is seen, so that it can be said aloud.
  const name = [sign, words].filter(Boolean).join(" ");
  return href ? make("a", { ...attributes, href, "aria-label": name }, ...inside) : make("g", attributes, ...inside);
}

/** What the pointer or the focus is on is said below the map and gets a border. */
function readOut(stage, line) {
  const over = (event, state) => {
    const thing = event.target.closest?.(".area, .point");
    const ring = stage.querySelector(".ring");
    line.textContent = thing?.dataset.words ?? "";
    if (!ring) return;
    ring.setAttribute("d", thing?.querySelector("path")?.getAttribute("d") ?? "M0 0");
    ring.setAttribute("class", `ring ${thing ? state : ""} ${thing?.matches(".chosen, .step-5, .step-4") ? "dark" : ""}`);
  };
  stage.addEventListener("pointerover", (event) => over(event, "seen"));
  stage.addEventListener("focusin", (event) => over(event, "focused"));
  for (const name of ["pointerleave", "focusout"]) stage.addEventListener(name, () => over({ target: stage }, ""));
}
