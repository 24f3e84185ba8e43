// The shortest way between two bodies, and the sentences along it.

// A denial is no link: a way never goes over statements that are only denied.
function openWays(everything = false) {
  const open = openLinks();
  return { has: (link) => edges[link].status !== "negated" && (everything ? !isGone(edges[link]) : open.has(link)) };
}

function isGone(edge) {
  return nodes[edge.from].hidden || nodes[edge.to].hidden;
}

// What a way leaves in the picture: its bodies and, if wanted, those next to them; without a way its two ends.
function listAlong({ from, to, around }, open) {
  const ways = { has: (link) => open.has(link) && edges[link].status !== "negated" };
  const along = new Set(findRoute(from, to, ways) || [from, to]);
  if (around) [...along].forEach((index) => measureSteps(index, open, 1).forEach((_, other) => along.add(other)));
  return along;
}

// A box in the panel of a body, to choose the other end.
function drawWayFinder(index) {
  const box = element("input", { type: "search", id: "way-search", placeholder: "Name of the other body", autocomplete: "off", spellcheck: false, role: "combobox", "aria-expanded": "false", "aria-controls": "way-suggestions", "aria-autocomplete": "list" });
  const list = element("ul", { id: "way-suggestions", className: "suggestions", role: "listbox", "aria-label": "Suggestions", hidden: true });
  const label = element("label", { htmlFor: "way-search" }, "Way from ", isolate(labelOf(index)), " to");
  const finder = element("div", { className: "search", hidden: true }, label, box, list);
  let steps = null; // measured when the box is opened
  const remark = (other) => (steps.has(other) ? `${countWords(steps.get(other), "step")} away` : "no way there under these filters");
  const button = actionButton("Way to another body…", () => {
    finder.hidden = !finder.hidden;
    button.setAttribute("aria-expanded", String(!finder.hidden));
    steps ??= measureSteps(index, openWays());
    if (!finder.hidden) box.focus();
  });
  button.setAttribute("aria-expanded", "false");
  new Finder(box, list, { except: index, remark, pick: (other) => openRoute({ from: index, to: other, around: false }) });
  return [button, finder];
}

function openRoute(route) {
  Object.assign(state, { route, focus: null, group: null, selection: { way: true } });
  refresh({ step: true });
  requestAnimationFrame(() => fitPicture());
  panel.focus({ preventScroll: true });
}

function leaveRoute() {
  if (!state.route) return false;
  const node = state.route.from;
  Object.assign(state, { route: null, selection: state.selection && state.selection.way ? { node } : state.selection });
  refresh({ step: true });
  requestAnimationFrame(() => fitPicture());
  return true;
}

// The panel of a way: its steps in order, each with its statements and their sentences.
function showRoute() {
  const { from, to } = state.route;
  const way = findRoute(from, to, openWays());
  openPanel(element("h2", {}, "Way from ", isolate(nodes[from].label), " to ", isolate(nodes[to].label)), ...(way ? drawWay(way) : drawNoWay(from, to)));
  emphasise(way ? { nodes: new Set(way), bundles: new Set(listBundles(way)) } : null);
}

function listBundles(way) {
  const pairs = new Set(way.slice(1).map((index, number) => [index, way[number]].sort((a, b) => a - b).join("-")));
  return [...bundles.values()].filter(({ low, high }) => pairs.has(`${low}-${high}`)).map(({ id }) => id);
}

function drawWay(way) {
  const around = element("input", { type: "checkbox", checked: state.route.around });
  around.addEventListener("change", () => openRoute({ ...state.route, around: around.checked }));
  const between = way.slice(1, -1).flatMap((index, number) => [number ? ", " : "", bodyButton(index)]);
  const words = way.length === 2 ? ["They are linked directly."] : [`${way.length - 1} steps, by way of `, ...between, "."];
  return [
    element("p", {}, ...words),
    element("div", { className: "actions" }, element("label", {}, around, " with what is next to it"), actionButton("Show everything again", () => leaveRoute())),
    element("ol", { className: "way" }, ...way.slice(1).map((index, number) => drawStep(way[number], index))),
    element("p", { className: "hint" }, "This is a shortest way; there may be others. It never goes over statements that are denied."),
  ];
}

// Stated first, then proposed, then denied.
function drawStep(from, to) {
  const links = [...new Set(nodes[from].links)].map((link) => edges[link]).filter((edge) => otherEnd(edge, from) === to && passes(edge));
  links.sort((a, b) => STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status) || a.index - b.index);
  const [first, ...rest] = links.map(drawEdge);
  const more = rest.length ? element("details", {}, element("summary", {}, rest.length === 1 ? "1 more statement about these two" : `${rest.length} more statements about these two`), ...rest) : null;
  return element("li", {}, element("h3", {}, isolate(nodes[from].label), " – ", isolate(nodes[to].label)), first, more);
}

function drawNoWay(from, to) {
  const wider = findRoute(from, to, openWays(true));
  if (!wider) return [element("p", {}, "There is no way between these two: nothing that the documents say links them, not even through others."), actionButton("Show everything again", () => leaveRoute())];
  const clear = actionButton("Take the filters back", () => (clearFilters(), openRoute(state.route)));
  return [element("p", {}, `There is no way between these two under these filters. Without them there is one of ${countWords(wider.length - 1, "step")}.`), element("div", { className: "actions" }, clear, actionButton("Show everything again", () => leaveRoute()))];
}
