// Groups (communities) of bodies: who is in them, which of them are drawn as one shape, and what that looks like.

const GROUP_LEAST = 3; // bodies that a group must have to be worth a name and a shape of its own
const TINTS = 7;

const members = communities.map(() => []); // of each group, the most connected first
byDegree.forEach((index) => !nodes[index].hidden && members[nodes[index].community]?.push(index));

const mostMembers = Math.max(1, ...members.map((held) => held.length));

let folding = new Map(); // the groups drawn as one shape now, each with the bodies that it stands for
let groupItems = new Map(); // how they look, by id

function isFoldable(group) {
  return group !== undefined && Boolean(members[group]) && members[group].length >= GROUP_LEAST;
}

function nameGroup(group) {
  const { name } = communities[group];
  return `Group ${name.startsWith("around ") ? "" : "around "}${shorten(name, 90)}`;
}

function groupId(group) {
  return `g${group}`;
}

// The number of the group that an id stands for; null when it is a body.
function groupOf(id) {
  return typeof id === "string" && id[0] === "g" ? Number(id.slice(1)) : null;
}

// What stands in the picture for a body: itself, or its folded group.
function standIn(index) {
  const group = nodes[index].community;
  return folding.has(group) ? groupId(group) : index;
}

// A body or a folded group, as the picture needs it.
function itemOf(id) {
  return typeof id === "number" ? nodes[id] : groupItems.get(id);
}

// Whether a body has links to many others; groups always do.
function weigh(id) {
  return typeof id === "number" ? countNeighbours(id) : 5;
}

function setFolding(folded) {
  folding = folded;
  groupItems = new Map([...folded].map(([group, held]) => [groupId(group), makeGroupItem(group, held)]));
}

function makeGroupItem(group, held) {
  const label = `${nameGroup(group)} (${held.length} bodies)`;
  const short = overview ? shorten(communities[group].name, 90) : label; // the number stands in the ring
  const size = 18 + Math.min(4, 50 / Math.sqrt(mostMembers)) * Math.sqrt(held.length);
  return { id: groupId(group), group, label, short, size, kind: "group", shape: "dot", color: theme().soft, held, shares: shareTypes(held) };
}

// The colours of the types in a group and how large a part each has, the largest first.
function shareTypes(held) {
  const counts = new Map();
  held.forEach((index) => counts.set(nodes[index].color, (counts.get(nodes[index].color) || 0) + 1));
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([color, count]) => ({ color, part: count / held.length }));
}

// A ring in the colours of the types, around the number of bodies.
function drawGroupShape(ctx, item, r, ground) {
  ctx.fillStyle = ground;
  ctx.beginPath();
  ctx.arc(0, 0, r, 0, 2 * Math.PI);
  ctx.fill();
  let angle = -Math.PI / 2;
  ctx.lineCap = "butt";
  ctx.lineWidth = r * 0.3;
  for (const { color, part } of item.shares) {
    ctx.strokeStyle = color;
    ctx.beginPath();
    ctx.arc(0, 0, r * 0.85, angle, angle + part * 2 * Math.PI);
    ctx.stroke();
    angle += part * 2 * Math.PI;
  }
  ctx.fillStyle = theme().ink;
  ctx.font = `600 ${r * (item.held.length > 999 ? 0.42 : 0.56)}px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(String(item.held.length), 0, r * 0.03);
}

// What a pointer over a shape is told: name and note.
function describeItem(id) {
  const group = groupOf(id);
  if (group === null) return [nodes[id].label, `${nameType(nodes[id])} · linked to ${countNeighbours(id)}`];
  return [itemOf(id).label, "a folded group · click to see who is in it"];
}

function foldGroup(group, fold) {
  if (isOverview()) fold ? state.opened.delete(group) : state.opened.add(group);
  else fold ? state.folded.add(group) : state.folded.delete(group);
}

// Fold every group, or none: the two ways to look at the whole.
function foldAll(fold) {
  Object.assign(state, { overview: fold ? "groups" : "bodies", opened: new Set(), folded: new Set(), more: 0 });
}

// A body that somebody asks for must not stay within a folded group.
function unfoldAround(index) {
  const group = nodes[index].community;
  if (folding.has(group) || listShown().folded.has(group)) foldGroup(group, false);
}

// What has gone from the picture is no longer selected; a body that was folded away is selected as its group.
function keepSelection(shown) {
  const { selection } = state;
  if (!selection) return;
  if (selection.way) {
    if (!state.route) state.selection = null;
    return;
  }
  if (selection.node !== undefined) {
    if (!shown.nodes.has(selection.node)) state.selection = null;
    else if (folding.has(nodes[selection.node].community)) state.selection = { group: nodes[selection.node].community };
  } else if (selection.bundle !== undefined && !bundles.has(selection.bundle)) state.selection = null;
  else if (selection.group !== undefined && !members[selection.group].some((index) => shown.nodes.has(index))) state.selection = null;
}

// What stands out when a group is selected: its shape or its bodies, and the lines that touch them.
function emphasiseGroup(group) {
  const own = folding.has(group) ? [groupId(group)] : members[group].filter((index) => view.body.nodes[index]);
  const inside = new Set(own);
  const around = [...bundles.values()].filter(({ low, high }) => inside.has(low) || inside.has(high));
  const ends = folding.has(group) ? around.flatMap(({ low, high }) => [low, high]) : [];
  emphasise({ nodes: new Set([...own, ...ends]), bundles: new Set(around.map(({ id }) => id)) });
}
