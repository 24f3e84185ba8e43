// Names on the picture: the same size at every zoom, never one over another, important ones first.

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';
const LINE_LENGTH = 20; // characters after which a name goes on in the next line
const LINES = 3;
const CELL = 64; // pixels; side of the cells of the grid that finds collisions

let labelBoxes = []; // where names stand, on screen, so that they can be clicked: { box, node }
const wrapped = new Map();

function wrapLabel(text) {
  if (wrapped.has(text)) return wrapped.get(text);
  const lines = [""];
  const words = text.slice(0, 200).replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ").split(/\s+/);
  for (const word of words) {
    const last = lines[lines.length - 1];
    if (last && (last + word).length >= LINE_LENGTH) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  const kept = lines.slice(0, LINES).map((line) => shorten(line, LINE_LENGTH + 8));
  if (lines.length > LINES) kept[LINES - 1] = `${kept[LINES - 1].replace(/[…,;:]$/, "")}…`;
  wrapped.set(text, kept);
  return kept;
}

function shorten(text, length) {
  const characters = Array.from(text);
  return characters.length > length ? `${characters.slice(0, length - 1).join("")}…` : text;
}

class Grid {
  constructor() {
    this.cells = new Map();
  }

  cellsOf(box) {
    const keys = [];
    for (let x = Math.floor(box[0] / CELL); x <= Math.floor(box[2] / CELL); x++) {
      for (let y = Math.floor(box[1] / CELL); y <= Math.floor(box[3] / CELL); y++) keys.push(x * 100003 + y);
    }
    return keys;
  }

  add(box) {
    for (const key of this.cellsOf(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }

  isFree(box) {
    return this.cellsOf(box).every((key) =>
      (this.cells.get(key) || []).every((b) => b[2] <= box[0] || b[0] >= box[2] || b[3] <= box[1] || b[1] >= box[3]));
  }
}

// Draw the names that fit. `screen` turns a position into pixels; `emphasis` is a Set of nodes or null.
function drawLabels(ctx, screen, scale, shownNodes, emphasis) {
  const grid = new Grid();
  const spots = shownNodes.map((index) => ({ index, at: screen(nodes[index]), r: Math.max(nodes[index].size * scale, 3) }));
  const near = spots.filter(({ at }) => at.x > -200 && at.y > -60 && at.x < at.width + 200 && at.y < at.height + 60);
  near.forEach(({ at, r }) => grid.add([at.x - r, at.y - r, at.x + r, at.y + r]));
  labelBoxes = [];
  const first = emphasis ? near.filter(({ index }) => emphasis.has(index)) : [];
  const rest = emphasis ? near.filter(({ index }) => !emphasis.has(index)) : near;
  for (const spot of first) placeLabel(ctx, grid, spot, scale, 1);
  for (const spot of rest) placeLabel(ctx, grid, spot, scale, emphasis ? theme().dim * 1.6 : 1);
  return grid;
}

function placeLabel(ctx, grid, { index, at, r }, scale, opacity) {
  const node = nodes[index];
  const size = Math.min(15, 11.5 + countNeighbours(index) * 0.22);
  const bold = countNeighbours(index) >= 5 || isSelectedNode(index);
  const lines = wrapLabel(node.label);
  ctx.font = `${bold ? 600 : 400} ${size}px ${FONT}`;
  const width = Math.max(...lines.map((line) => ctx.measureText(line).width)) + 4;
  const height = lines.length * size * 1.16 + 2;
  const gap = r + 3;
  const boxes = [
    [at.x - width / 2, at.y + gap, "center"],
    [at.x + gap, at.y - height / 2, "left"],
    [at.x - width / 2, at.y - gap - height, "center"],
    [at.x - gap - width, at.y - height / 2, "right"],
  ].map(([x, y, align]) => ({ box: [x, y, x + width, y + height], align }));
  const free = boxes.find(({ box }) => grid.isFree(box)) || (isSelectedNode(index) ? boxes[0] : null);
  if (!free) return;
  grid.add(free.box);
  labelBoxes.push({ box: free.box, node: index });
  writeLines(ctx, lines, free, at, { size, scale, opacity, bold });
}

function writeLines(ctx, lines, { box, align }, at, { size, scale, opacity, bold, color }) {
  ctx.save();
  ctx.globalAlpha = opacity;
  ctx.font = `${bold ? 600 : 400} ${size / scale}px ${FONT}`;
  ctx.textAlign = align;
  ctx.textBaseline = "top";
  ctx.lineJoin = "round";
  ctx.strokeStyle = theme().ground;
  ctx.fillStyle = color || theme().ink;
  ctx.lineWidth = 3.6 / scale;
  const x = { center: (box[0] + box[2]) / 2, left: box[0] + 2, right: box[2] - 2 }[align];
  lines.forEach((line, number) => {
    const point = at.toWorld(x, box[1] + 1 + number * size * 1.16);
    ctx.strokeText(line, point.x, point.y);
    ctx.fillText(line, point.x, point.y);
  });
  ctx.restore();
}

function findLabel(x, y) {
  const found = labelBoxes.find(({ box }) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3]);
  return found ? found.node : null;
}
