// The picture: vis-network with positions given, our own shapes, names and marks on lines.

const container = document.getElementById("picture");
const nodeSet = new vis.DataSet();
const edgeSet = new vis.DataSet();
const HEAVY = 1500; // lines that are not drawn while the picture moves, for it would stutter
const calm = matchMedia("(prefers-reduced-motion: reduce)");

let view = null;
let shownNodes = []; // what is on screen, the most important first: numbers of bodies, ids of folded groups
let placed = new Map(); // where each of them was put, before anybody moved it
let bundles = new Map(); // the lines on screen, by id
let emphasis = null; // { nodes: Set, bundles: Set } of what is selected, or null
let hovered = null; // id of the line under the pointer

function startPicture() {
  view = new vis.Network(container, { nodes: nodeSet, edges: edgeSet }, {
    autoResize: true,
    physics: false,
    layout: { improvedLayout: false },
    interaction: { hover: true, dragNodes: true, selectConnectedEdges: false, zoomSpeed: 0.7 },
    nodes: { shape: "custom", ctxRenderer: renderNode, borderWidth: 0, chosen: false },
    edges: { chosen: false, hoverWidth: 0, selectionWidth: 0, selfReference: { size: 18, angle: -Math.PI / 4 } },
  });
  view.on("beforeDrawing", drawUnder);
  view.on("afterDrawing", drawOver);
  view.on("dragging", ({ nodes: held }) => held.length && forgetAreas());
}

// The most connected bodies are drawn last, over the others, and folded groups over these.
function redrawPicture(shown) {
  view.body.emitter.emit("_blockRedraw"); // one picture for all changes, instead of one for each
  setFolding(shown.folded);
  shownNodes = rankShown([...groupItems.keys(), ...byDegree.filter((index) => shown.nodes.has(index) && standIn(index) === index)]);
  bundles = new Map(bundle(shown.edges).map((one) => [one.id, one]));
  const pairs = new Map();
  bundles.forEach((one) => pairs.set(`${one.low}-${one.high}`, [...(pairs.get(`${one.low}-${one.high}`) || []), one.id]));
  placeAll(placeShown(shownNodes));
  replaceAll(edgeSet, [...bundles.values()].map((one) => drawBundle(one, pairs.get(`${one.low}-${one.high}`))));
  view.setOptions({ interaction: { hideEdgesOnDrag: bundles.size > HEAVY, hideEdgesOnZoom: bundles.size > HEAVY } });
  view.body.emitter.emit("_allowRedraw");
  view.body.emitter.emit("_requestRedraw");
  keepSelection(shown);
}

// Put each shape where it belongs; one that was dragged stays, unless it belongs elsewhere now.
function placeAll(places) {
  const known = shownNodes.filter((id) => nodeSet.get(id));
  const moved = known.filter((id) => placed.get(id).x !== places.get(id).x || placed.get(id).y !== places.get(id).y);
  placed = places;
  const put = (id) => ({ id, x: places.get(id).x, y: places.get(id).y });
  replaceAll(nodeSet, [...shownNodes].reverse().map(put));
  nodeSet.update(moved.map(put));
  keepBounds();
}

// vis-network draws what lies in view, but never works out where shapes of our own lie.
function setBounds(id, { x, y }) {
  const r = drawnSize(id);
  Object.assign(view.body.nodes[id].shape.boundingBox, { left: x - r, right: x + r, top: y - r, bottom: y + r });
}

function keepBounds() {
  shownNodes.forEach((id) => setBounds(id, view.body.nodes[id]));
  forgetAreas();
}

// Never too small to see, at any zoom; a folded group never too small for its number.
function drawnSize(id) {
  return Math.max(sizeOf(id), (typeof id === "number" ? 2.5 : 12) / (view ? view.getScale() : 1));
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

function emphasise(next) {
  if (!next && !emphasis) return;
  emphasis = next;
  updateChanged([...bundles.values()].map((one) => ({ id: one.id, color: colorBundle(one) })));
  view.redraw();
}

function renderNode({ ctx, id, x, y }) {
  const r = drawnSize(id);
  const drawNode = () => {
    setBounds(id, { x, y });
    ctx.translate(x, y);
    ctx.globalAlpha = emphasis && !emphasis.nodes.has(id) ? theme().dim * 1.6 : 1;
    if (typeof id === "number") drawBody(ctx, nodes[id], r);
    else drawGroupShape(ctx, itemOf(id), r, theme().ground);
    if (isSelected(id)) strokeRing(ctx, r + 6, theme().ink, 3);
    if (typeof id === "number" && isBroker(id)) drawBrokerSign(ctx, r, view.getScale());
  };
  return { drawNode, nodeDimensions: { width: 2 * r, height: 2 * r } };
}

function drawBody(ctx, node, r) {
  const path = findPath(node.shape, node.kind === "collective" ? r * 0.72 : r);
  ctx.fillStyle = node.kind === "unnamed" ? theme().ground : node.color;
  ctx.strokeStyle = node.kind === "unnamed" ? node.color : theme().ground;
  ctx.lineWidth = node.kind === "unnamed" ? 3 : 1.5;
  ctx.fill(path);
  ctx.stroke(path);
  if (node.kind === "collective") strokeRing(ctx, r, node.color, 2);
}

function isSelected(id) {
  const group = groupOf(id);
  return group === null ? isSelectedNode(id) : Boolean(state.selection) && state.selection.group === group;
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

function drawUnder(ctx) {
  drawAreas(ctx);
  if (state.shading) drawBridges(ctx);
}

function drawOver(ctx) {
  const scale = view.getScale();
  const centre = view.getViewPosition();
  const [width, height] = [container.clientWidth, container.clientHeight];
  const toWorld = (x, y) => ({ x: (x - width / 2) / scale + centre.x, y: (y - height / 2) / scale + centre.y });
  const project = ({ x, y }) => ({ x: (x - centre.x) * scale + width / 2, y: (y - centre.y) * scale + height / 2, width, height, toWorld });
  const reach = { x: (width / 2 + 200) / scale, y: (height / 2 + 60) / scale };
  const isNear = ({ x, y }) => Math.abs(x - centre.x) < reach.x && Math.abs(y - centre.y) < reach.y;
  const tools = { scale, project, isNear, obstacles: new Grid(), names: new Grid() };
  addShapes(tools);
  const marks = listMarks(tools);
  marks.filter(({ one }) => !one.joined).forEach((mark) => drawMark(ctx, mark, tools));
  drawLabels(ctx, tools);
  marks.filter(({ one }) => one.joined).forEach((mark) => drawMark(ctx, mark, tools));
  marks.filter(({ strong }) => strong).forEach(({ one, at }) => drawWords(ctx, one, project(at(0.5)), tools));
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
  view.setSize(); // else vis-network learns of a new size later and scales what fits now
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
