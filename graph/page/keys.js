// The page by keyboard: its keys, the way from body to body, and what is told about each.

const KEYS = [
  ["Tab", "go from one control to the next; with Shift, back"],
  ["/", "from the picture to the search box"],
  ["← ↑ → ↓", "move the picture"],
  ["+ −", "zoom in and out"],
  ["0", "show the whole picture"],
  ["1 2 3", "show only what is that many steps from the body that was reached; 0 or Esc shows all again"],
  ["N P", "go to the next body or the previous one, the best connected first"],
  ["Shift+→ Shift+←", "go along the lines of a body, clockwise or back"],
  ["Enter", "open the body that was reached"],
  ["1 2 3", "show only what is that many steps from the body that is open; 0 shows all again"],
  ["Esc", "close what is open"],
];

const EDGE = 70; // pixels between a body that was walked to and the edge of the picture

let walk = { at: null, from: null }; // the body reached, and the one whose lines are followed

// The keys of the picture work only while it has the focus, so that they are free for other tools elsewhere.
const PICTURE_KEYS = {
  ArrowLeft: () => panBy(-60, 0), ArrowRight: () => panBy(60, 0), ArrowUp: () => panBy(0, -60), ArrowDown: () => panBy(0, 60),
  "+": () => zoomBy(1.25), "=": () => zoomBy(1.25), "-": () => zoomBy(0.8), 0: () => fitPicture(),
  n: () => walkOn(1), p: () => walkOn(-1), "Shift ArrowRight": () => walkAround(1), "Shift ArrowLeft": () => walkAround(-1),
  "Shift ArrowDown": () => walkOn(1), "Shift ArrowUp": () => walkOn(-1),
  Enter: () => openReached(), "/": () => searchBox.focus(),
};

function startKeys() {
  container.querySelector("[tabindex]").removeAttribute("tabindex"); // what vis-network adds would be a second stop without a name
  container.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const shifted = event.shiftKey && event.key.startsWith("Arrow") ? `Shift ${event.key}` : event.key;
    const key = shifted.length === 1 ? shifted.toLowerCase() : shifted;
    if (!Object.hasOwn(PICTURE_KEYS, key)) return;
    PICTURE_KEYS[key]();
    event.preventDefault();
  });
  container.addEventListener("blur", () => {
    tip.hidden = true;
    view.redraw(); // the mark of the body that was reached goes with the focus
  });
  container.addEventListener("focus", () => view.redraw());
  document.addEventListener("keydown", (event) => event.key === "Escape" && closeTop());
  view.on("afterDrawing", markReached);
}

// Escape takes back one thing at a time: the filters where they lie over the picture, then what is selected.
function closeTop() {
  tip.hidden = true;
  if (filters.classList.contains("open")) toggleFilters(false);
  else if (!leaveNear()) select(null);
}

// The next body by how many others it is linked to.
function walkOn(step) {
  if (!shownNodes.length) return;
  const place = shownNodes.indexOf(reached());
  const next = place < 0 && step < 0 ? shownNodes.length - 1 : (place + step + shownNodes.length) % shownNodes.length;
  goTo(shownNodes[next], { from: null, place: `${next + 1} of ${shownNodes.length}` });
}

// The next line of one body, all the way around it, beginning at the top.
function walkAround(step) {
  const from = walk.from !== null && shownNodes.includes(walk.from) ? walk.from : reached();
  if (from === null) return walkOn(1);
  const around = listAroundClockwise(from);
  if (!around.length) return say(`${tellBody(from)}, no line is shown`);
  const place = around.indexOf(walk.from === null ? null : walk.at);
  const next = place < 0 ? (step > 0 ? 0 : around.length - 1) : (place + step + around.length) % around.length;
  return goTo(around[next], { from, place: `${next + 1} of ${around.length} around ${shorten(describeItem(from)[0], 80)}` });
}

// The body that was walked to, else the one that is selected; null when neither is on screen.
function reached() {
  const chosen = state.selection && state.selection.node !== undefined ? state.selection.node : null;
  return [walk.at, chosen].find((index) => index !== null && shownNodes.includes(index)) ?? null;
}

function listAroundClockwise(from) {
  const lines = [...bundles.values()].filter(({ low, high }) => (low === from) !== (high === from));
  const others = [...new Set(lines.map(({ low, high }) => (low === from ? high : low)))];
  const { x, y } = view.body.nodes[from];
  const turn = (index) => (Math.atan2(view.body.nodes[index].x - x, y - view.body.nodes[index].y) + 2 * Math.PI) % (2 * Math.PI);
  return others.sort((a, b) => turn(a) - turn(b) || a - b);
}

function goTo(index, { from, place }) {
  walk = { at: index, from };
  bringIntoView(index);
  const { x, y } = view.canvasToDOM(view.body.nodes[index]);
  showTip({ x, y: y + itemOf(index).size * view.getScale() }, ...describeItem(index));
  view.redraw();
  say(`${tellBody(index)}, ${place}`);
}

function tellBody(index) {
  const [name, note] = describeItem(index);
  return `${shorten(name, 160)}, ${note[0].toLowerCase()}${note.slice(1).replace(" · ", ", ")}`;
}

function bringIntoView(index) {
  const { x, y } = view.canvasToDOM(view.body.nodes[index]);
  const cover = measureCover();
  const over = (place, size) => Math.max(0, place - (size - EDGE)) + Math.min(0, place - EDGE);
  panBy(over(x, container.clientWidth - cover.right), over(y, container.clientHeight - cover.bottom));
}

function openReached() {
  const index = reached();
  if (index === null) return;
  walk = { at: index, from: null };
  if (groupOf(index) === null) openNode(index, { move: false });
  else openGroup(groupOf(index));
}

// A broken ring: not the ring of what is selected.
function markReached(ctx) {
  const place = document.activeElement === container && walk.at !== null && view.body.nodes[walk.at];
  if (!place) return;
  const scale = view.getScale();
  ctx.save();
  ctx.beginPath();
  ctx.arc(place.x, place.y, itemOf(walk.at).size + 9 / scale, 0, 2 * Math.PI);
  for (const [color, width, dash] of [[theme().ground, 6, []], [theme().accent, 3, [7, 4]]]) {
    Object.assign(ctx, { strokeStyle: color, lineWidth: width / scale });
    ctx.setLineDash(dash.map((length) => length / scale));
    ctx.stroke();
  }
  ctx.restore();
}
