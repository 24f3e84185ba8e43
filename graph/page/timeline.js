// What a body came from and what followed it, in the order of time.

function drawTimeline(node) {
  const before = (node.predecessors || []).map(readRelative);
  const after = (node.successors || []).map(readRelative);
  if (!before.length && !after.length) return [];
  const here = { name: node.label, from: node.valid_from, until: node.valid_until, here: true };
  const list = element("ol", { className: "timeline" }, ...[...before, here, ...after].map(drawMoment));
  return [element("h3", {}, "Before and after"), list];
}

// A relative is a name, or { name, node?, from?, until? } with the number or the IRI of a body of this network.
function readRelative(relative) {
  if (typeof relative === "string") return { name: relative };
  const index = typeof relative.node === "number" ? relative.node : relative.node ? findNode(String(relative.node)) : null;
  return { ...relative, index: nodes[index] ? index : null };
}

function drawMoment({ name = "a body without a name", from, until, index = null, here = false }) {
  const title = index === null ? element("span", { className: "name" }, isolate(name)) : bodyButton(index);
  const moment = element("li", { className: here ? "here" : "" }, title, element("small", {}, writeOperation(from, until)));
  if (here) moment.setAttribute("aria-current", "true");
  return moment;
}

function writeOperation(from, until) {
  if (from && until) return `${writeDate(from)} to ${writeDate(until)}`;
  return from ? `from ${writeDate(from)}` : until ? `until ${writeDate(until)}` : "";
}
