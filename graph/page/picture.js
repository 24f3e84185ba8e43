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

function redrawPicture(shown) {
  shownNodes = byDegree.filter((index) => shown.nodes.has(index));
  bundles = new Map(bundle(shown.edges).map((one) => [one.id, one]));
  const pairs = new Map();
  bundles.forEach((one) => pairs.set(`${one.low}-${one.high}`, [...(pairs.get(`${one.low}-${one.high}`) || []), one.id]));
  replaceAll(nodeSet, shownNodes.map((index) => ({ id: index, x: nodes[index].x, y: nodes[index].y, size: nodes[index].size })));
  replaceAll(edgeSet, [...bundles.values()].map((one) => drawBundle(one, pairs.get(`${one.low}-${one.high}`))));
}

// Change only what is different, so that a body that was dragged stays where it was put.
function replaceAll(set, items) {
  const wanted = new Map(items.map((item) => [item.id, item]));
  set.remove(set.getIds().filter((id) => !wanted.has(id)));
  const known = new Set(set.getIds());
  set.add(items.filter((item) => !known.has(item.id)));
  if (set === edgeSet) set.update(items.filter((item) => known.has(item.id)));
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
  const opacity = faint ? theme().dim : strong ? 1 : 0.62;
  return { color: theme()[one.status], highlight: theme()[one.status], hover: theme()[one.status], inherit: false, opacity };
}

function emphasise(next) {
  emphasis = next;
  edgeSet.update([...bundles.values()].map((one) => ({ id: one.id, color: colorBundle(one) })));
  view.redraw();
}

function renderNode({ ctx, id, x, y }) {
  const node = nodes[id];
  const r = node.size;
  const drawNode = () => {
    ctx.translate(x, y);
    ctx.globalAlpha = emphasis && !emphasis.nodes.has(id) ? theme().dim * 1.6 : 1;
    const path = new Path2D(tracePath(node.shape, node.kind === "collective" ? r * 0.72 : r));
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
  const width = container.clientWidth;
  const height = container.clientHeight;
  const toWorld = (x, y) => ({ x: (x - width / 2) / scale + centre.x, y: (y - height / 2) / scale + centre.y });
  const screen = ({ x, y }) => ({ x: (x - centre.x) * scale + width / 2, y: (y - centre.y) * scale + height / 2, width, height, toWorld });
  const where = (index) => screen(view.body.nodes[index] || nodes[index]);
  const grid = drawLabels(ctx, (node) => where(node.index), scale, shownNodes, emphasis && emphasis.nodes);
  bundles.forEach((one) => drawMark(ctx, one, { scale, screen, grid }));
}

// What stands in the middle of a line: a cross when it is denied, how many statements it holds, its words.
function drawMark(ctx, one, { scale, screen, grid }) {
  const line = view.body.edges[one.id];
  if (!line || !line.connected) return;
  const middle = line.edgeType.getPoint(0.5);
  const at = screen(middle);
  const strong = emphasis ? emphasis.bundles.has(one.id) : false;
  ctx.save();
  ctx.globalAlpha = emphasis && !strong ? theme().dim : 1;
  if (one.status === "negated") drawCross(ctx, middle, scale);
  else if (one.edges.length > 1 && scale > 0.45) drawCount(ctx, middle, one, scale);
  ctx.restore();
  if (strong || hovered === one.id) drawWords(ctx, one, at, scale, grid);
}

function drawCross(ctx, middle, scale) {
  const arm = 5 / scale;
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

function drawWords(ctx, one, at, scale, grid) {
  const words = [...new Set(one.edges.map((edge) => wordRelation(edge.predicate)))];
  const prefix = { asserted: "", proposed: "proposed: ", negated: "not: " }[one.status];
  const text = `${prefix}${words.slice(0, 2).join(", ")}${words.length > 2 ? "…" : ""}`;
  ctx.font = `400 11.5px ${FONT}`;
  const width = ctx.measureText(text).width + 6;
  const box = [at.x - width / 2, at.y + 9, at.x + width / 2, at.y + 24];
  if (!grid.isFree(box)) return;
  grid.add(box);
  const color = one.status === "asserted" ? theme().soft : theme()[one.status];
  writeLines(ctx, [text], { box, align: "center" }, at, { size: 11.5, scale, opacity: 1, bold: false, color });
}

function fitPicture(only = null) {
  view.fit({ nodes: only || shownNodes, maxZoomLevel: only ? 1.1 : 1.4, animation: calm.matches ? false : only ? { duration: 350 } : false });
}

function zoomBy(factor) {
  view.moveTo({ scale: Math.min(4, Math.max(0.05, view.getScale() * factor)) });
}

function panBy(x, y) {
  const { x: cx, y: cy } = view.getViewPosition();
  view.moveTo({ position: { x: cx + x / view.getScale(), y: cy + y / view.getScale() } });
}
