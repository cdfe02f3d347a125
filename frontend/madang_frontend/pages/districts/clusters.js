// The opened yard: positions come from the server, sigma only draws them. Loaded when a yard is opened.
import { NodeSquareProgram } from "@sigma/node-square";
import Graph from "graphology";
import Sigma from "sigma";

/** Colours read from the tokens, so that light and dark both hold. */
function pigments() {
  const tokens = getComputedStyle(document.documentElement);
  const read = (name) => tokens.getPropertyValue(name).trim();
  return { ink: read("--ink"), ground: read("--sand"), node: read("--ink-2"), out: read("--jjok"), edge: read("--rule-ui"), faint: read("--rule") };
}

function makeGraph(facts, colours) {
  const graph = new Graph({ type: "undirected", multi: false });
  for (const node of facts.nodes) {
    graph.addNode(node.at, {
      x: node.x,
      y: node.y,
      size: 3.5 + Math.sqrt(node.d) * 1.4,
      color: node.out ? colours.out : colours.node,
      label: shortened(node.n) + (node.out ? " ↗" : ""),
      id: node.id,
    });
  }
  for (const [source, target, weight] of facts.edges) {
    if (!graph.hasNode(source) || !graph.hasNode(target) || source === target) continue;
    graph.mergeEdge(source, target, { size: Math.min(3, 0.6 + weight), color: colours.edge });
  }
  return graph;
}

function shortened(name) {
  return name.length > 24 ? `${name.slice(0, 23)}…` : name;
}

function draw(stage) {
  const facts = JSON.parse(stage.querySelector("script").textContent);
  const colours = pigments();
  const graph = makeGraph(facts, colours);
  const byId = new Map(facts.nodes.map((node) => [node.id, String(node.at)]));
  const names = [];
  let chosen = byId.get(stage.dataset.node) ?? null;
  const renderer = new Sigma(graph, stage.querySelector(".stage-canvas"), {
    defaultNodeType: "square",
    nodeProgramClasses: { square: NodeSquareProgram },
    labelColor: { color: colours.ink },
    labelFont: getComputedStyle(document.body).fontFamily,
    labelSize: 14,
    labelDensity: 2,
    labelGridCellSize: 70,
    labelRenderedSizeThreshold: 3,
    stagePadding: 56,
    minCameraRatio: 0.15,
    maxCameraRatio: 1.4,
    nodeReducer: (key, node) => {
      if (chosen === null) return node;
      if (key === chosen) return { ...node, color: colours.out, highlighted: false, forceLabel: true, zIndex: 1 };
      return graph.areNeighbors(key, chosen) ? { ...node, forceLabel: true } : { ...node, color: colours.faint, label: "" };
    },
    edgeReducer: (key, edge) => {
      if (chosen === null) return edge;
      return graph.hasExtremity(key, chosen) ? { ...edge, color: colours.out, size: edge.size + 1 } : { ...edge, hidden: true };
    },
    defaultDrawNodeLabel: spaced(colours, names),
    defaultDrawNodeHover: underlined(colours),
    allowInvalidContainer: true,
  });
  const show = (key) => {
    chosen = key;
    renderer.refresh({ skipIndexation: true });
  };
  const choose = (key) => {
    show(key);
    const address = new URL(stage.dataset.opened, location.href);
    if (key !== null) address.searchParams.set("node", graph.getNodeAttribute(key, "id"));
    // parts/stage.js fetches the panel: htmx runs once, in the script of every page.
    document.dispatchEvent(new CustomEvent("madang:panel", { detail: address.pathname + address.search }));
  };
  renderer.on("beforeRender", () => names.splice(0));
  renderer.on("clickNode", ({ node }) => choose(node));
  renderer.on("clickStage", () => chosen !== null && choose(null));
  return { renderer, choose, show: (id) => show(byId.get(id) ?? null), hasChosen: () => chosen !== null };
}

/** A name on a seam of sand, left out where it would cover one that is there. */
function spaced(colours, names) {
  return (context, data, settings) => {
    if (!data.label) return;
    context.font = `500 ${settings.labelSize}px ${settings.labelFont}`;
    const wide = context.measureText(data.label).width;
    const room = context.canvas.clientWidth - data.x - data.size - 3;
    const [x, y] = [room < wide ? data.x - data.size - 3 - wide : data.x + data.size + 3, data.y + settings.labelSize / 3];
    const box = [x - 2, y - settings.labelSize, x + wide + 4, y + 4];
    if (!data.forceLabel && names.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) return;
    names.push(box);
    context.lineWidth = 4;
    context.lineJoin = "round";
    context.strokeStyle = colours.ground;
    context.strokeText(data.label, x, y);
    context.fillStyle = colours.ink;
    context.fillText(data.label, x, y);
  };
}

/** A label on the ground of the page, as hint what would be chosen; the picture of the library has a shadow. */
function underlined(colours) {
  return (context, data, settings) => {
    if (!data.label) return;
    context.font = `600 ${settings.labelSize}px ${settings.labelFont}`;
    context.fillStyle = colours.out;
    context.fillText(data.label, data.x + data.size + 3, data.y + settings.labelSize / 3);
  };
}

function start(stage) {
  let drawn;
  try {
    drawn = draw(stage);
  } catch {
    // No WebGL here: the table below has everything.
    stage.querySelector(".stage-canvas").remove();
    stage.querySelector(".stage-absent").hidden = false;
    return;
  }
  const tools = stage.querySelector(".stage-tools");
  tools.hidden = false;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  tools.addEventListener("click", (event) => {
    const way = event.target.closest("[data-zoom]")?.dataset.zoom;
    const camera = drawn.renderer.getCamera();
    const motion = { duration: still ? 0 : 150 };
    if (way === "in") camera.animatedZoom(motion);
    if (way === "out") camera.animatedUnzoom(motion);
    if (way === "fit") camera.animatedReset(motion);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    if (drawn.hasChosen()) drawn.choose(null);
    else document.querySelector("#close-yard")?.click();
  });
  // The panel also chooses: its links carry the organisation in the address.
  document.body.addEventListener("htmx:afterSettle", () => drawn.show(new URLSearchParams(location.search).get("node")));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    drawn.renderer.kill();
    drawn = draw(stage);
  });
}

const stage = document.querySelector("[data-opened]");
// After the first paint: the panel and the table are there before the drawing.
if (stage) requestAnimationFrame(() => setTimeout(() => start(stage)));
