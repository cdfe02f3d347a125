// The cluster graph: positions and communities come from the server, sigma only draws them.
import { NodeSquareProgram } from "@sigma/node-square";
import Graph from "graphology";
import Sigma from "sigma";
import { showView } from "./views.js";

const stage = document.querySelector("#stage");
const facts = JSON.parse(document.querySelector("#graph-facts").textContent);

/** Colours of the communities, read from the tokens so that light and dark both hold. */
function pigments() {
  const tokens = getComputedStyle(document.documentElement);
  const read = (name) => tokens.getPropertyValue(name).trim();
  return {
    communities: ["--ink", "--jjok", "--noerok", "--hwangto", "--seok", "--ink-3", "--rule-ui", "--ink-2"].map(read),
    edge: read("--rule-ui"),
    faint: read("--rule"),
    label: read("--ink"),
  };
}

function makeGraph(colours) {
  const graph = new Graph({ type: "undirected", multi: false });
  for (const node of facts.nodes) {
    graph.addNode(node.at, {
      x: node.x,
      y: node.y,
      size: 2.5 + Math.sqrt(node.d) * 0.9,
      color: colours.communities[node.c % colours.communities.length],
      label: node.n,
      community: node.c,
      kind: node.k,
      href: node.h,
      degree: node.d,
    });
  }
  for (const edge of facts.edges) {
    // The answer holds the strongest edges of all nodes; only those between drawn nodes have two ends here.
    if (!graph.hasNode(edge.source) || !graph.hasNode(edge.target) || edge.source === edge.target) continue;
    graph.mergeEdge(edge.source, edge.target, { size: Math.min(2.5, 0.3 + edge.weight), color: colours.edge });
  }
  return graph;
}

function draw() {
  const colours = pigments();
  const graph = makeGraph(colours);
  const chosen = { community: null, node: null };
  const renderer = new Sigma(graph, stage, {
    defaultNodeType: "square",
    nodeProgramClasses: { square: NodeSquareProgram },
    labelColor: { color: colours.label },
    labelFont: getComputedStyle(document.body).fontFamily,
    labelSize: 13,
    labelDensity: 0.4,
    labelRenderedSizeThreshold: 7,
    defaultEdgeColor: colours.edge,
    nodeReducer: (key, node) => {
      const near = chosen.node === null || key === chosen.node || graph.areNeighbors(key, chosen.node);
      const inside = chosen.community === null || node.community === chosen.community;
      return near && inside ? node : { ...node, color: colours.faint, label: "" };
    },
    edgeReducer: (key, edge) => {
      if (chosen.node !== null) return graph.hasExtremity(key, chosen.node) ? { ...edge, color: colours.label } : { ...edge, hidden: true };
      if (chosen.community === null) return edge;
      const [a, b] = graph.extremities(key).map((end) => graph.getNodeAttribute(end, "community"));
      return a === chosen.community || b === chosen.community ? edge : { ...edge, hidden: true };
    },
  });
  renderer.on("clickNode", ({ node }) => choose(node));
  renderer.on("clickStage", () => choose(null));
  for (const button of document.querySelectorAll("[data-community]")) {
    button.addEventListener("click", () => {
      const number = Number(button.dataset.community);
      chosen.community = chosen.community === number ? null : number;
      for (const other of document.querySelectorAll("[data-community]")) {
        other.setAttribute("aria-pressed", String(Number(other.dataset.community) === chosen.community));
      }
      renderer.refresh({ skipIndexation: true });
    });
  }

  function choose(node) {
    chosen.node = node;
    const line = document.querySelector("#chosen");
    line.hidden = node === null;
    line.replaceChildren();
    if (node !== null) {
      const { label, href, kind, degree } = graph.getNodeAttributes(node);
      const link = Object.assign(document.createElement("a"), { href, textContent: label });
      line.append(link, ` · ${kind} · ${degree}`);
    }
    renderer.refresh({ skipIndexation: true });
  }
  return renderer;
}

let renderer = null;
showView(document, (view) => {
  // Drawn when first seen: a stage without size cannot hold a canvas.
  if (view === "graph" && !renderer) renderer = draw();
  else if (view === "graph") renderer.resize();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  if (!renderer) return;
  renderer.kill();
  renderer = draw();
});
