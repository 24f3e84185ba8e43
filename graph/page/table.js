// The same statements as a table: for reading, sorting and for those who do not use the picture.

const columns = document.getElementById("columns");
const rows = document.getElementById("rows");
const moreRows = document.getElementById("more-rows");
const PAGE_LENGTH = 200;

const COLUMNS = [
  { name: "Body", value: (edge) => nodes[edge.from].label },
  { name: "Relation", value: (edge) => wordRelation(edge.predicate) },
  { name: "Other body", value: (edge) => nodes[edge.to].label },
  { name: "Statement", value: (edge) => STATUSES.indexOf(edge.status) },
  { name: "Sentence", value: (edge) => -edge.sentences.length },
];

let order = { column: 0, down: false };
let length = PAGE_LENGTH;

function startTable() {
  COLUMNS.forEach(({ name }, number) => {
    const button = element("button", { type: "button" }, name);
    button.addEventListener("click", () => {
      order = { column: number, down: order.column === number && !order.down };
      drawTable(listShown().all);
    });
    columns.append(element("th", { scope: "col" }, button));
  });
  moreRows.addEventListener("click", () => {
    length += PAGE_LENGTH;
    drawTable(listShown().all);
  });
}

function compareEdges(a, b) {
  const { value } = COLUMNS[order.column];
  const [x, y] = [value(a), value(b)];
  const first = typeof x === "number" ? x - y : foldText(x) < foldText(y) ? -1 : foldText(x) > foldText(y) ? 1 : 0;
  return (order.down ? -first : first) || a.index - b.index;
}

function drawTable(shown) {
  [...columns.children].forEach((cell, number) =>
    cell.setAttribute("aria-sort", number !== order.column ? "none" : order.down ? "descending" : "ascending"));
  const sorted = [...shown].sort(compareEdges);
  rows.replaceChildren(...sorted.slice(0, length).map(drawRow));
  moreRows.hidden = sorted.length <= length;
  moreRows.textContent = `Show ${Math.min(PAGE_LENGTH, sorted.length - length)} more of ${sorted.length}`;
}

function drawRow(edge) {
  const first = edge.sentences[0];
  const read = element("button", { type: "button", className: "body" }, first ? isolate(shorten(first[1], 220)) : "no sentence given");
  read.addEventListener("click", () => {
    showEdge(edge.index);
    panel.focus();
  });
  const more = edge.sentences.length > 1 ? element("small", {}, ` and ${edge.sentences.length - 1} more`) : null;
  return element("tr", {},
    element("td", {}, bodyButton(edge.from)),
    element("td", {}, wordRelation(edge.predicate), edge.role ? element("span", {}, " (", isolate(edge.role), ")") : null),
    element("td", {}, bodyButton(edge.to)),
    element("td", {}, drawStatus(edge.status)),
    element("td", { className: "sentence" }, read, more));
}
