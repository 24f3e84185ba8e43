// The picture as it leaves the page: what is seen, black on white, with title, what is shown, and legend.

const SHEET_MARGIN = 28;
const LEGEND_ROW = 24;
const LEGEND_COLUMN = 236;

// Do something in the colours of paper, whatever those of the screen are.
function onPaper(action) {
  const recolor = () => {
    themeCache = null;
    edgeSet.update([...bundles.values()].map((one) => ({ id: one.id, color: colorBundle(one) })));
  };
  document.documentElement.dataset.paper = "yes";
  recolor();
  try {
    return action();
  } finally {
    delete document.documentElement.dataset.paper;
    recolor();
  }
}

// Draw the picture once more, into SVG. Under the list it has no size, so it is shown for as long, which nobody sees.
function drawScene() {
  const chosen = state.view;
  state.view = "picture";
  showView();
  const size = { width: container.clientWidth, height: container.clientHeight };
  const scene = svgElement("svg", { ...size, viewBox: `0 0 ${size.width} ${size.height}`, overflow: "hidden" });
  const context = new SvgContext(scene);
  view.canvas.getContext = () => context;
  try {
    view.renderer._redraw();
  } finally {
    delete view.canvas.getContext;
    state.view = chosen;
    showView();
  }
  return { scene, ...size };
}

// The whole sheet as one SVG element.
function drawSheet(shown = listShown()) {
  return onPaper(() => {
    const { scene, width: seen, height } = drawScene();
    const width = Math.max(seen, 520) + 2 * SHEET_MARGIN;
    const sheet = svgElement("svg", { width });
    const room = width - 2 * SHEET_MARGIN;
    let y = writeBlock(sheet, readTitle(), { y: SHEET_MARGIN, room, size: 22, weight: 600, color: theme().ink });
    y = writeBlock(sheet, describeView(shown), { y: y + 4, room, size: 13, weight: 400, color: theme().soft }) + 10;
    Object.entries({ x: (width - seen) / 2, y }).forEach(([name, value]) => scene.setAttribute(name, value));
    const frame = svgElement("rect", { x: SHEET_MARGIN, y, width: room, height, fill: theme().ground, stroke: theme().soft, "stroke-opacity": 0.35 });
    sheet.append(frame, scene);
    y = drawLegend(sheet, shown, { y: y + height + 26, room });
    return finishSheet(sheet, { width, height: y + SHEET_MARGIN, words: describeView(shown) });
  });
}

function finishSheet(sheet, { width, height, words }) {
  Object.entries({ height, viewBox: `0 0 ${width} ${height}`, role: "img" }).forEach(([name, value]) => sheet.setAttribute(name, value));
  const [title, note] = ["title", "desc"].map((name) => svgElement(name, {}));
  title.textContent = cleanText(readTitle());
  note.textContent = cleanText(words);
  sheet.prepend(title, note, svgElement("rect", { width, height, fill: theme().surface }));
  return sheet;
}

// Write a paragraph in lines; returns where it ends.
function writeBlock(sheet, words, { x = SHEET_MARGIN, y, room, size, weight, color }) {
  const font = `${weight} ${size}px ${FONT}`;
  const lines = breakLines(words, room, font);
  lines.forEach((line, number) => {
    const text = svgElement("text", { x, y: round(y + size * (0.9 + 1.35 * number)), fill: color, "font-family": FONT, "font-size": size, "font-weight": weight });
    text.textContent = cleanText(line);
    sheet.append(text);
  });
  return y + lines.length * size * 1.35;
}

function breakLines(words, room, font) {
  const rule = document.createElement("canvas").getContext("2d");
  rule.font = font;
  const lines = [""];
  for (const word of shorten(words, 2000).split(/\s+/)) {
    const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (rule.measureText(longer).width <= room || !lines.at(-1)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.slice(0, 12);
}

// What the marks mean: [mark, words].
function listLegend(shown) {
  const present = [...shown.nodes].map((index) => nodes[index]);
  const families = legend.families.filter((_, number) => present.some((node) => node.family === number));
  const kinds = ["collective", "unnamed"].filter((kind) => present.some((node) => kindOf(node) === kind));
  const statuses = STATUSES.filter((status) => shown.edges.some((edge) => edge.status === status));
  return [
    ...families.map(({ name, shape, color }) => [drawSwatch(shape, color), name]),
    ...kinds.map((kind) => [drawSwatch("dot", theme().soft, kind), { collective: "A whole group of bodies", unnamed: "A body that is not named" }[kind]]),
    ...statuses.map((status) => [drawLineSwatch(status), legend.statuses[status].name]),
  ];
}

// Entries in columns, as many as fit, then the signs that need more words; returns where they end.
function drawLegend(sheet, shown, { y, room }) {
  const entries = listLegend(shown);
  const columns = Math.max(1, Math.floor(room / LEGEND_COLUMN));
  const rowCount = Math.ceil(entries.length / columns);
  entries.forEach((entry, number) =>
    drawEntry(sheet, entry, { x: SHEET_MARGIN + Math.floor(number / rowCount) * LEGEND_COLUMN, y: y + (number % rowCount) * LEGEND_ROW, room: Infinity }));
  let end = y + rowCount * LEGEND_ROW;
  for (const [mark, words] of listSigns()) end = drawEntry(sheet, [mark, capitalise(words)], { x: SHEET_MARGIN, y: end, room }) + LEGEND_ROW - 18;
  return end;
}

// A mark with its words beside it; returns where the words end.
function drawEntry(sheet, [mark, words], { x, y, room }) {
  mark.setAttribute("x", x + 17 - Number(mark.getAttribute("width")) / 2);
  mark.setAttribute("y", y - Number(mark.getAttribute("height")) / 2);
  sheet.append(mark);
  return writeBlock(sheet, words, { x: x + 42, y: y - 7, room: room - 42, size: 13, weight: 400, color: theme().ink }) + 7;
}
