// The panel on the right: a body, the statements on a line, or the guide.

const panel = document.getElementById("panel");
const helpButton = document.getElementById("help");

function openPanel(...children) {
  const close = element("button", { type: "button", className: "close", "aria-label": "Close details" }, "×");
  close.addEventListener("click", () => select(null));
  panel.replaceChildren(close, ...children);
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
  openPanel(element("h2", {}, isolate(node.label)), kind, ...drawActions(index), ...drawFacts(node), ...drawGroups(index));
}

function drawFacts(node) {
  const list = (values) => values.flatMap((value, i) => (i ? [", ", isolate(value)] : [isolate(value)]));
  const dates = [node.valid_from && `from ${writeDate(node.valid_from)}`, node.valid_until && `until ${writeDate(node.valid_until)}`];
  const facts = [
    ["Also called", list(node.other_names || [])],
    ["In operation", dates.filter(Boolean).length ? [dates.filter(Boolean).join(" ")] : []],
    ["Came from", list(node.predecessors || [])],
    ["Followed by", list(node.successors || [])],
    ["Codes", list((node.codes || []).map(({ scheme, code }) => `${scheme} ${code}`))],
    ["See also", (node.same_as || []).map((address) => drawLink(address, "Wikidata")).filter(Boolean)],
    ["Register", node.register ? ["in the official register"] : []],
  ].filter(([, value]) => value.length);
  return facts.length ? [element("dl", {}, ...facts.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, ...value)]))] : [];
}

// Statements of a body that the filters leave, grouped by what they say.
function drawGroups(index) {
  const groups = new Map();
  const links = [...new Set(nodes[index].links)].map((link) => edges[link]);
  const open = links.filter((edge) => passes(edge));
  for (const edge of open) {
    const words = wordRelation(edge.predicate, edge.to === index && edge.from !== index);
    groups.set(words, [...(groups.get(words) || []), edge]);
  }
  const order = [...groups].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  const made = order.flatMap(([words, group]) => [
    element("h3", {}, words[0].toUpperCase() + words.slice(1), " ", element("span", { className: "number" }, String(group.length))),
    ...group.map((edge) => drawStatement(edge, index)),
  ]);
  const left = links.length - open.length;
  if (left) made.push(element("p", { className: "hint" }, `${left} more hidden by the filters.`));
  return made;
}

// The line that was clicked first, then what else is said about the same two bodies.
function showBundle(id) {
  const { low, high, edges: held } = bundles.get(id);
  const siblings = [...bundles.values()].filter((one) => one.low === low && one.high === high && one.id !== id);
  const all = [...held, ...siblings.flatMap((one) => one.edges)];
  const heading = all.length === 1 ? "Statement" : `${all.length} statements about these two`;
  openPanel(element("h2", {}, heading), ...all.map(drawEdge));
}

function showEdge(index) {
  openPanel(element("h2", {}, "Statement"), drawEdge(edges[index]));
}

function drawEdge(edge) {
  const role = edge.role ? [" (", isolate(edge.role), ")"] : [];
  const words = element("p", {}, bodyButton(edge.from), ` ${wordRelation(edge.predicate)} `, bodyButton(edge.to), ...role, drawStatus(edge.status));
  const sure = typeof edge.confidence === "number"
    ? element("p", { className: "hint" }, `How sure the reading is: ${Math.round(edge.confidence * 100)} %`) : null;
  return element("div", { className: "statement" }, words, ...drawSentences(edge.sentences), sure);
}

function showGuide() {
  const points = [
    "Each shape is a body: a council, a trust, a department, a person, a report. Colour and shape tell its type; the larger it is, the more others it is linked to.",
    "Each line is at least one statement that a document makes about two bodies. A number on it says how many statements it holds; an arrow says who acts on whom.",
    "A full line is stated as fact. A dashed line is only proposed, planned or hoped for. A dotted line with a cross is denied: the document says that it is not so.",
    "Click a body or a line to read the sentences behind it, word for word, with the document that they stand in.",
    "Find a body with the search box: by name, short name or code. Tick off types, relations or statements on the left; “only” leaves one of them; Reset brings all back.",
    "“List” shows the same statements as a table that you can sort and read without the picture.",
  ];
  const texts = documents.map(({ title, date, link }) => element("li", {}, drawLink(link, isolate(title)) || isolate(title), date ? ` · ${writeDate(date)}` : ""));
  openPanel(element("h2", {}, "What am I looking at?"), element("ul", { className: "guide" }, ...points.map((point) => element("li", {}, point))),
    element("h3", {}, `Documents (${documents.length})`), element("ul", { className: "guide" }, ...texts));
  helpButton.setAttribute("aria-expanded", "true");
}
