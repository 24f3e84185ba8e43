// The same as tables, of statements or of bodies: for reading, sorting and for those who do not use the picture.

const PAGE_LENGTH = 200;

// How a table is made: its words, its columns (`value` is what a column is sorted by) and a row.
const TABLES = {
  statements: {
    name: "Statements",
    caption: "Statements, each with its sentence",
    columns: [
      { name: "Body", value: (edge) => foldNode(edge.from) },
      { name: "Relation", value: (edge) => wordRelation(edge.predicate) },
      { name: "Other body", value: (edge) => foldNode(edge.to) },
      { name: "Status", value: (edge) => STATUSES.indexOf(edge.status) },
      { name: "Sentence", value: (edge) => (edge.sentences.length ? foldText(listSentences(edge)[0][1].slice(0, 100)) : "") },
      { name: "Document", value: (edge) => (edge.sentences.length ? foldText(documents[listSentences(edge)[0][0]].title) : "") },
      { name: "Date", value: (edge) => (edge.sentences.length ? documents[listSentences(edge)[0][0]].date || "" : "") },
    ],
    items: (shown) => shown.all,
    draw: drawStatementRow,
  },
  bodies: {
    name: "Bodies",
    caption: "Bodies, with what is said about each",
    columns: [
      { name: "Body", value: ({ node }) => foldNode(node.index) },
      { name: "Type", value: ({ node }) => foldText(nameType(node)) },
      { name: "Linked to", value: ({ linked }) => linked, number: true },
      { name: "Statements", value: ({ statements }) => statements, number: true },
      { name: "Group", value: ({ node }) => node.community ?? communities.length },
    ],
    items: listBodies,
    draw: drawBodyRow,
  },
};

const listing = { table: "statements", page: 0, order: { statements: { column: 0, down: false }, bodies: { column: 3, down: true } } };
const columnRow = document.getElementById("columns");
const rows = document.getElementById("rows");

function foldNode(index) {
  nodes[index].folded ??= foldText(nodes[index].label.slice(0, 300));
  return nodes[index].folded;
}

function listColumns(name) {
  return TABLES[name].columns.filter((column) => column.name !== "Group" || communities.length);
}

function startTable() {
  for (const name of Object.keys(TABLES)) {
    document.getElementById(`list-${name}`).addEventListener("click", () => {
      Object.assign(listing, { table: name, page: 0 });
      drawTable(listShown());
    });
  }
  for (const [id, step] of [["page-before", -1], ["page-after", 1]]) {
    document.getElementById(id).addEventListener("click", () => {
      listing.page += step;
      drawTable(listShown());
      document.getElementById("table-place").focus();
      tableView.scrollTop = 0;
    });
  }
}

function listBodies(shown) {
  const statements = new Map();
  const others = new Map(shown.every.map((index) => [index, new Set()]));
  for (const { from, to } of shown.all) {
    for (const end of new Set([from, to])) statements.set(end, (statements.get(end) || 0) + 1);
    others.get(from).add(to);
    others.get(to).add(from);
  }
  return shown.every.map((index) => {
    others.get(index).delete(index);
    return { index, node: nodes[index], linked: others.get(index).size, statements: statements.get(index) || 0 };
  });
}

// Items by the column that was chosen; each value is worked out once, for some cost time.
function sortItems(items) {
  const { column, down } = listing.order[listing.table];
  const { value } = listColumns(listing.table)[column];
  const keyed = items.map((item) => ({ item, key: value(item) }));
  keyed.sort((a, b) => (down ? -1 : 1) * compareText(a.key, b.key) || a.item.index - b.item.index);
  return keyed.map(({ item }) => item);
}

function drawTable(shown) {
  const { caption, items, draw } = TABLES[listing.table];
  const sorted = sortItems(items(shown));
  const pages = Math.max(1, Math.ceil(sorted.length / PAGE_LENGTH));
  listing.page = Math.min(Math.max(0, listing.page), pages - 1);
  const start = listing.page * PAGE_LENGTH;
  const page = sorted.slice(start, start + PAGE_LENGTH);
  Object.keys(TABLES).forEach((name) => document.getElementById(`list-${name}`).setAttribute("aria-pressed", String(name === listing.table)));
  document.getElementById("table-caption").textContent = caption;
  document.getElementById("table-place").textContent = sorted.length
    ? `${(start + 1).toLocaleString("en-GB")} to ${(start + page.length).toLocaleString("en-GB")} of ${countWords(sorted.length, ...(listing.table === "bodies" ? ["body", "bodies"] : ["statement"]))}`
    : "Nothing is left by the filters; “Reset” brings everything back.";
  document.getElementById("page-before").disabled = listing.page === 0;
  document.getElementById("page-after").disabled = listing.page === pages - 1;
  document.getElementById("pages").hidden = pages === 1;
  drawColumns();
  rows.replaceChildren(...page.map(draw));
}

function drawColumns() {
  const { column: chosen, down } = listing.order[listing.table];
  const focused = [...columnRow.children].findIndex((cell) => cell.contains(document.activeElement));
  columnRow.replaceChildren(...listColumns(listing.table).map(({ name, number }, place) => {
    const button = element("button", { type: "button" }, name, element("span", { className: "arrow", "aria-hidden": "true" }, place === chosen ? (down ? "↓" : "↑") : ""));
    button.addEventListener("click", () => sortBy(place));
    return element("th", { scope: "col", role: "columnheader", className: number ? "number" : "", ...(place === chosen ? { "aria-sort": down ? "descending" : "ascending" } : {}) }, button);
  }));
  if (focused >= 0) columnRow.children[focused]?.querySelector("button").focus();
}

function sortBy(place) {
  const { column, down } = listing.order[listing.table];
  listing.order[listing.table] = { column: place, down: column === place ? !down : Boolean(listColumns(listing.table)[place].number) };
  listing.page = 0;
  drawTable(listShown());
}

// On a narrow screen a cell stands below the other with its column's name before it.
function drawCell(name, properties, ...children) {
  const cell = element("td", { role: "cell", ...properties }, ...children);
  cell.dataset.column = name;
  return cell;
}

function drawHead(child) {
  return element("th", { scope: "row", role: "rowheader" }, child);
}

function drawStatementRow(edge) {
  const sentences = listSentences(edge);
  const [first] = sentences;
  const read = element("button", { type: "button", className: "body" }, first ? isolate(shorten(first[1], 220)) : "no sentence given");
  read.addEventListener("click", () => openStatement(edge.index));
  const more = sentences.length > 1 ? element("small", {}, ` and ${sentences.length - 1} more`) : null;
  const { title, date, link } = first ? documents[first[0]] : { title: "", date: "", link: "" };
  return element("tr", { role: "row", className: statusOf(edge) }, drawHead(bodyButton(edge.from)),
    drawCell("Relation", {}, wordRelation(edge.predicate), drawRole(edge)), drawCell("Other body", {}, bodyButton(edge.to)), drawCell("Status", {}, drawStatus(edge.status)),
    drawCell("Sentence", { className: "sentence" }, read, more), drawCell("Document", { className: "document" }, drawLink(link, isolate(title, 120)) || isolate(title, 120)),
    drawCell("Date", { className: "date" }, date ? isolate(writeDate(date), 40) : ""));
}

function drawBodyRow({ node, linked, statements }) {
  const type = element("span", { className: "kind" }, drawSwatch(node.shape, node.color, node.kind), nameType(node));
  const group = node.community === undefined ? null : communities[node.community];
  return element("tr", { role: "row" }, drawHead(bodyButton(node.index)), drawCell("Type", {}, type),
    drawCell("Linked to", { className: "number" }, String(linked)), drawCell("Statements", { className: "number" }, String(statements)),
    ...(communities.length ? [drawCell("Group", { className: "group" }, group ? isolate(group.name, 80) : "")] : []));
}
