// The picture: vis-network with positions given, our own shapes, names and marks on lines.

const container = document.getElementById("picture");
const nodeSet = new vis.DataSet();
const edgeSet = new vis.DataSet();
const calm = matchMedia("(prefers-reduced-motion: reduce)");

let view = null;
let shownNodes = []; // numbers of the nodes on screen, the most connected first
let bundles = new Map(); // the lines on screen, by id
let emphasis = null; // { nodes: Set, bundles: Set } of what is selected, or null
let hovered = null; // id of the line under the pointer

function startPicture() {
  view = new vis.Network(container, { nodes: nodeSet, edges: edgeSet }, {
    autoResize: true,
    physics: false,
    layout: { improvedLayout: false },
    interaction: { hover: true, dragNodes: true, selectConnectedEdges: false, hideEdgesOnDrag: edges.length > 1500, zoomSpeed: 0.7 },
    nodes: { shape: "custom", ctxRenderer: renderNode, borderWidth: 0, chosen: false },
    edges: { chosen: false, hoverWidth: 0, selectionWidth: 0, selfReference: { size: 18, angle: -Math.PI / 4 } },
  });
  view.on("afterDrawing", drawOver);
}

// The most connected bodies are drawn last, over the others.
function redrawPicture(shown) {
  shownNodes = byDegree.filter((index) => shown.nodes.has(index));
  bundles = new Map(bundle(shown.edges).map((one) => [one.id, one]));
  const pairs = new Map();
  bundles.forEach((one) => pairs.set(`${one.low}-${one.high}`, [...(pairs.get(`${one.low}-${one.high}`) || []), one.id]));
  replaceAll(nodeSet, [...shownNodes].reverse().map((index) => ({ id: index, x: nodes[index].x, y: nodes[index].y, size: nodes[index].size })));
  shownNodes.forEach((index) => setBounds(index, view.body.nodes[index]));
  replaceAll(edgeSet, [...bundles.values()].map((one) => drawBundle(one, pairs.get(`${one.low}-${one.high}`))));
}

// vis-network draws what lies in view, but never works out where nodes with shapes of our own lie.
function setBounds(index, { x, y }) {
  const r = nodes[index].size;
  Object.assign(view.body.nodes[index].shape.boundingBox, { left: x - r, right: x + r, top: y - r, bottom: y + r });
}

// Change only what is different, so that a body that was dragged stays where it was put.
function replaceAll(set, items) {
  const wanted = new Map(items.map((item) => [item.id, item]));
  set.remove(set.getIds().filter((id) => !wanted.has(id)));
  const known = new Set(set.getIds());
  set.add(items.filter((item) => !known.has(item.id)));
  if (set === edgeSet) updateChanged(items.filter((item) => known.has(item.id)));
}

// vis-network works out a line anew even when nothing about it has changed.
function updateChanged(items) {
  const isNew = (item, held) => Object.keys(item).some((key) => JSON.stringify(item[key]) !== JSON.stringify(held[key]));
  edgeSet.update(items.filter((item) => isNew(item, edgeSet.get(item.id))));
}

function drawBundle(one, siblings) {
  const rank = siblings.indexOf(one.id);
  const directed = one.edges.filter((edge) => !isSymmetric(edge.predicate));
  const arrow = (end) => ({ enabled: directed.some((edge) => edge.to === end), scaleFactor: 0.55 });
  return {
    id: one.id,
    from: one.low,
    to: one.high,
    arrows: { to: arrow(one.high), from: { ...arrow(one.low), enabled: one.low !== one.high && arrow(one.low).enabled } },
    dashes: { asserted: false, proposed: [9, 6], negated: [2, 6] }[one.status],
    width: Math.min(5, 1.3 + Math.log2(one.edges.length) * 0.8),
    color: colorBundle(one),
    smooth: siblings.length > 1 ? { enabled: true, type: "curvedCW", roundness: [0.16, -0.16, 0.36][rank] } : { enabled: false },
  };
}

function colorBundle(one) {
  const faint = emphasis && !emphasis.bundles.has(one.id);
  const strong = emphasis && !faint;
  const opacity = faint ? theme().dim : strong ? 1 : bundles.size > 800 ? 0.34 : 0.62;
  return { color: theme()[one.status], highlight: theme()[one.status], hover: theme()[one.status], inherit: false, opacity };
}

function emphasise(next) {
  if (!next && !emphasis) return;
  emphasis = next;
  updateChanged([...bundles.values()].map((one) => ({ id: one.id, color: colorBundle(one) })));
  view.redraw();
}

function renderNode({ ctx, id, x, y }) {
  const node = nodes[id];
  const r = Math.max(node.size, view ? 2.5 / view.getScale() : 0); // never too small to see
  const drawNode = () => {
    setBounds(id, { x, y });
    ctx.translate(x, y);
    ctx.globalAlpha = emphasis && !emphasis.nodes.has(id) ? theme().dim * 1.6 : 1;
    const path = findPath(node.shape, node.kind === "collective" ? r * 0.72 : r);
    ctx.fillStyle = node.kind === "unnamed" ? theme().ground : node.color;
    ctx.strokeStyle = node.kind === "unnamed" ? node.color : theme().ground;
    ctx.lineWidth = node.kind === "unnamed" ? 3 : 1.5;
    ctx.fill(path);
    ctx.stroke(path);
    if (node.kind === "collective") strokeRing(ctx, r, node.color, 2);
    if (isSelectedNode(id)) strokeRing(ctx, r + 6, theme().ink, 3);
  };
  return { drawNode, nodeDimensions: { width: 2 * r, height: 2 * r } };
}

const paths = new Map(); // by shape and size: making them costs more than drawing them

function findPath(shape, r) {
  const key = `${shape} ${r.toFixed(1)}`;
  const d = paths.has(key) ? "" : tracePath(shape, r);
  if (d) paths.set(key, Object.assign(new Path2D(d), { d })); // its text, for the picture that leaves the page
  return paths.get(key);
}

function strokeRing(ctx, r, color, width) {
  ctx.beginPath();
  ctx.arc(0, 0, r, 0, 2 * Math.PI);
  ctx.strokeStyle = color;
  ctx.lineWidth = width;
  ctx.stroke();
}

function drawOver(ctx) {
  const scale = view.getScale();
  const centre = view.getViewPosition();
  const [width, height] = [container.clientWidth, container.clientHeight];
  const toWorld = (x, y) => ({ x: (x - width / 2) / scale + centre.x, y: (y - height / 2) / scale + centre.y });
  const project = ({ x, y }) => ({ x: (x - centre.x) * scale + width / 2, y: (y - centre.y) * scale + height / 2, width, height, toWorld });
  const screen = (index) => project(view.body.nodes[index] || nodes[index]);
  const obstacles = new Grid();
  const middles = listMiddles().map(({ one, point }) => ({ one, point, at: project(point) }));
  middles.forEach((middle) => drawMark(ctx, middle, scale, obstacles));
  const names = drawLabels(ctx, { screen, scale, obstacles });
  for (const { one, at } of middles) {
    if (hovered === one.id || (emphasis && emphasis.bundles.has(one.id))) drawWords(ctx, one, at, { scale, names, obstacles });
  }
}

function listMiddles() {
  const lines = [...bundles.values()].map((one) => ({ one, line: view.body.edges[one.id] }));
  return lines.filter(({ line }) => line && line.connected).map(({ one, line }) => ({ one, point: line.edgeType.getPoint(0.5) }));
}

// What stands in the middle of a line: a cross when it is denied, or how many statements it holds.
function drawMark(ctx, { one, point, at }, scale, obstacles) {
  const denied = one.status === "negated";
  const strong = Boolean(emphasis) && emphasis.bundles.has(one.id);
  if (!strong && scale < (denied ? 0.25 : 0.75)) return;
  if (!denied && one.edges.length < 2) return;
  ctx.save();
  ctx.globalAlpha = emphasis && !strong ? theme().dim : 1;
  if (denied) drawCross(ctx, point, scale);
  else drawCount(ctx, point, one, scale);
  ctx.restore();
  if (!emphasis || strong) obstacles.add([at.x - 7, at.y - 7, at.x + 7, at.y + 7]);
}

function drawCross(ctx, middle, scale) {
  const arm = Math.min(5, 2.4 + scale * 4) / scale;
  for (const [color, width] of [[theme().ground, 6], [theme().negated, 2.4]]) {
    ctx.strokeStyle = color;
    ctx.lineWidth = width / scale;
    ctx.beginPath();
    ctx.moveTo(middle.x - arm, middle.y - arm);
    ctx.lineTo(middle.x + arm, middle.y + arm);
    ctx.moveTo(middle.x + arm, middle.y - arm);
    ctx.lineTo(middle.x - arm, middle.y + arm);
    ctx.stroke();
  }
}

function drawCount(ctx, middle, one, scale) {
  ctx.beginPath();
  ctx.arc(middle.x, middle.y, 8 / scale, 0, 2 * Math.PI);
  ctx.fillStyle = theme().ground;
  ctx.fill();
  ctx.strokeStyle = theme()[one.status];
  ctx.lineWidth = 1.2 / scale;
  ctx.stroke();
  ctx.fillStyle = theme().ink;
  ctx.font = `600 ${10.5 / scale}px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(String(one.edges.length), middle.x, middle.y);
}

// Say below or above the middle of a line what it says, where there is room.
function drawWords(ctx, one, at, { scale, names, obstacles }) {
  const words = [...new Set(one.edges.map((edge) => wordRelation(edge.predicate)))];
  const prefix = { asserted: "", proposed: "proposed: ", negated: "not: " }[one.status];
  const text = `${prefix}${words[0]}${words.length > 1 ? ` and ${words.length - 1} more` : ""}`;
  ctx.font = `400 11.5px ${FONT}`;
  const half = ctx.measureText(text).width / 2 + 3;
  const boxes = [9, -24].map((down) => [at.x - half, at.y + down, at.x + half, at.y + down + 15]);
  const box = boxes.find((candidate) => !names.count(candidate) && !obstacles.count(candidate));
  if (!box) return;
  names.add(box);
  const color = one.status === "asserted" ? theme().soft : theme()[one.status];
  writeLines(ctx, [text], { box, align: "center" }, { toWorld: at.toWorld, size: 11.5, scale, bold: false, color });
}

// How much of the picture the panel covers, in pixels: on its right, or at its foot on a narrow screen.
function measureCover() {
  const [own, panel] = [container.getBoundingClientRect(), document.getElementById("panel").getBoundingClientRect()];
  if (!panel.width || panel.left >= own.right || panel.top >= own.bottom) return { right: 0, bottom: 0 };
  return panel.left > own.left + 20 ? { right: own.right - panel.left, bottom: 0 } : { right: 0, bottom: own.bottom - panel.top };
}

// Show all of these nodes, beside the panel, with room for their names around them.
function fitPicture(only = null) {
  const places = (only || shownNodes).map((index) => view.body.nodes[index] || nodes[index]);
  if (!places.length) return;
  const cover = measureCover();
  const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const room = { x: Math.max(120, container.clientWidth - cover.right - 170), y: Math.max(80, container.clientHeight - cover.bottom - 90) };
  const scale = Math.min(only ? 1.1 : 1.5, room.x / (right - left + 1), room.y / (bottom - top + 1));
  const centre = { x: (left + right + cover.right / scale) / 2, y: (top + bottom + cover.bottom / scale) / 2 };
  view.moveTo({ position: centre, scale, animation: only && !calm.matches ? { duration: 350 } : false });
}

// Move the picture no further than it takes for these nodes to come out from under the panel.
function uncover(indexes) {
  const cover = measureCover();
  const places = indexes.map((index) => view.canvasToDOM(view.body.nodes[index] || nodes[index]));
  const need = (values, size) => Math.max(0, Math.min(Math.max(...values) - size + 70, Math.min(...values) - 70));
  const x = cover.right ? need(places.map((place) => place.x), container.clientWidth - cover.right) : 0;
  const y = cover.bottom ? need(places.map((place) => place.y), container.clientHeight - cover.bottom) : 0;
  if (x || y) panBy(x, y);
}

function zoomBy(factor) {
  view.moveTo({ scale: Math.min(4, Math.max(0.05, view.getScale() * factor)) });
}

function panBy(x, y) {
  const { x: cx, y: cy } = view.getViewPosition();
  view.moveTo({ position: { x: cx + x / view.getScale(), y: cy + y / view.getScale() } });
}
