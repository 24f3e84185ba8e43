// Which part of the network is shown: filters on statements, then what is near, on the way, or in a group.

// More bodies than this on one screen are a hairball in any picture.
const LIMIT = 2000;

// Each filter says whether it lets a statement through.
const FILTERS = {
  types: (edge) => bothEnds(edge, (node) => !state.hidden.types.has(typeOf(node))),
  kinds: (edge) => bothEnds(edge, (node) => !state.hidden.kinds.has(kindOf(node))),
  statuses: (edge) => !state.hidden.statuses.has(edge.status),
  relations: (edge) => !state.hidden.relations.has(edge.predicate),
  documents: (edge) => !state.hidden.documents.size || !edge.sentences.length || edge.sentences.some(([number]) => !state.hidden.documents.has(number)),
  period: (edge) => !state.period || edge.sentences.some(([number]) => isInPeriod(documents[number].date)),
  running: (edge) => !state.running || bothEnds(edge, (node) => ranOn(node, state.running)),
  least: (edge) => !state.least || typeof edge.confidence !== "number" || edge.confidence >= state.least,
};

function bothEnds(edge, test) {
  return test(nodes[edge.from]) && test(nodes[edge.to]);
}

// Dates may be years, months or days; "2001" holds all of 2001.
function isInPeriod(date) {
  if (!date) return false;
  const [first, last] = state.period;
  return date >= first.slice(0, date.length) && date <= `${last}~`;
}

// A body whose dates nobody knows may have been there at any time.
function ranOn(node, date) {
  return (!node.valid_from || node.valid_from.slice(0, date.length) <= date) && (!node.valid_until || node.valid_until.slice(0, date.length) >= date);
}

function passes(edge, ignoring) {
  for (const name in FILTERS) if (name !== ignoring && !FILTERS[name](edge)) return false;
  return true;
}

// A body without statements is shown when nothing speaks against the body itself.
function passesAlone(node, ignoring) {
  const { types, kinds } = state.hidden;
  return (ignoring === "types" || !types.has(typeOf(node))) && (ignoring === "kinds" || !kinds.has(kindOf(node))) && (!state.running || ranOn(node, state.running));
}

// The sentences of a statement whose documents the filters leave; none left means that all are shown.
function listSentences(edge) {
  const kept = edge.sentences.filter(([number]) => !state.hidden.documents.has(number) && (!state.period || isInPeriod(documents[number].date)));
  return kept.length ? kept : edge.sentences;
}

// The bodies and statements that the filters leave and the picture has room for, the most connected bodies first;
// `all` statements are in the list.
function listShown() {
  const open = edges.filter((edge) => passes(edge));
  const touched = new Set(open.flatMap((edge) => [edge.from, edge.to]));
  nodes.forEach((node) => !node.links.length && passesAlone(node) && touched.add(node.index));
  const near = listNear(open);
  const candidates = byDegree.filter((index) => touched.has(index) && !nodes[index].hidden && (!near || near.has(index)));
  const drawn = chooseDrawn(candidates);
  const within = (set) => open.filter((edge) => set.has(edge.from) && set.has(edge.to));
  return { ...drawn, edges: within(drawn.nodes), all: within(new Set(candidates)), left: candidates.length - drawn.nodes.size };
}

// The bodies that a focus, a way between two or a group leaves; null when nothing of the kind is chosen.
function listNear(open) {
  const links = new Set(open.map((edge) => edge.index));
  const sets = [];
  if (state.focus) sets.push(new Set(measureSteps(state.focus.node, links, state.focus.depth).keys()));
  if (state.route) sets.push(new Set(findRoute(state.route.from, state.route.to, links) || [state.route.from, state.route.to]));
  if (state.group !== null) sets.push(new Set(nodes.filter((node) => node.community === state.group).map((node) => node.index)));
  return sets.length ? new Set([...sets[0]].filter((index) => sets.every((set) => set.has(index)))) : null;
}

// How many bodies (by type or kind) or statements each choice has, as the other filters leave them.
function countChoices(group) {
  const counts = new Map();
  const add = (key) => counts.set(key, (counts.get(key) || 0) + 1);
  const open = edges.filter((edge) => passes(edge, group));
  if (group === "statuses") open.forEach((edge) => add(edge.status));
  else if (group === "relations") open.forEach((edge) => add(edge.predicate));
  else if (group === "documents") open.forEach((edge) => new Set(edge.sentences.map(([number]) => number)).forEach(add));
  else {
    const touched = new Set(open.flatMap((edge) => [edge.from, edge.to]));
    const key = group === "types" ? typeOf : kindOf;
    nodes.forEach((node) => (touched.has(node.index) || (!node.links.length && passesAlone(node, group))) && add(key(node)));
  }
  return counts;
}

// A body that was asked for is shown, whatever the filters and the limit say.
function reveal(index) {
  state.wanted.add(index);
  unfoldAround(index);
  if (listShown().nodes.has(index)) return;
  Object.assign(state, { focus: null, route: null, group: null });
  if (listShown().nodes.has(index)) return;
  Object.values(state.hidden).forEach((hidden) => hidden.clear());
  Object.assign(state, { period: null, running: null, least: 0 });
}
