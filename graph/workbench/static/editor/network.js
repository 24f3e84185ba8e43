// Triples as a picture of nodes and lines, drawn by vis-network; the table holds the same and everything else.

import { loadNames, nameOf, readAnswer } from "./answers.js";
import { button, count, cut, element, isolate, linkTo, shorten } from "./dom.js";

const NODES = 300;
const GAP = 22; // between boxes
const FEW = 20; // nodes, which need less of the page
const MANY = 120; // nodes, above which they are dots
const NAMED = 40; // of many
const FACTS = 60; // of a node, beside the picture
const SCRIPTS = ["/editor/drawing/vis-data.min.js", "/editor/drawing/vis-network.min.js"];
const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const NAMING = /(#prefLabel|#label|\/title|\/name)$/;
let loaded;

export class NetworkView {
  label = "Graph";
  priority = 5;

  constructor(yasr) {
    this.yasr = yasr;
  }

  canHandleResults() {
    return readAnswer(this.yasr.results).kind === "triples";
  }

  async draw() {
    const graph = arrange(readAnswer(this.yasr.results).rows);
    const place = this.yasr.resultsEl;
    if (!graph.nodes.size) return void place.append(element("p", {}, "There is no triple to draw."));
    const [shown] = await Promise.all([this.choose(graph), load()]);
    place.append(this.drawTools(graph, shown), this.drawPicture(shown), (this.about = element("div", { class: "about-node", "aria-live": "polite" })));
    this.start(graph, shown);
  }

  // The nodes with most lines, where there are more than a picture can show.
  async choose(graph) {
    const ranked = [...graph.nodes.values()].sort((one, other) => other.lines - one.lines || (one.key < other.key ? -1 : 1));
    const nodes = new Map(ranked.slice(0, NODES).map((node) => [node.key, node]));
    const lines = graph.lines.filter(({ from, to }) => nodes.has(from) && nodes.has(to));
    await loadNames([...nodes.keys(), ...lines.map(({ relation }) => relation)]);
    return { nodes, lines };
  }

  drawTools(graph, shown) {
    const all = graph.nodes.size;
    const words = all > shown.nodes.size ? `Showing ${count(shown.nodes.size)} of ${count(all)} nodes: those with most lines.` : `${count(all)} nodes, ${count(shown.lines.length)} lines.`;
    const zoom = (factor) => () => this.network.moveTo({ scale: this.network.getScale() * factor });
    const find = element("select", { "aria-label": "Show a node", change: () => this.pick(graph, find.value) }, element("option", { value: "" }, "Show a node …"));
    const sorted = [...shown.nodes.values()].sort((one, other) => write(one).localeCompare(write(other), "en"));
    find.append(...sorted.map((node) => element("option", { value: node.key }, cut(write(node), 80))));
    return element("div", { class: "view-tools" }, find, button("Nearer", zoom(1.3)), button("Farther", zoom(1 / 1.3)), button("Whole", () => this.network.fit({ maxZoomLevel: 1.4 })), element("span", { class: "soft", role: "status" }, `${words} The table has every triple.`));
  }

  drawPicture(shown) {
    const label = `Picture of ${shown.nodes.size} nodes and ${shown.lines.length} lines; the table has them as text`;
    return (this.picture = element("div", { class: shown.nodes.size < FEW ? "picture low" : "picture", role: "img", "aria-label": label }));
  }

  start(graph, shown) {
    const { vis } = window;
    const most = [...shown.nodes.values()];
    this.many = most.length > MANY;
    const nodes = most.map((node, rank) => drawNode(node, this.many, rank < NAMED && node.lines > 2));
    const edges = join(shown.lines).map(({ from, to, relations }, id) => ({ id, from, to, label: this.many ? undefined : cut(relations.map((one) => nameOf(one) ?? shorten(one)).join(", "), 40) }));
    this.network = new vis.Network(this.picture, { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges) }, style(this.picture, this.many, most.length < FEW));
    this.network.once("stabilizationIterationsDone", () => this.settle([...shown.nodes.keys()]));
    this.network.on("selectNode", ({ nodes: [key] }) => this.tell(graph, key));
    this.picture.querySelector(".vis-network")?.setAttribute("tabindex", "-1");
  }

  // What came out round takes the form of the place that it has; then boxes are moved off one another.
  settle(keys) {
    this.network.setOptions({ physics: false });
    const wider = Math.min(2, Math.max(0.7, this.picture.clientWidth / this.picture.clientHeight));
    const places = this.network.getPositions(keys);
    const boxes = keys.map((key) => {
      const { left, right, top, bottom } = this.network.getBoundingBox(key);
      return { key, x: places[key].x * wider, y: places[key].y, wide: right - left + 2 * GAP, high: bottom - top + GAP };
    });
    if (!this.many) moveApart(boxes);
    for (const { key, x, y } of boxes) this.network.moveNode(key, x, y);
    this.network.fit({ maxZoomLevel: 1.4 });
  }

  pick(graph, key) {
    if (!key) return;
    this.network.selectNodes([key]);
    this.network.focus(key, { scale: 1 });
    this.tell(graph, key);
  }

  // What is said of a node in words: its texts and numbers, and its lines.
  tell(graph, key) {
    const node = graph.nodes.get(key);
    const texts = node.texts.map(([relation, term]) => [relation, isolate(cut(term.value, 400))]);
    const lines = graph.lines.filter(({ from }) => from === key).map(({ relation, to }) => [relation, link(graph.nodes.get(to))]);
    const back = graph.lines.filter(({ to }) => to === key).map(({ relation, from }) => [relation, link(graph.nodes.get(from)), "← "]);
    const facts = [...texts, ...lines, ...back].slice(0, FACTS).flatMap(([relation, shown, sign = ""]) => [element("dt", {}, sign, isolate(nameOf(relation) ?? shorten(relation))), element("dd", {}, shown)]);
    this.about.replaceChildren(element("h2", {}, link(node)), element("dl", { class: "facts" }, ...facts));
  }

  destroy() {
    this.network?.destroy();
    this.network = undefined;
  }
}

const link = (node) => (node.blank ? element("span", {}, node.key) : linkTo(node.key, write(node)));

const write = (node) => node.name ?? nameOf(node.key) ?? (node.blank ? "" : shorten(node.key));

// Nodes by key and lines between them; texts and types stay with their node.
function arrange(rows) {
  const nodes = new Map();
  const lines = [];
  const node = (term) => {
    const key = term.type === "bnode" ? `_:${term.value}` : term.value;
    if (!nodes.has(key)) nodes.set(key, { key, blank: term.type === "bnode", texts: [], lines: 0 });
    return nodes.get(key);
  };
  for (const row of rows) {
    const [subject, relation, object] = ["subject", "predicate", "object"].map((part) => row.get(part));
    const one = node(subject);
    if (object.type === "literal" || relation.value === TYPE) {
      one.texts.push([relation.value, object.type === "uri" ? { value: shorten(object.value) } : object]);
      if (object.type === "literal" && NAMING.test(relation.value)) one.name ??= object.value;
      continue;
    }
    const other = node(object);
    one.lines++;
    other.lines++;
    lines.push({ from: one.key, to: other.key, relation: relation.value });
  }
  return { nodes, lines };
}

// With many nodes only those with most lines are named; the others tell their name to the pointer, and in the list.
function drawNode(node, many, named) {
  const name = write(node);
  const dot = many || node.blank;
  return { id: node.key, title: cut(name, 200), label: many && !named ? undefined : cut(name, 40), shape: dot ? "dot" : "box", size: 6 + 2 * Math.sqrt(node.lines) };
}

function moveApart(boxes) {
  for (let round = 0, moved = true; moved && round < 60; round++) {
    moved = false;
    boxes.forEach((one, index) => boxes.slice(index + 1).forEach((other) => {
      const [x, y] = [other.x - one.x, other.y - one.y];
      const [wide, high] = [(one.wide + other.wide) / 2 - Math.abs(x), (one.high + other.high) / 2 - Math.abs(y)];
      if (wide <= 0 || high <= 0) return;
      moved = true;
      const [part, step] = wide < high ? ["x", (x < 0 ? -wide : wide) / 2] : ["y", (y < 0 ? -high : high) / 2];
      one[part] -= step;
      other[part] += step;
    }));
  }
}

// One line for all relations from one node to another.
function join(lines) {
  const joined = new Map();
  for (const { from, to, relation } of lines) {
    const key = JSON.stringify([from, to]);
    if (!joined.has(key)) joined.set(key, { from, to, relations: [] });
    joined.get(key).relations.push(relation);
  }
  return [...joined.values()];
}

function load() {
  loaded ??= SCRIPTS.reduce((before, source) => before.then(() => new Promise((done, failed) => {
    document.head.append(element("script", { src: source, charset: "utf-8", load: done, error: failed }));
  })), Promise.resolve());
  return loaded;
}

function style(place, many, few) {
  const colour = (name) => getComputedStyle(place).getPropertyValue(name).trim();
  const font = { color: colour("--ink"), face: "system-ui, sans-serif", size: many ? 34 : 14, strokeColor: colour("--surface"), strokeWidth: many ? 6 : 0 };
  const lit = { background: colour("--marked"), border: colour("--accent") };
  return {
    layout: { randomSeed: 7, improvedLayout: false },
    nodes: { color: { background: colour(many ? "--accent" : "--surface"), border: colour("--accent"), highlight: lit, hover: lit }, font, margin: 6, widthConstraint: { maximum: many ? 400 : 150 } },
    edges: { arrows: { to: { scaleFactor: 0.6 } }, color: { color: colour("--soft"), highlight: colour("--accent") }, font: { ...font, color: colour("--soft"), size: 12, strokeColor: colour("--surface"), strokeWidth: 4 }, smooth: { type: "curvedCW", roundness: 0.15 } },
    physics: { barnesHut: { gravitationalConstant: few ? -6000 : -2000, centralGravity: few ? 0.3 : 0.5, springLength: few ? 120 : 70, springConstant: 0.03 }, stabilization: { iterations: many ? 150 : 300 } },
    interaction: { zoomView: false, hover: true, keyboard: false },
  };
}
