// The page on paper: title, what is shown, picture, legend, then every statement with its sentences.

const PRINTED = 1000; // statements; more belong in a file
const paper = document.getElementById("paper");

function drawPaper() {
  if (paper.childElementCount) return;
  const shown = listShown();
  const sheet = drawSheet(shown);
  const order = [...shown.edges].sort((a, b) => compareText(foldNode(a.from), foldNode(b.from)) || compareText(a.predicate, b.predicate) || a.index - b.index);
  const printed = order.slice(0, PRINTED);
  const limit = printed.length < order.length ? `The first ${printed.length.toLocaleString("en-GB")} of ${countWords(order.length, "statement")}; the table file (CSV) of “Share” holds all.` : "";
  const heads = ["Statement", "Status", "Sentences"].map((name) => element("th", { scope: "col" }, name));
  const table = element("table", {}, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...printed.map(drawPaperRow)));
  paper.append(element("figure", { className: "sheet" }, sheet), element("section", {}, element("h2", {}, "What is said"), limit ? element("p", {}, limit) : null, table));
  paper.hidden = false;
}

function drawPaperRow(edge) {
  const said = element("td", {}, isolate(nodes[edge.from].label), ` ${wordRelation(edge.predicate)} `, isolate(nodes[edge.to].label), drawRole(edge));
  const sentences = listSentences(edge).map(([number, quote]) => {
    const { title, date, link } = documents[number];
    const place = [isolate(title), ...(date ? [", ", isolate(writeDate(date), 40)] : []), ...(safeAddress(link) ? [", ", isolate(safeAddress(link))] : [])];
    return element("div", {}, element("q", {}, isolate(quote, Infinity)), element("small", {}, ...place));
  });
  return element("tr", {}, said, element("td", {}, drawStatus(edge.status)), element("td", {}, ...(sentences.length ? sentences : ["no sentence given"])));
}

function clearPaper() {
  paper.hidden = true;
  paper.replaceChildren();
}

function startPrint() {
  addEventListener("beforeprint", drawPaper);
  addEventListener("afterprint", clearPaper);
  matchMedia("print").addEventListener("change", ({ matches }) => (matches ? drawPaper() : clearPaper()));
}
