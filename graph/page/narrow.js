// Which part of the network is shown: filters on statements, then what is near, on the way, or in a group.

// More bodies than this on one screen are a hairball in any picture.
const LIMIT = 2000;

// What may speak against a statement, one bit each.
const BITS = { types: 1, kinds: 2, running: 4, statuses: 8, relations: 16, documents: 32, period: 64, least: 128 };
const EITHER = 256; // some of its sentences are in hidden documents, the others outside the chosen time
const NEVER = 512; // one of its bodies is hidden for good, by who drew the network

// What the filters say of each body, document and statement, by number; made anew by listShown().
let bodyFails = null;
let documentFails = null;
let edgeFails = null;
const counted = new Map(); // what countChoices() found since then

function survey() {
  bodyFails = Uint16Array.from(nodes, judgeBody);
  documentFails = Uint16Array.from(documents, judgeDocument);
  edgeFails = Uint16Array.from(edges, judgeEdge);
  counted.clear();
}

function judgeBody(node) {
  const { types, kinds } = state.hidden;
  let found = node.hidden ? NEVER : 0;
  if (types.size && types.has(typeOf(node))) found |= BITS.types;
  if (kinds.size && kinds.has(kindOf(node))) found |= BITS.kinds;
  if (state.running && !ranOn(node, state.running)) found |= BITS.running;
  return found;
}

function judgeDocument({ date }, number) {
  const late = state.period && !(isDate(date) ? isInPeriod(date) : state.undated);
  return (state.hidden.documents.has(number) ? BITS.documents : 0) | (late ? BITS.period : 0);
}

function judgeEdge(edge) {
  let found = bodyFails[edge.from] | bodyFails[edge.to] | judgeSentences(edge.sentences);
  if (state.hidden.statuses.has(edge.status)) found |= BITS.statuses;
  if (state.hidden.relations.has(edge.predicate)) found |= BITS.relations;
  if (state.least && typeof edge.confidence === "number" && edge.confidence < state.least) found |= BITS.least;
  return found;
}

// One sentence that passes is enough; no sentence at all is one without a date.
function judgeSentences(sentences) {
  if (!sentences.length) return state.period && !state.undated ? BITS.period : 0;
  let [hidden, late] = [false, false];
  for (const sentence of sentences) {
    const found = documentFails[sentence[0]];
    if (!found) return 0;
    if (found === BITS.documents) hidden = true;
    if (found === BITS.period) late = true;
  }
  if (hidden && late) return EITHER;
  return hidden ? BITS.documents : late ? BITS.period : BITS.documents | BITS.period;
}

function isDate(date) {
  return /^\d{4}(-\d\d){0,2}$/.test(date || "");
}

// Dates may be years, months or days; "2001" holds all of 2001.
function isInPeriod(date) {
  const [first, last] = state.period;
  return date >= first.slice(0, date.length) && date <= `${last}~`;
}

// A body whose dates nobody knows may have been there at any time.
function ranOn(node, date) {
  return (!node.valid_from || node.valid_from.slice(0, date.length) <= date) && (!node.valid_until || node.valid_until.slice(0, date.length) >= date);
}

// The bits that do not count when one filter is left aside.
function listIgnored(name) {
  return (BITS[name] || 0) | (name === "documents" || name === "period" ? EITHER : 0);
}

function passes(edge, ignoring) {
  return !(edgeFails[edge.index] & ~listIgnored(ignoring));
}

// The sentences of a statement whose documents the filters leave; none left means that all are shown.
function listSentences(edge) {
  const kept = edge.sentences.filter(([number]) => !documentFails[number]);
  return kept.length ? kept : edge.sentences;
}

// The bodies and statements that the filters leave and the picture has room for, the most connected bodies first;
// `all` statements are in the list.
function listShown() {
  survey();
  const touched = touchBodies(0);
  for (const index of listAsked()) if (!bodyFails[index]) touched[index] = 1;
  const near = listNear(openLinks());
  const every = byDegree.filter((index) => touched[index] && (!near || near.has(index)));
  const drawn = chooseDrawn(every);
  const within = (set) => edges.filter((edge) => !edgeFails[edge.index] && set.has(edge.from) && set.has(edge.to));
  return { ...drawn, every, edges: within(drawn.nodes), all: within(new Set(every)), left: every.length - drawn.nodes.size };
}

// Which bodies have an open statement, or have none at all and nothing against themselves.
function touchBodies(ignored) {
  const touched = new Uint8Array(nodes.length);
  for (const edge of edges) if (!(edgeFails[edge.index] & ~ignored)) touched[edge.from] = touched[edge.to] = 1;
  for (const node of nodes) if (!node.links.length && !(bodyFails[node.index] & ~ignored)) touched[node.index] = 1;
  return touched;
}

// The bodies that a focus or a way is about: they are shown even when the filters leave them no statement.
function listAsked() {
  const { focus, route } = state;
  return [...(focus ? [focus.node] : []), ...(route ? [route.from, route.to] : [])];
}

// The statements that are open, by number, as measureSteps() asks for them.
function openLinks(ignoring) {
  const ignored = listIgnored(ignoring);
  return { has: (link) => !(edgeFails[link] & ~ignored) };
}

// The bodies that a focus, a way between two or a group leaves; null when nothing of the kind is chosen.
function listNear(open) {
  const sets = [];
  if (state.focus) sets.push(measureSteps(state.focus.node, open, state.focus.depth));
  if (state.route) sets.push(listAlong(state.route, open));
  if (state.group !== null) sets.push(new Set(nodes.filter((node) => node.community === state.group).map((node) => node.index)));
  return sets.length ? new Set([...sets[0].keys()].filter((index) => sets.every((set) => set.has(index)))) : null;
}

// What a statement counts for, filter by filter.
const TALLIES = {
  statuses: (edge, add) => add(edge.status),
  relations: (edge, add) => add(edge.predicate),
  documents: (edge, add) => new Set(edge.sentences.map(([number]) => number)).forEach((number) => documentFails[number] & BITS.period || add(number)),
  period: (edge, add) => {
    const dates = edge.sentences.map(([number]) => number).filter((number) => !(documentFails[number] & BITS.documents) && isDate(documents[number].date));
    if (dates.length) new Set(dates).forEach(add);
    else add("undated");
  },
  least: (edge, add) => add(typeof edge.confidence === "number" ? Math.min(99, Math.floor(edge.confidence * 100)) : "unknown"),
};

// How many bodies (by type or kind) or statements each choice has, as the other filters leave them.
function countChoices(group) {
  if (!edgeFails) survey();
  if (counted.has(group)) return counted.get(group);
  const counts = new Map();
  counted.set(group, counts);
  const add = (key) => counts.set(key, (counts.get(key) || 0) + 1);
  const ignored = listIgnored(group);
  const near = listNear(openLinks(group));
  if (group in TALLIES) {
    for (const edge of edges) {
      if (!(edgeFails[edge.index] & ~ignored) && (!near || (near.has(edge.from) && near.has(edge.to)))) TALLIES[group](edge, add);
    }
  } else {
    const touched = touchBodies(ignored);
    const key = group === "types" ? typeOf : kindOf;
    for (const node of nodes) if (touched[node.index] && (!near || near.has(node.index))) add(key(node));
  }
  return counts;
}

function clearFilters() {
  Object.values(state.hidden).forEach((hidden) => hidden.clear());
  Object.assign(state, { period: null, undated: false, running: null, least: 0 });
}

// A body that was asked for is shown, whatever the filters and the limit say. Returns whether filters had to go.
function reveal(index) {
  state.wanted.add(index);
  unfoldAround(index);
  if (listShown().nodes.has(index)) return false;
  Object.assign(state, { focus: null, route: null, group: null });
  if (listShown().nodes.has(index)) return false;
  clearFilters();
  return true;
}
