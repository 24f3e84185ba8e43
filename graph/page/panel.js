// The panel on the right: what is known of a body, or what is said on a line.

const panel = document.getElementById("panel");
const helpButton = document.getElementById("help");
const GROUP_FIRST = 6; // statements of a group that are shown before somebody asks for more

function openPanel(...children) {
  const close = element("button", { type: "button", className: "close", "aria-label": "Close details" }, "×");
  close.addEventListener("click", () => select(null));
  panel.replaceChildren(close, ...children.filter((child) => child !== null && child !== undefined));
  panel.hidden = false;
  panel.scrollTop = 0;
  helpButton.setAttribute("aria-expanded", "false");
}

function closePanel() {
  panel.hidden = true;
  helpButton.setAttribute("aria-expanded", "false");
}

function showBody(index) {
  const node = nodes[index];
  const kind = element("p", { className: "kind" }, drawSwatch(node.shape, node.color, node.kind), nameType(node));
  const links = [...new Set(node.links)].map((link) => edges[link]);
  openPanel(element("h2", {}, isolate(node.label)), element("div", { className: "headed" }, kind, drawWhat(typeOf(node), nameType(node))),
    drawKind(node), ...drawCounts(index, links), ...drawActions(index), ...drawFacts(node), ...drawTimeline(node), ...drawGroups(index, links));
}

const KIND_NOTES = {
  collective: "The documents speak of all such bodies together. What they say of the group is not said of each member.",
  unnamed: "The documents speak of this body without naming it.",
};

function drawKind(node) {
  const note = KIND_NOTES[kindOf(node)];
  return note ? element("p", { className: "hint" }, note) : null;
}

function drawCounts(index, links) {
  if (!links.length) return [element("p", { className: "counts" }, "No document links it to another body.")];
  const read = new Set(links.flatMap((edge) => edge.sentences.map(([number]) => number))).size;
  const linked = countWords(countNeighbours(index), "other body", "other bodies");
  const made = [`Linked to ${linked} by ${countWords(links.length, "statement")}`, read ? ` in ${countWords(read, "document")}.` : "."];
  const present = STATUSES.filter((status) => links.some((edge) => edge.status === status));
  const parts = present.map((status) => {
    const count = links.filter((edge) => edge.status === status).length;
    return element("li", {}, drawLineSwatch(status), `${count} ${legend.statuses[status].name.toLowerCase()}`);
  });
  return [element("p", { className: "counts" }, ...made), element("ul", { className: "tally", "aria-label": "Of these statements" }, ...parts)];
}

function drawFacts(node) {
  const list = (values) => values.flatMap((value, i) => (i ? [", ", isolate(value)] : [isolate(value)]));
  const group = node.community === undefined ? null : communities[node.community];
  const facts = [
    ["Also called", list(node.other_names || [])],
    ["Shared names", (node.shared_names || []).length ? [...list(node.shared_names), " (other bodies have them too)"] : []],
    ["In operation", node.valid_from || node.valid_until ? [writeOperation(node.valid_from, node.valid_until)] : []],
    ["Codes", list((node.codes || []).map(({ scheme, code }) => `${scheme} ${code}`))],
    ["Group", !group ? [] : [isFoldable(node.community) ? groupButton(node.community) : isolate(group.name)]],
    ["Go-between", node.broker ? ["some bodies are linked to the others only through it"] : []],
    ["See also", (node.same_as || []).map((address) => drawLink(address, "Wikidata")).filter(Boolean)],
    ["Register", node.register ? ["in the official register"] : []],
  ].filter(([, value]) => value.length);
  return facts.length ? [element("dl", {}, ...facts.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, ...value)]))] : [];
}

// Statements of a body that the filters leave, grouped by what they say, and said which way.
function drawGroups(index, links) {
  const open = links.filter((edge) => passes(edge));
  const groups = new Map();
  for (const edge of open) {
    const backward = edge.to === index && edge.from !== index && !isSymmetric(edge.predicate);
    const key = `${edge.predicate} ${backward}`;
    if (!groups.has(key)) groups.set(key, { predicate: edge.predicate, backward, edges: [] });
    groups.get(key).edges.push(edge);
  }
  const order = [...groups.values()].sort((a, b) => b.edges.length - a.edges.length || (a.predicate < b.predicate ? -1 : 1));
  return [...order.flatMap((group) => drawGroup(group, index)), drawHidden(links.length - open.length)];
}

function drawGroup({ predicate, backward, edges: held }, index) {
  const words = capitalise(wordRelation(predicate, backward));
  const arrow = isSymmetric(predicate) ? "↔" : backward ? "←" : "→";
  const title = element("h3", {}, element("span", { className: "arrow", "aria-hidden": "true" }, arrow), words, " ",
    element("span", { className: "number" }, String(held.length)));
  const rank = (edge) => STATUSES.indexOf(edge.status);
  const order = [...held].sort((a, b) => rank(a) - rank(b) || b.sentences.length - a.sentences.length || a.index - b.index);
  return [element("div", { className: "headed" }, title, drawWhat(predicate, words, { backward })),
    ...drawSteps(order, (edge) => drawStatement(edge, index), { first: GROUP_FIRST, what: "statements" })];
}

function drawHidden(count) {
  if (!count) return null;
  return element("p", { className: "hint" }, `${countWords(count, "more statement")} ${count === 1 ? "is" : "are"} hidden by the filters; “Reset” brings ${count === 1 ? "it" : "them"} back.`);
}

let picked = null; // number of the statement that was chosen in a list, which its line tells first

// The line that was clicked first, then what else is said about the same two bodies.
function showBundle(id) {
  const { low, high, edges: held } = bundles.get(id);
  const siblings = [...bundles.values()].filter((one) => one.low === low && one.high === high && one.id !== id);
  const all = [...held, ...siblings.flatMap((one) => one.edges)];
  const order = [...all.filter((edge) => edge.index === picked), ...all.filter((edge) => edge.index !== picked)];
  picked = null;
  const between = new Set(nodes[low].links.filter((link) => otherEnd(edges[link], low) === high)).size;
  openPanel(element("h2", {}, isolate(nodes[low].label), " and ", isolate(nodes[high].label)),
    element("p", { className: "counts" }, `${countWords(all.length, "statement")} about these two`),
    ...drawSteps(order, drawEdge, { first: 10, step: 20, what: "statements" }), drawHidden(Math.max(0, between - all.length)));
}

function showEdge(index) {
  openPanel(element("h2", {}, "Statement"), drawEdge(edges[index]));
}

// Open the line that a statement is part of, and tell the statement first.
function openStatement(index) {
  const held = [...bundles.values()].find((one) => one.edges.some((edge) => edge.index === index));
  picked = index;
  if (held && !held.joined) select({ bundle: held.id });
  else showEdge(index);
  panel.focus();
}

function drawEdge(edge) {
  const words = wordRelation(edge.predicate);
  const said = element("p", { className: "said" }, bodyButton(edge.from), ` ${words} `, bodyButton(edge.to), drawRole(edge));
  const note = Object.hasOwn(legend.statuses, edge.status) ? legend.statuses[edge.status].note : "";
  const status = element("p", { className: "meaning" }, drawStatus(edge.status), note ? ` ${note}` : "");
  return element("div", { className: `statement whole ${statusOf(edge)}` },
    element("div", { className: "headed" }, said, drawWhat(edge.predicate, words)), status,
    ...drawSentences(listSentences(edge), { all: true }), ...drawReading(edge));
}

// How sure the reading is.
function drawReading(edge) {
  if (typeof edge.confidence !== "number") return [];
  return [element("p", { className: "hint" }, element("strong", {}, wordConfidence(edge.confidence)), `: ${explainConfidence(edge.confidence)}.`)];
}
