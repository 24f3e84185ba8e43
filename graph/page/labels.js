// Names on the picture: the same size at every zoom, never one over another, important ones first.

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';
const LINE_LENGTH = 20; // characters after which a name goes on in the next line
const LINES = 3;
const LINE_HEIGHT = 1.16; // of the size of the letters
const HUBS = 14; // how many of the most connected bodies always get their name
const ATTEMPTS = 300; // names that are tried; more than fit on a screen
const CELL = 64; // pixels; side of the cells of the grid that finds collisions

let labelBoxes = []; // where names stand, on screen, so that they can be clicked: { box, node }

function wrapLabel(text, most = LINES) {
  const lines = [""];
  const words = text.slice(0, 200).replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ").split(/\s+/);
  for (const word of words) {
    const last = lines[lines.length - 1];
    if (last && (last + word).length >= LINE_LENGTH) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  const kept = lines.slice(0, most).map((line) => shorten(line, LINE_LENGTH + 8));
  if (lines.length > most) kept[most - 1] = `${kept[most - 1].replace(/[…,;:]$/, "")}…`;
  return kept;
}

function shorten(text, length) {
  if (text.length <= length) return text;
  const characters = Array.from(text);
  return characters.length > length ? `${characters.slice(0, length - 1).join("")}…` : text;
}

// Boxes on the screen, found again by the cells that they touch.
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

  // Whether no box overlaps this one.
  isFree(box) {
    for (let x = Math.floor(box[0] / CELL); x <= Math.floor(box[2] / CELL); x++) {
      for (let y = Math.floor(box[1] / CELL); y <= Math.floor(box[3] / CELL); y++) {
        for (const b of this.cells.get(x * 100003 + y) || []) if (b[2] > box[0] && b[0] < box[2] && b[3] > box[1] && b[1] < box[3]) return false;
      }
    }
    return true;
  }

  // How many of the boxes overlap this one.
  count(box) {
    const hit = new Set();
    for (const key of this.cellsOf(box)) {
      for (const b of this.cells.get(key) || []) if (b[2] > box[0] && b[0] < box[2] && b[3] > box[1] && b[1] < box[3]) hit.add(b);
    }
    return hit.size;
  }
}

// What no name should cover: the shapes in view.
function addShapes({ scale, project, isNear, obstacles }) {
  for (const id of shownNodes) {
    const body = view.body.nodes[id];
    if (!body || !isNear(body) || (emphasis && !emphasis.nodes.has(id))) continue; // what fades keeps its shape and loses its name
    const { x, y } = project(body);
    const r = Math.max(drawnSize(id) * scale, 3);
    obstacles.add([x - r, y - r, x + r, y + r]);
  }
}

// Draw the names that fit between `obstacles` and one another, as many as a screen can hold.
function drawLabels(ctx, tools) {
  const { project, isNear, scale } = tools;
  labelBoxes = [];
  const near = shownNodes.filter((id) => view.body.nodes[id] && isNear(view.body.nodes[id]) && (!emphasis || emphasis.nodes.has(id)));
  const forced = new Set(near.slice(0, emphasis ? HUBS * 2 : HUBS).filter((id) => typeof id === "number" || isSelected(id)));
  const first = near.slice(0, ATTEMPTS).sort((a, b) => Number(isSelected(b)) - Number(isSelected(a)));
  const place = (id) => placeLabel(ctx, { index: id, at: project(view.body.nodes[id]), r: Math.max(drawnSize(id) * scale, 3) }, { ...tools, forced: forced.has(id) });
  first.slice(0, HUBS / 2).forEach(place);
  if (!emphasis) nameAreas(ctx, tools);
  first.slice(HUBS / 2).forEach(place);
}

// A name goes below, beside or above its shape, where it covers nothing. The names of the most connected
// bodies and of what is selected may cover a shape or two, never another name.
function placeLabel(ctx, { index, at, r }, { names, obstacles, scale, forced }) {
  const { lines, size, bold, width, height } = measureLabel(ctx, index);
  const spots = listSpots(at, r + 3, width, height).filter(({ box }) => isInside(box, at) && names.isFree(box));
  let free = spots.find(({ box }) => obstacles.isFree(box));
  if (!free && forced) free = spots.sort((a, b) => obstacles.count(a.box) - obstacles.count(b.box))[0];
  if (!free) return;
  names.add(free.box);
  labelBoxes.push({ box: free.box, node: index });
  writeLines(ctx, lines, free, { toWorld: at.toWorld, size, scale, bold, color: theme().ink });
}

const measured = new Map();

function measureLabel(ctx, id) {
  const bold = weigh(id) >= 5 || isSelected(id);
  const { label, short = label } = itemOf(id);
  const key = `${id} ${bold} ${typeof id === "number" ? "" : short}`;
  if (!measured.has(key)) {
    const size = Math.min(15, 11.5 + weigh(id) * 0.22);
    const lines = wrapLabel(short, short === label ? LINES : 2);
    ctx.font = `${bold ? 600 : 400} ${size}px ${FONT}`;
    const width = Math.max(...lines.map((line) => ctx.measureText(line).width)) + 4;
    measured.set(key, { lines, size, bold, width, height: lines.length * size * LINE_HEIGHT + 2 });
  }
  return measured.get(key);
}

function listSpots(at, gap, width, height) {
  const near = gap * 0.7;
  return [
    [at.x - width / 2, at.y + gap, "center"],
    [at.x + gap, at.y - height / 2, "left"],
    [at.x - gap - width, at.y - height / 2, "right"],
    [at.x - width / 2, at.y - gap - height, "center"],
    [at.x + near, at.y + near, "left"],
    [at.x - near - width, at.y + near, "right"],
    [at.x + near, at.y - near - height, "left"],
    [at.x - near - width, at.y - near - height, "right"],
  ].map(([x, y, align]) => ({ box: [x, y, x + width, y + height], align }));
}

// A name is not cut by the edge of the picture, unless its shape is.
function isInside(box, { x, y, width, height }) {
  if (x < 0 || y < 0 || x > width || y > height) return true;
  return box[0] >= 2 && box[1] >= 2 && box[2] <= width - 2 && box[3] <= height - 2;
}

function writeLines(ctx, lines, { box, align }, { toWorld, size, scale, bold, color }) {
  ctx.save();
  ctx.font = `${bold ? 600 : 400} ${size / scale}px ${FONT}`;
  ctx.textAlign = align;
  ctx.textBaseline = "top";
  ctx.lineJoin = "round";
  ctx.strokeStyle = theme().ground;
  ctx.fillStyle = color;
  ctx.lineWidth = 3.6 / scale;
  const x = { center: (box[0] + box[2]) / 2, left: box[0] + 2, right: box[2] - 2 }[align];
  lines.forEach((line, number) => {
    const point = toWorld(x, box[1] + 1 + number * size * LINE_HEIGHT);
    ctx.strokeText(line, point.x, point.y);
    ctx.fillText(line, point.x, point.y);
  });
  ctx.restore();
}

function findLabel(x, y) {
  const found = labelBoxes.find(({ box }) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3]);
  return found ? found.node : null;
}
