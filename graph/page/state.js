// What the reader has chosen. All of it stands in the address after "#", so that a link brings it back.

const STATUSES = ["asserted", "proposed", "negated"];
const KINDS = ["named", "collective", "unnamed"];

function makeState() {
  return {
    hidden: { types: new Set(), kinds: new Set(), statuses: new Set(), relations: new Set(), documents: new Set() },
    period: null, // [first, last], dates of documents such as "2001-03", both included; null is all
    running: null, // a date: only bodies that were in operation then
    least: 0, // how sure a statement must be, 0..1
    focus: null, // { node, depth }: only what is that near to a body
    route: null, // { from, to }: only the shortest way between two bodies
    group: null, // number of a community: only its bodies
    folded: new Set(), // numbers of the communities that are drawn as one shape
    overview: null, // "groups" or "bodies": what the whole is drawn as; null is what suits its size
    opened: new Set(), // numbers of the communities that an overview of groups shows unfolded
    more: 0, // how often a reader asked for more bodies than the picture shows at first
    shading: false, // whether communities are marked in the picture
    sizes: "degree", // what a large shape stands for: "degree" or "betweenness"
    view: "picture", // or "table"
    wanted: new Set(), // bodies that a reader asked for by name: shown whatever the limit
    selection: null, // { node: number }, { bundle: string } or { group: number }
  };
}

const state = makeState();

function resetState() {
  Object.assign(state, makeState(), { view: state.view });
}

// One entry a choice: how it is written into the address, and how it is read again. "" is not written.
const PARAMETERS = {
  body: {
    write: () => (state.selection && state.selection.node !== undefined ? nameNode(state.selection.node) : ""),
    read: (text) => withNode(text, (node) => (state.selection = { node }, state.wanted.add(node))),
  },
  line: {
    write: () => (state.selection && state.selection.bundle ? writeBundle(state.selection.bundle) : ""),
    read: (text) => readBundle(text),
  },
  types: listParameter("types"),
  kinds: listParameter("kinds"),
  statuses: listParameter("statuses"),
  relations: listParameter("relations"),
  documents: listParameter("documents", Number),
  from: { write: () => (state.period ? state.period[0] : ""), read: (text) => (state.period = [text, state.period ? state.period[1] : "9999"]) },
  until: { write: () => (state.period ? state.period[1] : ""), read: (text) => (state.period = [state.period ? state.period[0] : "", text]) },
  running: { write: () => state.running || "", read: (text) => (state.running = text) },
  sure: { write: () => (state.least ? String(state.least) : ""), read: (text) => (state.least = Math.min(1, Math.max(0, Number(text) || 0))) },
  near: {
    write: () => (state.focus ? `${state.focus.depth}~${nameNode(state.focus.node)}` : ""),
    read: (text) => withNode(text.replace(/^\d~/, ""), (node) => (state.focus = { node, depth: Math.min(3, Math.max(1, parseInt(text, 10) || 1)) })),
  },
  way: {
    write: () => (state.route ? `${nameNode(state.route.from)}~${nameNode(state.route.to)}` : ""),
    read: (text) => {
      const [from, to] = text.split("~").map(findNode);
      if (from !== null && to !== null && to !== undefined) state.route = { from, to };
    },
  },
  group: { write: () => (state.group === null ? "" : String(state.group)), read: (text) => (state.group = readCommunity(text)) },
  folded: { write: () => [...state.folded].sort((a, b) => a - b).join("~"), read: (text) => (state.folded = new Set(text.split("~").map(readCommunity).filter((one) => one !== null))) },
  overview: { write: () => state.overview || "", read: (text) => (state.overview = ["groups", "bodies"].includes(text) ? text : null) },
  opened: { write: () => [...state.opened].sort((a, b) => a - b).join("~"), read: (text) => (state.opened = new Set(text.split("~").map(readCommunity).filter((one) => one !== null))) },
  more: { write: () => (state.more ? String(state.more) : ""), read: (text) => (state.more = Math.min(50, Math.max(0, parseInt(text, 10) || 0))) },
  members: {
    write: () => (state.selection && state.selection.group !== undefined ? String(state.selection.group) : ""),
    read: (text) => readCommunity(text) !== null && (state.selection = { group: readCommunity(text) }),
  },
  shading: { write: () => (state.shading ? "on" : ""), read: (text) => (state.shading = text === "on") },
  sizes: { write: () => (state.sizes === "degree" ? "" : state.sizes), read: (text) => (state.sizes = text === "betweenness" ? text : "degree") },
  view: { write: () => (state.view === "picture" ? "" : state.view), read: (text) => (state.view = text === "table" ? "table" : "picture") },
};

function listParameter(name, convert = String) {
  return {
    write: () => [...state.hidden[name]].sort((a, b) => (a < b ? -1 : 1)).join("~"),
    read: (text) => (state.hidden[name] = new Set(text.split("~").map(convert))),
  };
}

function readCommunity(text) {
  const number = Number(text);
  return text !== "" && Number.isInteger(number) && number >= 0 && number < communities.length ? number : null;
}

const ID_BASE = "https://w3id.org/caregraph/id/";

// Bodies stand in the address under the end of their IRI, which stays when the page is drawn again.
function nameNode(index) {
  const { id } = nodes[index];
  return id.startsWith(ID_BASE) ? id.slice(ID_BASE.length) : id;
}

let nodesByName = null;

// Find a body by the end of its IRI, its IRI, an official code or its exact name; else null.
function findNode(text) {
  if (!nodesByName) {
    nodesByName = new Map();
    const add = (name, index) => nodesByName.has(name) || nodesByName.set(name, index);
    nodes.forEach((node) => [node.id, nameNode(node.index)].forEach((name) => add(name, node.index)));
    nodes.forEach((node) => (node.codes || []).forEach(({ code }) => add(code.toLowerCase(), node.index)));
    nodes.forEach((node) => add(foldText(node.label), node.index));
  }
  const found = nodesByName.get(text) ?? nodesByName.get(text.toLowerCase()) ?? nodesByName.get(foldText(text));
  return found === undefined ? null : found;
}

function withNode(text, action) {
  const found = findNode(text);
  if (found !== null) action(found);
}

function writeBundle(id) {
  const [low, high, status] = id.split("-");
  const nameEnd = (end) => (groupOf(end) === null ? nameNode(Number(end)) : `group:${groupOf(end)}`);
  return `${nameEnd(low)}~${nameEnd(high)}~${status}`;
}

function readBundle(text) {
  const [one, two, status] = text.split("~");
  const readEnd = (name) => (/^group:\d+$/.test(name) ? groupId(readCommunity(name.slice(6)) ?? "") : findNode(name));
  const ends = [readEnd(one), readEnd(two || "")];
  if (ends.includes(null) || !STATUSES.includes(status)) return;
  state.selection = { bundle: `${ends.sort(compareEnds).join("-")}-${status}` };
}
