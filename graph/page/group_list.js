// The section on groups beside the picture, its switches, and the legend of what they turn on.

const groupSection = document.getElementById("groups-section");
const groupList = document.getElementById("groups");
const moreGroups = document.getElementById("more-groups");
const legendList = document.getElementById("key");
const markButton = document.getElementById("mark-groups");
const GROUPS_AT_ONCE = 12;

let groupsListed = GROUPS_AT_ONCE;

// Change something about groups, draw it, and show all of it, or the group that it was about.
function changeGroups(change, { focus = null } = {}) {
  change();
  refresh({ step: true });
  const ids = focus === null ? [] : folding.has(focus) ? [groupId(focus)] : members[focus].filter((index) => view.body.nodes[index]);
  if (tableView.hidden) fitPicture(ids.length && state.group === null ? ids : null);
}

function listFoldable() {
  return members.map((_, group) => group).filter(isFoldable).sort((a, b) => members[b].length - members[a].length || a - b);
}

function startGroups() {
  const found = listFoldable();
  groupSection.hidden = !found.length;
  groupSection.open = nodes.length > LIMIT;
  markButton.hidden = !found.length;
  const press = (id, change) => document.getElementById(id).addEventListener("click", () => changeGroups(change));
  markButton.addEventListener("click", () => {
    state.shading = !state.shading;
    refresh({ step: true });
  });
  press("fold-all", () => foldAll(true));
  press("unfold-all", () => foldAll(false));
  press("every-group", () => (state.group = null));
  moreGroups.addEventListener("click", () => {
    groupsListed += GROUPS_AT_ONCE * 3;
    updateGroups();
  });
  const sizes = document.getElementById("sizes");
  sizes.addEventListener("change", () => {
    state.sizes = sizes.value;
    refresh({ step: true });
  });
  document.getElementById("sizes-choice").hidden = !mostBetween;
}

function updateGroups() {
  const found = listFoldable();
  groupList.replaceChildren(...found.slice(0, groupsListed).map(drawGroupRow));
  moreGroups.hidden = found.length <= groupsListed;
  moreGroups.textContent = `More of the ${found.length} groups`;
  const small = members.filter((held) => held.length && held.length < GROUP_LEAST).length;
  document.getElementById("small-groups").textContent = small ? `${small} more have fewer than ${GROUP_LEAST} bodies.` : "";
  document.getElementById("every-group").hidden = state.group === null;
  document.getElementById("sizes").value = state.sizes;
  markButton.setAttribute("aria-pressed", String(state.shading));
  document.getElementById("fold-all").setAttribute("aria-pressed", String(overview));
  document.getElementById("unfold-all").setAttribute("aria-pressed", String(!overview && !folding.size));
  legendList.replaceChildren(...listSigns().map(([swatch, text]) => element("li", {}, swatch, text)));
}

function drawGroupRow(group) {
  const name = nameGroup(group);
  const open = groupButton(group);
  open.append(element("small", {}, countBodies(members[group].length)));
  const folded = folding.has(group);
  const only = state.group === group;
  const act = (text, label, action) => {
    const button = actButton(text, action);
    button.className = "small";
    button.setAttribute("aria-label", `${label} ${name}`);
    return button;
  };
  const item = element("li", { className: only ? "chosen" : "" }, open,
    act(only ? "all" : "only", only ? "Show the others beside" : "Show only", () => changeGroups(() => (state.group = only ? null : group), { focus: group })),
    act(folded ? "unfold" : "fold", folded ? "Unfold" : "Fold", () => changeGroups(() => foldGroup(group, !folded), { focus: group })));
  return item;
}

// What can be seen in the picture now and needs words.
function listSigns() {
  const size = state.sizes === "betweenness" ? "larger: lies more often on the shortest way between two others" : "larger: linked to more others";
  const signs = [[drawSizeSwatch(), size]];
  if (folding.size) signs.push([drawGroupSwatch(), "ring: a folded group; number of bodies, colours of their types"]);
  if (!state.shading) return signs;
  if (!overview || state.opened.size) signs.push([drawAreaSwatch(), "tinted area: bodies named together more often than with others"]);
  if (shownNodes.some((id) => typeof id === "number" && isBroker(id))) signs.push([drawBrokerSwatch(), "go-between: without it, groups would lose touch"]);
  if ([...bundles.values()].some(isBridge)) signs.push([drawBridgeSwatch(), "double line: the only link between two parts"]);
  return signs;
}

function drawSizeSwatch() {
  return drawPaths([[circle(3), { cx: 0, transform: "translate(-6 3)" }], [circle(6), { transform: "translate(3 0)" }]], theme().soft);
}

function drawGroupSwatch() {
  return drawPaths([[circle(7), { fill: "none", stroke: theme().soft, "stroke-width": 3.4, "stroke-dasharray": "15 1" }]], theme().soft);
}

function drawAreaSwatch() {
  const { fill, line } = theme().groups[0];
  return drawPaths([["M-9 2Q-9 -7 0 -6Q9 -8 8 1Q8 8 0 7Q-9 8 -9 2Z", { fill, stroke: line, "stroke-width": 1.6 }]], fill);
}

function drawBrokerSwatch() {
  return drawPaths([[circle(8), { fill: "none", stroke: theme().ink, "stroke-width": 1.5 }], ["M-4 0H4", { stroke: theme().ink, "stroke-width": 1.5 }],
    [circle(2.4), { transform: "translate(-4 0)" }], [circle(2.4), { transform: "translate(4 0)" }]], theme().ink);
}

function drawBridgeSwatch() {
  return drawPaths([["M-9 -3.5H9M-9 3.5H9", { stroke: theme().accent, "stroke-width": 1.5 }], ["M-9 0H9", { stroke: theme().asserted, "stroke-width": 1.8 }]], "none");
}

function drawPaths(parts, fill) {
  const svg = svgElement("svg", { width: 20, height: 20, viewBox: "-10 -10 20 20", "aria-hidden": "true" });
  parts.forEach(([d, attributes]) => svg.append(svgElement("path", { d, fill, ...attributes })));
  return svg;
}
