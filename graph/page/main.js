// What happens when: selection, filters, keys, and the first picture.

const pictureView = document.getElementById("picture-view");
const tableView = document.getElementById("table-view");
const pictureButton = document.getElementById("show-picture");
const tableButton = document.getElementById("show-table");
const filterButton = document.getElementById("toggle-filters");
const filters = document.getElementById("filters");
const tip = document.getElementById("tip");
const NOTHING_FOUND = "There is nothing to draw: no body was found in the documents that this page was made from.";
const NOTHING_SAID = "There are no lines to draw: nothing in the documents that this page was made from was read as saying who works with whom.";

function isSelectedNode(index) {
  return Boolean(state.selection) && state.selection.node === index;
}

// Draw what the state says. A step is something that "back" should undo.
function refresh({ step = false } = {}) {
  const shown = listShown();
  const selected = state.selection;
  showView();
  drawOnce(() => showChosen(shown, selected));
  keepAddress({ step });
}

// vis-network draws the whole picture after each change of its data; once after all of them is enough.
function drawOnce(action) {
  view.body.emitter.emit("_blockRedraw");
  try {
    action();
  } finally {
    view.body.emitter.emit("_allowRedraw");
    view.body.emitter.emit("_requestRedraw");
  }
}

function showChosen(shown, selected) {
  redrawPicture(shown);
  updateFilters();
  drawChosen(shown);
  if (!tableView.hidden) drawTable(shown);
  updateGroups();
  writeShown(shown);
  if (selected && !state.selection) closePanel();
  showSelection();
}

// Select { node }, { bundle }, { way } or nothing: the panel tells about it and the rest fades.
function select(selection) {
  state.selection = selection;
  if (!selection) closePanel();
  showSelection();
  keepAddress({ step: true });
}

function showSelection() {
  const { selection } = state;
  if (!selection) emphasise(null); // the guide stays open
  else if (selection.way) showRoute();
  else if (selection.bundle) {
    const { low, high } = bundles.get(selection.bundle);
    if (bundles.get(selection.bundle).joined) showGroupLine(selection.bundle);
    else showBundle(selection.bundle);
    emphasise({ nodes: new Set([low, high]), bundles: new Set([selection.bundle]) });
  } else if (selection.group !== undefined) {
    showGroup(selection.group);
    emphasiseGroup(selection.group);
  } else {
    showBody(selection.node);
    emphasise(state.focus && state.focus.node === selection.node ? null : listAround(selection.node));
  }
}

function listAround(index) {
  const around = [...bundles.values()].filter(({ low, high }) => low === index || high === index);
  return { nodes: new Set([index, ...around.flatMap(({ low, high }) => [low, high])]), bundles: new Set(around.map(({ id }) => id)) };
}

function openNode(index, { move }) {
  const undone = reveal(index);
  state.selection = { node: index };
  refresh({ step: true });
  if (undone) notify(`The filters hid “${labelOf(index)}”, so they were taken back.`);
  if (move && tableView.hidden) requestAnimationFrame(() => fitPicture(emphasis ? [...emphasis.nodes] : null));
  panel.focus();
}

function showTable(wanted) {
  state.view = wanted ? "table" : "picture";
  refresh({ step: true });
}

function showView() {
  const reading = state.view === "table";
  tableView.hidden = !reading;
  pictureView.hidden = reading;
  document.getElementById("zoom").hidden = reading;
  document.querySelector(".workspace").classList.toggle("reading", reading);
  tableButton.setAttribute("aria-pressed", String(reading));
  pictureButton.setAttribute("aria-pressed", String(!reading));
}

function toggleFilters(open) {
  filters.classList.toggle("open", open);
  filterButton.setAttribute("aria-expanded", String(open));
}

function startPointer() {
  view.on("click", ({ nodes: hitNodes, edges: hitEdges, pointer }) => {
    toggleFilters(false);
    tip.hidden = true;
    const index = hitNodes.length ? hitNodes[0] : findLabel(pointer.DOM.x, pointer.DOM.y);
    if (index !== null) select(groupOf(index) === null ? { node: index } : { group: groupOf(index) });
    else select(hitEdges.length ? { bundle: hitEdges[0] } : null);
    if (state.selection) uncover(index === null || !view.body.nodes[index] ? [...emphasis.nodes] : [index]);
  });
  view.on("hoverNode", ({ node, pointer }) => showTip(pointer.DOM, ...describeItem(node)));
  view.on("hoverEdge", ({ edge, pointer }) => {
    hovered = edge;
    showTip(pointer.DOM, ...describeBundle(bundles.get(edge)));
  });
  for (const gone of ["blurNode", "blurEdge", "dragStart", "zoom"]) {
    view.on(gone, () => {
      hovered = null;
      tip.hidden = true;
    });
  }
}

function showTip({ x, y }, text, note) {
  tip.replaceChildren(isolate(shorten(text, 240)), element("small", {}, isolate(note)));
  tip.hidden = false;
  tip.style.left = "0";
  tip.style.left = `${Math.max(6, Math.min(x + 14, container.clientWidth - tip.offsetWidth - 6))}px`;
  tip.style.top = `${y + 18 + tip.offsetHeight > container.clientHeight ? y - tip.offsetHeight - 12 : y + 18}px`;
}

function startButtons() {
  const on = (id, action) => document.getElementById(id).addEventListener("click", action);
  on("zoom-in", () => zoomBy(1.25));
  on("zoom-out", () => zoomBy(0.8));
  on("zoom-fit", () => fitPicture());
  on("show-picture", () => showTable(false));
  on("show-table", () => showTable(true));
  on("toggle-filters", () => {
    toggleFilters(!filters.classList.contains("open"));
    if (filters.classList.contains("open")) filters.focus();
  });
  on("help", () => {
    if (helpButton.getAttribute("aria-expanded") === "true") return select(null);
    showGuide();
    return panel.focus();
  });
  on("reset", () => {
    resetState();
    searchBox.value = "";
    documentsBox.value = "";
    drawDocuments();
    closePanel();
    refresh({ step: true });
    fitPicture();
  });
  const skip = (address, reading, to) => document.querySelector(`.skip[href="${address}"]`).addEventListener("click", (event) => {
    event.preventDefault(); // the address has other things to keep
    showTable(reading);
    to.focus();
  });
  skip("#picture", false, container);
  skip("#table-view", true, tableView);
}

// Show what the address asks for: its body in the middle, else the whole picture.
function showAddress() {
  if (state.selection && state.selection.node !== undefined) reveal(state.selection.node);
  else closePanel();
  refresh();
  fitPicture(emphasis ? [...emphasis.nodes] : null);
  notifyMissing();
}

colourShapes();
startPicture();
drawFilters();
startSearch();
startTable();
startShare();
startPrint();
startPointer();
startKeys();
startButtons();
startFilters();
startFocus();
startGroups();
startOverview();
startSettle();
startReturning();
startAddress(showAddress);
readAddress();
showAddress();
for (const query of ["(prefers-color-scheme: dark)", "(prefers-contrast: more)", "(forced-colors: active)"]) {
  matchMedia(query).addEventListener("change", () => {
    colourShapes();
    drawFilters();
    refresh();
  });
}
document.documentElement.dataset.ready = "yes";
