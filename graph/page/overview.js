// Large networks: which bodies and folded groups are drawn, where, and what the reader is told about the rest.

const SHAPES_AT_ONCE = 40; // folded groups of an overview; the others are in the list of groups, or come with "show more"
const MORE = 1000; // bodies that "show more" adds
const ROOM_OF_GROUP = [290, 175]; // width and height that a folded group takes with its name, at zoom 1
const ROOM_OF_BODIES = [150, 80]; // what the bodies of an open group take beyond themselves

let overview = false; // whether the picture is one of groups, set by chooseDrawn

function isOverview() {
  return overview;
}

// By default a network that is too large for a picture of its bodies is one of its groups.
function wantsOverview(candidates) {
  if (state.overview) return state.overview === "groups";
  if (candidates.length <= LIMIT || state.focus || state.route || state.group !== null) return false;
  return new Set(candidates.map((index) => nodes[index].community).filter(isFoldable)).size > 1;
}

function isFolded(group) {
  if (!isFoldable(group) || state.focus || state.route || state.group === group) return false;
  return overview ? !state.opened.has(group) : state.folded.has(group);
}

// Of the bodies that the filters leave, the most connected first: those that the picture shows, on their own or
// within a folded group.
function chooseDrawn(candidates) {
  overview = wantsOverview(candidates);
  const large = candidates.length > LIMIT;
  const groups = new Map();
  const single = [];
  for (const index of candidates) {
    const group = nodes[index].community;
    if (isFolded(group)) groups.has(group) ? groups.get(group).push(index) : groups.set(group, [index]);
    else if (!overview || !large || state.opened.has(group)) single.push(index);
  }
  const ranked = [...groups].sort((a, b) => b[1].length - a[1].length || a[0] - b[0]);
  const folded = new Map(ranked.slice(0, overview && large ? SHAPES_AT_ONCE * (1 + state.more) : LIMIT));
  const kept = new Set(single.slice(0, LIMIT + state.more * MORE - folded.size));
  candidates.forEach((index) => state.wanted.has(index) && !groups.has(nodes[index].community) && kept.add(index));
  const inGroups = [...folded.values()].flat();
  inGroups.forEach((index) => kept.add(index));
  return { nodes: kept, folded, inGroups: inGroups.length, cut: single.length > kept.size - inGroups.length, smaller: ranked.length - folded.size };
}

// Where each shape stands: a body where the page was given it, a folded group amid its members; in an overview
// groups are moved together and apart until each has the room for its name.
function placeShown(ids) {
  const places = new Map(ids.map((id) => [id, groupOf(id) === null ? nodes[id] : findCentre(members[groupOf(id)])]));
  if (!overview) return places;
  const blocks = blockItems(ids, places);
  spreadBlocks(blocks);
  for (const { ids: held, x, y, from } of blocks) {
    held.forEach((id) => places.set(id, { x: places.get(id).x - from.x + x, y: places.get(id).y - from.y + y }));
  }
  return places;
}

function findCentre(indexes) {
  const mean = (axis) => indexes.reduce((sum, index) => sum + nodes[index][axis], 0) / indexes.length;
  return { x: mean("x"), y: mean("y") };
}

// A block moves as one: a folded group, or the bodies of an open one.
function blockItems(ids, places) {
  const blocks = new Map();
  for (const id of ids) {
    const key = groupOf(id) ?? nodes[id].community;
    if (!blocks.has(key)) blocks.set(key, []);
    blocks.get(key).push(id);
  }
  return [...blocks.values()].map((held) => {
    const spots = held.map((id) => places.get(id));
    const [xs, ys] = [spots.map(({ x }) => x), spots.map(({ y }) => y)];
    const [left, right, top, bottom] = [xs, ys].flatMap((values) => [Math.min(...values), Math.max(...values)]);
    const size = Math.max(...held.map((id) => itemOf(id).size)) * 2;
    const room = groupOf(held[0]) === null ? ROOM_OF_BODIES : ROOM_OF_GROUP;
    const from = { x: (left + right) / 2, y: (top + bottom) / 2 };
    return { ids: held, from, ...from, width: right - left + Math.max(size + 40, room[0]), height: bottom - top + Math.max(size + 60, room[1]) };
  });
}

// Bring the blocks as near to one another as their areas allow, then push apart those that overlap.
function spreadBlocks(blocks) {
  if (blocks.length < 2) return;
  const span = (axis) => Math.max(...blocks.map((one) => one[axis])) - Math.min(...blocks.map((one) => one[axis])) || 1;
  const area = blocks.reduce((sum, { width, height }) => sum + width * height, 0) * 1.25;
  const wide = Math.sqrt(area * 1.4);
  const factors = { x: wide / span("x"), y: area / wide / span("y") };
  blocks.forEach((one) => Object.assign(one, { x: one.x * factors.x, y: one.y * factors.y }));
  for (let round = 0; round < 120 && pushBlocks(blocks); round++);
}

function pushBlocks(blocks) {
  let moved = false;
  for (let i = 0; i < blocks.length; i++) {
    for (let j = i + 1; j < blocks.length; j++) {
      const [a, b] = [blocks[i], blocks[j]];
      const over = { x: (a.width + b.width) / 2 - Math.abs(a.x - b.x), y: (a.height + b.height) / 2 - Math.abs(a.y - b.y) };
      if (over.x <= 1 || over.y <= 1) continue;
      const axis = over.x < over.y ? "x" : "y";
      const push = (over[axis] / 2 + 0.5) * (a[axis] > b[axis] ? 1 : -1);
      a[axis] += push;
      b[axis] -= push;
      moved = true;
    }
  }
  return moved;
}

const moreButton = document.getElementById("more-bodies");

// Say how much of the network is in the picture, and how to get at the rest.
function writeShown(shown) {
  const total = nodes.filter((node) => !node.hidden).length;
  const folded = shown.folded.size === 1 ? "1 folded group" : `${shown.folded.size} folded groups`;
  const within = !shown.folded.size ? "" : shown.inGroups === shown.nodes.size ? ` in ${folded}` : `, ${shown.inGroups} of them in ${folded},`;
  const note = !shown.left ? "" : overview ? ", the largest; search finds the rest" : ", the most connected; search finds the rest";
  writeCount(`Showing ${shown.nodes.size} of ${total} bodies${within} and ${shown.edges.length} of ${edges.length} statements${note}${shortened ? `. Sentences are cut to ${shortened} letters to keep this file small` : ""}`);
  moreButton.hidden = !shown.cut && !shown.smaller;
  moreButton.textContent = shown.cut ? `Show ${MORE} more bodies` : `Show ${Math.min(SHAPES_AT_ONCE, shown.smaller)} more groups`;
}

function writeCount(text) {
  document.getElementById("count").textContent = text;
  sayCount(text);
  const empty = document.getElementById("empty");
  empty.hidden = edges.length > 0;
  empty.textContent = nodes.length ? NOTHING_SAID : NOTHING_FOUND;
}

function startOverview() {
  moreButton.addEventListener("click", () => {
    state.more += 1;
    refresh({ step: true });
    fitPicture();
  });
}
