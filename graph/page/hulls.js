// Soft areas behind the bodies of a group. Neighbouring bodies of one group (by Delaunay triangulation, so that no
// body of another group lies between them) share an area, which is padded and rounded.

const PAD = 30; // how far an area reaches beyond its bodies, at zoom 1
const REACH = 340; // bodies of a group further apart than this have areas of their own

let areas = null; // made when first drawn; null when bodies have moved

function forgetAreas() {
  areas = null;
}

function listAreas() {
  if (areas) return areas;
  const ids = shownNodes.filter((id) => typeof id === "number" && isFoldable(nodes[id].community) && view.body.nodes[id]);
  const places = ids.map((id) => view.body.nodes[id]);
  const byGroup = new Map();
  ids.forEach((id, at) => {
    const group = nodes[id].community;
    if (!byGroup.has(group)) byGroup.set(group, { group, ids: [], triangles: [], lines: [], near: new Set() });
    byGroup.get(group).ids.push(id);
    byGroup.get(group).lines.push([places[at], places[at]]);
  });
  const { triangles } = Delaunator.from(places, ({ x }) => x, ({ y }) => y);
  for (let i = 0; i < triangles.length; i += 3) addTriangle(byGroup, [0, 1, 2].map((corner) => triangles[i + corner]), { ids, places });
  areas = [...byGroup.values()].filter((area) => area.ids.length > 1).sort((a, b) => b.ids.length - a.ids.length || a.group - b.group);
  chooseTints(areas);
  return areas;
}

function addTriangle(byGroup, corners, { ids, places }) {
  const groups = corners.map((corner) => nodes[ids[corner]].community);
  const sides = [[0, 1], [1, 2], [2, 0]];
  const near = ([a, b]) => Math.hypot(places[corners[a]].x - places[corners[b]].x, places[corners[a]].y - places[corners[b]].y) < REACH;
  const own = sides.filter((side) => groups[side[0]] === groups[side[1]] && near(side));
  own.forEach(([a, b]) => byGroup.get(groups[a]).lines.push([places[corners[a]], places[corners[b]]]));
  if (own.length === 3) byGroup.get(groups[0]).triangles.push(corners.map((corner) => places[corner]));
  sides.forEach(([a, b]) => groups[a] !== groups[b] && (byGroup.get(groups[a]).near.add(groups[b]), byGroup.get(groups[b]).near.add(groups[a])));
}

// Areas that touch get different tints, as countries on a map do.
function chooseTints(list) {
  const tints = new Map();
  for (const area of list) {
    const used = new Set([...area.near].map((group) => tints.get(group)));
    const free = Array.from({ length: TINTS }, (_, i) => (area.group + i) % TINTS).find((tint) => !used.has(tint));
    tints.set(area.group, free ?? area.group % TINTS);
    area.tint = tints.get(area.group);
  }
}

// Each area is drawn twice, wider in the colour of its outline and then in its tint, so that its parts become one.
function drawAreas(ctx) {
  if (!state.shading) return;
  ctx.save();
  ctx.lineJoin = ctx.lineCap = "round";
  const rim = Math.max(1.5, 1.3 / view.getScale());
  for (const area of listAreas()) {
    const { fill, line } = theme().groups[area.tint];
    for (const [color, pad] of [[line, PAD + rim], [fill, PAD]]) {
      ctx.strokeStyle = ctx.fillStyle = color;
      ctx.lineWidth = 2 * pad;
      traceArea(ctx, area);
      ctx.stroke();
      ctx.fill();
    }
  }
  ctx.restore();
}

function traceArea(ctx, { lines, triangles }) {
  ctx.beginPath();
  for (const [a, b] of lines) {
    ctx.moveTo(a.x, a.y);
    ctx.lineTo(b.x + 0.01, b.y);
  }
  for (const [a, b, c] of triangles) {
    ctx.moveTo(a.x, a.y);
    ctx.lineTo(b.x, b.y);
    ctx.lineTo(c.x, c.y);
    ctx.closePath();
  }
}

// The names of the marked groups, the largest first, above or below their areas where they cover nothing.
function nameAreas(ctx, { project, scale, names, obstacles }) {
  if (!state.shading) return;
  for (const area of listAreas()) {
    const spots = area.ids.map((id) => project(view.body.nodes[id]));
    if (area.ids.length < GROUP_LEAST || !spots.some((at) => at.x > 0 && at.y > 0 && at.x < at.width && at.y < at.height)) continue;
    const lines = wrapLabel(nameGroup(area.group));
    ctx.font = `600 12.5px ${FONT}`;
    const width = Math.max(...lines.map((line) => ctx.measureText(line).width)) + 4;
    const height = lines.length * 12.5 * LINE_HEIGHT + 2;
    const box = listNameBoxes(spots, { width, height, pad: PAD * scale }).find((one) => names.isFree(one) && obstacles.isFree(one) && isInside(one, spots[0]));
    if (!box) continue;
    names.add(box);
    labelBoxes.push({ box, node: groupId(area.group) });
    writeLines(ctx, lines, { box, align: "center" }, { toWorld: spots[0].toWorld, size: 12.5, scale, bold: true, color: theme().groups[area.tint].name });
  }
}

function listNameBoxes(spots, { width, height, pad }) {
  const [xs, ys] = [spots.map(({ x }) => x), spots.map(({ y }) => y)];
  const [left, right, top, bottom] = [xs, ys].flatMap((values) => [Math.min(...values), Math.max(...values)]);
  const middle = { x: xs.reduce((sum, x) => sum + x, 0) / xs.length, y: ys.reduce((sum, y) => sum + y, 0) / ys.length };
  const highest = spots[ys.indexOf(top)].x;
  const lowest = spots[ys.indexOf(bottom)].x;
  const centres = [
    [highest, top - pad - height / 2 - 4], [lowest, bottom + pad + height / 2 + 4], [middle.x, top - pad - height / 2 - 4], [middle.x, bottom + pad + height / 2 + 4],
    [middle.x, middle.y], [middle.x, middle.y - 40], [middle.x, middle.y + 40], [left - pad - width / 2, middle.y], [right + pad + width / 2, middle.y],
    [highest, top + height], [lowest, bottom - height],
  ];
  return centres.map(([x, y]) => [x - width / 2, y - height / 2, x + width / 2, y + height / 2]);
}
