// The panel of a group, and that of a line to or from a folded group.

const GROUP_STEP = 40; // members or statements that are shown at a time

function showGroup(group) {
  const held = members[group].filter((index) => folding.get(group)?.includes(index) ?? standIn(index) === index);
  const inside = new Set(members[group]);
  const open = [...new Set(members[group].flatMap((index) => nodes[index].links))].map((link) => edges[link]).filter((edge) => passes(edge));
  const within = open.filter((edge) => inside.has(edge.from) && inside.has(edge.to));
  const out = open.filter((edge) => !(inside.has(edge.from) && inside.has(edge.to)));
  const title = nameGroup(group);
  openPanel(
    element("h2", {}, isolate(title)),
    element("p", { className: "kind" }, drawGroupSwatch(), countBodies(members[group].length)),
    element("p", { className: "hint" }, "These are more often named together with one another than with others. The group was found by counting links; no document says that it is one."),
    drawGroupActions(group),
    ...listPart("Bodies in it, most connected first", members[group], drawMember, new Set(held)),
    ...listPart("Groups it is linked to", countLinkedGroups(out, inside), drawLinkedGroup),
    ...listPart("Statements within it", within, drawEdge),
    ...listPart("Statements to bodies outside it", out, drawEdge),
  );
}

function drawGroupActions(group) {
  const folded = folding.has(group);
  const only = state.group === group;
  return element("p", { className: "actions" },
    actButton(folded ? "Unfold" : "Fold into one shape", () => changeGroups(() => foldGroup(group, !folded), { focus: group })),
    actButton(only ? "Show the others again" : "Show only this group", () => changeGroups(() => (state.group = only ? null : group), { focus: group })));
}

function actButton(text, action) {
  const button = element("button", { type: "button" }, text);
  button.addEventListener("click", action);
  return button;
}

// A heading, and as many of the items as can be read at once, with a button for more.
function listPart(title, items, draw, ...more) {
  if (!items.length) return [];
  const list = element("ul", { className: "plain" });
  const next = actButton("", () => add());
  const add = () => {
    const from = list.children.length;
    items.slice(from, from + GROUP_STEP).forEach((item) => list.append(element("li", {}, draw(item, ...more))));
    next.hidden = list.children.length >= items.length;
    next.textContent = `Show ${Math.min(GROUP_STEP, items.length - list.children.length)} more of ${items.length}`;
  };
  add();
  return [element("h3", {}, `${title} `, element("span", { className: "number" }, String(items.length))), list, next];
}

function drawMember(index, shown) {
  const note = shown.has(index) ? `linked to ${countNeighbours(index)}` : "not in the picture now";
  return element("span", { className: "member" }, drawSwatch(nodes[index].shape, nodes[index].color, nodes[index].kind), bodyButton(index), element("small", {}, note));
}

function countLinkedGroups(out, inside) {
  const counts = new Map();
  for (const edge of out) {
    const other = nodes[inside.has(edge.from) ? edge.to : edge.from].community;
    if (isFoldable(other)) counts.set(other, (counts.get(other) || 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

function drawLinkedGroup([group, count]) {
  return element("span", { className: "member" }, groupButton(group), element("small", {}, countStatements(count)));
}

function groupButton(group) {
  const button = element("button", { type: "button", className: "body" }, isolate(nameGroup(group)));
  button.addEventListener("click", () => openGroup(group));
  return button;
}

// Select a group and bring it into view.
function openGroup(group) {
  state.selection = { group };
  refresh({ step: true });
  if (!state.selection) showGroup(group); // nothing of it is in the picture
  else if (tableView.hidden) requestAnimationFrame(() => fitPicture([...emphasis.nodes]));
  if (!tableView.hidden) panel.focus();
}

// The statements of a line that ends at a folded group.
function showGroupLine(id) {
  const { low, high, edges: held } = bundles.get(id);
  const end = (one) => (groupOf(one) === null ? bodyButton(one) : groupButton(groupOf(one)));
  openPanel(element("h2", {}, countStatements(held.length)), element("p", {}, "between ", end(low), " and ", end(high)), ...listPart("Statements", held, drawEdge));
}

function countBodies(count) {
  return `${count} ${count === 1 ? "body" : "bodies"}`;
}

function countStatements(count) {
  return `${count} ${count === 1 ? "statement" : "statements"}`;
}
