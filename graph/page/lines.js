// Lines: statements between the same two shapes drawn as one, with a count, and what is marked on them.

const SPREAD = [0.16, -0.16, 0.36]; // how far lines between the same two bodies bend, by their rank
const COUNTS_AT_ONCE = 160; // marks on lines at a time
const JOINED_COUNTS = 40; // of them, on lines to or from folded groups

// Statements between the same two bodies with the same status are one line with a count. To or from a folded
// group it is one line whatever the status, drawn as the strongest that it holds.
function bundle(shown) {
  const made = new Map();
  for (const edge of shown) {
    const ends = [standIn(edge.from), standIn(edge.to)];
    if (ends[0] === ends[1] && typeof ends[0] === "string") continue;
    const [low, high] = ends.sort(compareEnds);
    const joined = typeof high === "string";
    const key = `${low}-${high}-${joined ? "" : edge.status}`;
    if (!made.has(key)) made.set(key, { low, high, joined, edges: [] });
    made.get(key).edges.push(edge);
  }
  return [...made.values()].map((one) => {
    const status = STATUSES.find((name) => one.edges.some((edge) => edge.status === name)) || "asserted";
    return { ...one, status, id: `${one.low}-${one.high}-${status}` };
  });
}

// Bodies by number, then groups by number.
function compareEnds(a, b) {
  const [x, y] = [groupOf(a), groupOf(b)];
  return x === null && y === null ? a - b : x === null ? -1 : y === null ? 1 : x - y;
}

// How many statements run to each end, and how many run both ways by their nature.
function countWays(one) {
  const directed = one.edges.filter((edge) => !isSymmetric(edge.predicate));
  const high = directed.filter((edge) => standIn(edge.to) === one.high).length;
  return { high, low: directed.length - high, both: one.edges.length - directed.length };
}

function drawBundle(one, siblings) {
  const rank = siblings.indexOf(one.id);
  const { low, high } = one.joined ? { low: 0, high: 0 } : countWays(one);
  const arrow = (count) => ({ enabled: count > 0, scaleFactor: 0.55 });
  return {
    id: one.id,
    from: one.low,
    to: one.high,
    arrows: { to: arrow(high), from: arrow(one.low === one.high ? 0 : low) },
    dashes: { asserted: false, proposed: [9, 6], negated: [2, 6] }[one.status],
    width: Math.min(one.joined ? 9 : 5, 1.3 + Math.log2(one.edges.length) * 0.8),
    color: colorBundle(one),
    smooth: siblings.length > 1 ? { enabled: true, type: "curvedCW", roundness: SPREAD[rank] } : { enabled: false },
  };
}

function colorBundle(one) {
  const faint = emphasis && !emphasis.bundles.has(one.id);
  const strong = emphasis && !faint;
  const usual = one.joined ? Math.min(0.7, (bundles.size > 200 ? 0.12 : 0.4) + Math.log2(one.edges.length) * 0.09) : bundles.size > 800 ? 0.34 : 0.62;
  const opacity = faint ? theme().dim : strong ? 1 : usual;
  return { color: theme()[one.status], highlight: theme()[one.status], hover: theme()[one.status], inherit: false, opacity };
}

// Points on lines that something is written at, the lines with most statements first, only as far as they can be seen.
function listMarks({ scale, isNear }) {
  const marks = [];
  for (const one of bundles.values()) {
    const strong = hovered === one.id || Boolean(emphasis && emphasis.bundles.has(one.id));
    if (!strong && (one.status === "negated" ? scale < 0.25 : one.edges.length < 2 || scale < (one.joined ? 0.3 : 0.75))) continue;
    const line = view.body.edges[one.id];
    if (!line || !line.connected || !(isNear(line.from) || isNear(line.to))) continue;
    marks.push({ one, strong, at: (share) => line.edgeType.getPoint(share) });
  }
  marks.sort((a, b) => Number(b.strong) - Number(a.strong) || b.one.edges.length - a.one.edges.length);
  let joined = 0;
  return marks.filter(({ one, strong }) => strong || !one.joined || (joined += 1) <= JOINED_COUNTS).slice(0, COUNTS_AT_ONCE);
}

// What stands on a line: a cross in its middle when it is denied, else how many statements it holds; where they run
// both ways, how many run to each end, near that end.
function drawMark(ctx, { one, strong, at }, { scale, project, obstacles, names }) {
  const denied = one.status === "negated" && !one.joined;
  ctx.save();
  ctx.globalAlpha = emphasis && !strong ? theme().dim : 1;
  const put = (share, draw) => {
    const point = at(share);
    const { x, y } = project(point);
    const box = [x - 8, y - 8, x + 8, y + 8];
    if (one.joined && !(names.isFree(box) && (strong || obstacles.isFree(box)))) return;
    draw(point);
    if (!emphasis || strong) obstacles.add(box);
  };
  if (denied) put(0.5, (point) => drawCross(ctx, point, scale));
  else if (one.edges.length > 1) {
    const ways = one.joined ? { high: 0, low: 0 } : countWays(one);
    if (ways.high && ways.low) {
      put(0.68, (point) => drawCount(ctx, point, { one, count: ways.high, scale }));
      put(0.32, (point) => drawCount(ctx, point, { one, count: ways.low, scale }));
      if (ways.both) put(0.5, (point) => drawCount(ctx, point, { one, count: ways.both, scale }));
    } else put(0.5, (point) => drawCount(ctx, point, { one, count: one.edges.length, scale }));
  }
  ctx.restore();
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

function drawCount(ctx, middle, { one, count, scale }) {
  ctx.beginPath();
  ctx.arc(middle.x, middle.y, (count > 99 ? 11 : 8) / scale, 0, 2 * Math.PI);
  ctx.fillStyle = theme().ground;
  ctx.fill();
  ctx.strokeStyle = theme()[one.status];
  ctx.lineWidth = 1.2 / scale;
  ctx.stroke();
  ctx.fillStyle = theme().ink;
  ctx.font = `600 ${10.5 / scale}px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(String(count), middle.x, middle.y);
}

// Say below or above the middle of a line what it says, where there is room.
function drawWords(ctx, one, at, { scale, names, obstacles }) {
  const text = wordBundle(one);
  ctx.font = `400 11.5px ${FONT}`;
  const half = ctx.measureText(text).width / 2 + 3;
  const boxes = [9, -24].map((down) => [at.x - half, at.y + down, at.x + half, at.y + down + 15]);
  const box = boxes.find((candidate) => names.isFree(candidate) && obstacles.isFree(candidate));
  if (!box) return;
  names.add(box);
  const color = one.status === "asserted" ? theme().soft : theme()[one.status];
  writeLines(ctx, [text], { box, align: "center" }, { toWorld: at.toWorld, size: 11.5, scale, bold: false, color });
}

function wordBundle(one) {
  if (one.joined) return `${one.edges.length} statement${one.edges.length > 1 ? "s" : ""}`;
  const words = [...new Set(one.edges.map((edge) => wordRelation(edge.predicate)))];
  const prefix = { asserted: "", proposed: "proposed: ", negated: "not: " }[one.status];
  const { high, low } = countWays(one);
  return `${prefix}${words[0]}${words.length > 1 ? ` and ${words.length - 1} more` : ""}${high && low ? ", both ways" : ""}`;
}

// What a pointer over a line is told: the first of its statements, and what a click does.
function describeBundle(one) {
  const texts = one.edges.slice(0, 3).map((edge) => `${nodes[edge.from].label} ${wordRelation(edge.predicate)} ${nodes[edge.to].label}`);
  const rest = one.edges.length > 3 ? ` and ${one.edges.length - 3} more` : "";
  const status = one.joined ? `${one.edges.length} in all` : legend.statuses[one.status]?.name ?? "";
  return [shorten(texts.join("; "), 240) + rest, `${status} · click to read the sentence${one.edges.length > 1 ? "s" : ""}`];
}
