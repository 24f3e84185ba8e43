// Bodies and statements, how they hang together, and the words for them. Nothing here touches the document.

const RELATIONS = [...new Set(edges.map((edge) => edge.predicate))];

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
    const others = node.links.map((link) => otherEnd(edges[link], index));
    node.neighbours = new Set(others.filter((other) => other !== index)).size;
  }
  return node.neighbours;
}

function otherEnd(edge, index) {
  return edge.from === index ? edge.to : edge.from;
}

// Signs that turn the direction of writing: in a relation or a date they could only turn what stands around it.
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

function wordRelation(predicate, backward = false) {
  const wording = Object.hasOwn(legend.relations, predicate) ? legend.relations[predicate] : null;
  if (wording) return backward ? wording.backward : wording.forward;
  const words = shorten(predicate.replace(TURNS, "").replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase(), 120);
  return backward ? `${words} (seen from the other side)` : words;
}

function isSymmetric(predicate) {
  return Object.hasOwn(legend.relations, predicate) && Boolean(legend.relations[predicate].symmetric);
}

function typeOf(node) {
  return node.type || "Organisation";
}

function wordType(type, family) {
  const { types } = legend.families[family];
  return Object.hasOwn(types, type) ? types[type] : "Other body";
}

function nameType(node) {
  const name = wordType(typeOf(node), node.family);
  if (node.kind === "collective") return `${name}: the group as a whole`;
  return node.kind === "unnamed" ? `${name}, not named in the text` : name;
}

// Of named, collective and unnamed: whatever else the graph says is a name.
function kindOf(node) {
  return KINDS.includes(node.kind) ? node.kind : "named";
}

// Bodies by how few statements lead there from one of them, until the goal is reached: a Map from number to steps.
function measureSteps(start, open, furthest = Infinity, goal = null) {
  const steps = new Map([[start, 0]]);
  let edge = [start];
  for (let step = 1; edge.length && step <= furthest && !steps.has(goal); step++) {
    const next = [];
    for (const index of edge) {
      for (const link of nodes[index].links) {
        const other = otherEnd(edges[link], index);
        if (!open.has(link) || steps.has(other)) continue;
        steps.set(other, step);
        next.push(other);
      }
    }
    edge = next;
  }
  return steps;
}

// The bodies of one shortest way, in order, both ends included; null when there is none. Of several ways of
// that length it is the one through the best connected bodies.
function findRoute(from, to, open) {
  const steps = measureSteps(to, open, Infinity, from);
  if (!steps.has(from)) return null;
  const way = [from];
  while (way.at(-1) !== to) {
    const here = way.at(-1);
    const ahead = nodes[here].links.filter((link) => open.has(link)).map((link) => otherEnd(edges[link], here));
    const nearer = ahead.filter((other) => steps.get(other) === steps.get(here) - 1);
    way.push(nearer.sort((a, b) => countNeighbours(b) - countNeighbours(a) || a - b)[0]);
  }
  return way;
}
