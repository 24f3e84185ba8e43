// What the reader has chosen. All of it stands in the address after "#", so that a link brings it back.

const STATUSES = ["asserted", "proposed", "negated"];
const KINDS = ["named", "collective", "unnamed"];

function makeState() {
  return {
    hidden: { types: new Set(), kinds: new Set(), statuses: new Set(), relations: new Set(), documents: new Set() },
    period: null, // [first, last], dates of documents such as "2001-03", both included; null is all
    undated: false, // whether statements without a dated document stay when there is a period
    running: null, // a date: only bodies that were in operation then
    least: 0, // how sure a statement must be, 0..1
    focus: null, // { node, depth }: only what is that near to a body
    route: null, // { from, to, around }: only the shortest way between two bodies, and what is next to it
    group: null, // number of a community: only its bodies
    folded: new Set(), // numbers of the communities that are drawn as one shape
    overview: null, // "groups" or "bodies": what the whole is drawn as; null is what suits its size
    opened: new Set(), // numbers of the communities that an overview of groups shows unfolded
    more: 0, // how often a reader asked for more bodies than the picture shows at first
    shading: false, // whether communities are marked in the picture
    sizes: "degree", // what a large shape stands for: "degree" or "betweenness"
    view: "picture", // or "table"
    wanted: new Set(), // bodies that a reader asked for by name: shown whatever the limit
    selection: null, // { node: number }, { bundle: string }, { group: number } or { way: true }
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
  way: {
    write: () => (state.route ? [nameNode(state.route.from), nameNode(state.route.to), ...(state.route.around ? ["around"] : [])].join("~") : ""),
    read: (text) => {
      const [one, two = "", around] = text.split("~");
      withNode(one, (from) => withNode(two, (to) => from !== to && (state.route = { from, to, around: around === "around" })));
    },
  },
  near: {
    write: () => (state.focus ? `${state.focus.depth}~${nameNode(state.focus.node)}` : ""),
    read: (text) => withNode(text.replace(/^\d~/, ""), (node) => (state.focus = { node, depth: Math.min(3, Math.max(1, parseInt(text, 10) || 1)) })),
  },
  from: { write: () => (state.period ? state.period[0] : ""), read: (text) => isDate(text) && (state.period = [text, state.period ? state.period[1] : "9999"]) },
  until: { write: () => (state.period ? state.period[1] : ""), read: (text) => isDate(text) && (state.period = [state.period ? state.period[0] : "0000", text]) },
  undated: { write: () => (state.period && state.undated ? "kept" : ""), read: (text) => (state.undated = text === "kept") },
  running: { write: () => state.running || "", read: (text) => isDate(text) && (state.running = text) },
  sure: { write: () => (state.least ? String(state.least) : ""), read: (text) => (state.least = Math.min(1, Math.max(0, Number(text) || 0))) },
  kinds: listParameter("kinds"),
  statuses: listParameter("statuses"),
  types: listParameter("types"),
  relations: listParameter("relations"),
  documents: listParameter("documents", nameDocument),
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

// Every choice that a filter has.
const CHOICES = {
  types: () => [...new Set(nodes.map(typeOf))],
  kinds: () => KINDS.filter((kind) => nodes.some((node) => kindOf(node) === kind)),
  statuses: () => STATUSES,
  relations: () => RELATIONS,
  documents: () => documents.map((_, number) => number),
};

// What is hidden or, where that is less to write, "only" and what is left. Choices that are not here are passed over.
function listParameter(group, nameChoice = (key) => key) {
  const list = (keys) => keys.map(nameChoice).sort().map(escapeName).join("~");
  return {
    write: () => {
      const hidden = state.hidden[group];
      if (!hidden.size) return "";
      const kept = CHOICES[group]().filter((key) => !hidden.has(key));
      return kept.length < hidden.size ? ["only", list(kept)].filter(Boolean).join("~") : list([...hidden]);
    },
    read: (text) => {
      const names = new Set(text.split("~"));
      const only = names.has("only");
      state.hidden[group] = new Set(CHOICES[group]().filter((key) => names.has(escapeName(nameChoice(key))) !== only));
    },
  };
}

// "~" stands between names.
function escapeName(name) {
  return name.replace(/~/g, "%7E");
}

// Documents have no short name of their own: theirs is a hash (FNV-1a) of what the page knows of them.
function nameDocument(number) {
  const { title, date, link } = documents[number];
  let hash = 0x811c9dc5;
  for (const character of [title, date, link].join("\n")) hash = Math.imul(hash ^ character.codePointAt(0), 0x01000193);
  return (hash >>> 0).toString(36);
}

function readCommunity(text) {
  const number = Number(text);
  return text !== "" && Number.isInteger(number) && number >= 0 && number < communities.length ? number : null;
}

const ID_BASE = "https://w3id.org/caregraph/id/";

// Bodies stand in the address under the end of their IRI, which stays when the page is drawn again.
function nameNode(index) {
  const { id } = nodes[index];
  return escapeName(id.startsWith(ID_BASE) ? id.slice(ID_BASE.length) : id);
}

const missing = []; // what the address asks for and the page does not hold

function withNode(text, action) {
  const found = findNode(text);
  if (found !== null) action(found);
  else missing.push(text);
}

function writeBundle(id) {
  const [low, high, status] = id.split("-");
  const nameEnd = (end) => (groupOf(end) === null ? nameNode(Number(end)) : `group:${groupOf(end)}`);
  return `${nameEnd(low)}~${nameEnd(high)}~${status}`;
}

function readBundle(text) {
  const [one, two = "", status] = text.split("~");
  const readEnd = (name) => (/^group:\d+$/.test(name) ? groupId(readCommunity(name.slice(6)) ?? "") : findNode(name));
  const ends = [readEnd(one), readEnd(two)];
  if (!STATUSES.includes(status)) return;
  if (ends.includes(null)) ends.forEach((end, place) => end === null && withNode([one, two][place], () => null)); // says what is wrong
  else state.selection = { bundle: `${ends.sort(compareEnds).join("-")}-${status}` };
}
