// What the page knows, and which part of it is shown. Nothing here touches the document.

const content = JSON.parse(document.getElementById("content").textContent);
const { nodes, edges, documents, legend } = content;

// More bodies than this on one screen are a hairball in any picture.
const LIMIT = 2000;

const RELATIONS = [...new Set(edges.map((edge) => edge.predicate))];
const STATUSES = ["asserted", "proposed", "negated"];

const state = {
  hidden: { families: new Set(), statuses: new Set(), relations: new Set() },
  wanted: new Set(), // bodies that a reader asked for by name: shown whatever the limit
  selection: null, // { node: number } or { bundle: string }
};

nodes.forEach((node, index) => {
  node.index = index;
  node.links = []; // numbers of the edges that touch it
});
edges.forEach((edge, index) => {
  edge.index = index;
  nodes[edge.from].links.push(index);
  if (edge.to !== edge.from) nodes[edge.to].links.push(index);
});

const byDegree = nodes.map((node) => node.index).sort((a, b) => countNeighbours(b) - countNeighbours(a) || a - b);

function countNeighbours(index) {
  const node = nodes[index];
  if (node.neighbours === undefined) {
    const others = node.links.map((link) => (edges[link].from === index ? edges[link].to : edges[link].from));
    node.neighbours = new Set(others.filter((other) => other !== index)).size;
  }
  return node.neighbours;
}

function wordRelation(predicate, backward = false) {
  const wording = Object.hasOwn(legend.relations, predicate) ? legend.relations[predicate] : null;
  if (wording) return backward ? wording.backward : wording.forward;
  const words = predicate.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return backward ? `${words} (seen from the other side)` : words;
}

function isSymmetric(predicate) {
  return Object.hasOwn(legend.relations, predicate) && Boolean(legend.relations[predicate].symmetric);
}

function nameType(node) {
  const types = legend.families[node.family].types;
  const name = Object.hasOwn(types, node.type) ? types[node.type] : "Other body";
  if (node.kind === "collective") return `${name}: the group as a whole`;
  return node.kind === "unnamed" ? `${name}, not named in the text` : name;
}

function passes(edge, ignoring) {
  const { families, statuses, relations } = state.hidden;
  return (
    (ignoring === "statuses" || !statuses.has(edge.status)) &&
    (ignoring === "relations" || !relations.has(edge.predicate)) &&
    (ignoring === "families" || (!families.has(nodes[edge.from].family) && !families.has(nodes[edge.to].family)))
  );
}

// The bodies and statements that the filters leave, the most connected bodies first.
function listShown() {
  const open = edges.filter((edge) => passes(edge));
  const touched = new Set(open.flatMap((edge) => [edge.from, edge.to]));
  const alone = nodes.filter((node) => !node.links.length && !state.hidden.families.has(node.family));
  alone.forEach((node) => touched.add(node.index));
  const candidates = byDegree.filter((index) => touched.has(index) && !nodes[index].hidden);
  const kept = new Set(candidates.slice(0, LIMIT));
  candidates.forEach((index) => state.wanted.has(index) && kept.add(index));
  const shown = open.filter((edge) => kept.has(edge.from) && kept.has(edge.to));
  return { nodes: kept, edges: shown, left: candidates.length - kept.size };
}

// Statements between the same two bodies with the same status are one line with a count.
function bundle(shown) {
  const bundles = new Map();
  for (const edge of shown) {
    const [low, high] = edge.from < edge.to ? [edge.from, edge.to] : [edge.to, edge.from];
    const id = `${low}-${high}-${edge.status}`;
    if (!bundles.has(id)) bundles.set(id, { id, low, high, status: edge.status, edges: [] });
    bundles.get(id).edges.push(edge);
  }
  return [...bundles.values()];
}

function countChoices(group) {
  const counts = new Map();
  const add = (key) => counts.set(key, (counts.get(key) || 0) + 1);
  const open = edges.filter((edge) => passes(edge, group));
  if (group === "statuses") open.forEach((edge) => add(edge.status));
  if (group === "relations") open.forEach((edge) => add(edge.predicate));
  if (group === "families") {
    const touched = new Set(open.flatMap((edge) => [edge.from, edge.to]));
    nodes.forEach((node) => (touched.has(node.index) || !node.links.length) && add(node.family));
  }
  return counts;
}

function resetState() {
  Object.values(state.hidden).forEach((hidden) => hidden.clear());
  state.wanted.clear();
  state.selection = null;
}

// A body that was asked for is shown, whatever the filters and the limit say.
function reveal(index) {
  state.wanted.add(index);
  if (listShown().nodes.has(index)) return;
  state.hidden.families.clear();
  state.hidden.relations.clear();
  state.hidden.statuses.clear();
}
