// The documents that were read: what each gave, and a way to see only that.

const DOCUMENT_ORDERS = {
  date: { name: "newest first", compare: (a, b) => compareText(b.date, a.date) },
  title: { name: "by title", compare: (a, b) => compareText(foldText(a.title), foldText(b.title)) },
  count: { name: "most statements first", compare: (a, b) => b.count - a.count },
};

let documentOrder = "date";

function compareText(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

// Every document with its number and how many statements it gave, in the order that was chosen.
function listDocuments() {
  const counts = countDocuments(edges);
  const { compare } = DOCUMENT_ORDERS[documentOrder];
  const all = documents.map(({ title, date, link }, number) => ({ title, date: date || "", link, number, count: counts.get(number) || 0 }));
  return all.sort((a, b) => compare(a, b) || a.number - b.number);
}

// How many of these statements each document bears out: a Map by its number.
function countDocuments(held) {
  const counts = new Map();
  for (const edge of held) {
    for (const number of new Set(edge.sentences.map(([of]) => of))) counts.set(number, (counts.get(number) || 0) + 1);
  }
  return counts;
}

function showDocuments() {
  const choice = element("select", { id: "document-order" },
    ...Object.entries(DOCUMENT_ORDERS).map(([value, { name }]) => element("option", { value, selected: value === documentOrder }, name)));
  choice.addEventListener("change", () => {
    documentOrder = choice.value;
    showDocuments();
    document.getElementById("document-order").focus();
  });
  const list = listDocuments();
  const empty = list.filter(({ count }) => !count).length;
  const note = empty ? `${countWords(empty, "document")} gave no statement and ${empty === 1 ? "is" : "are"} listed all the same.` : "";
  openPanel(element("h2", {}, "What was read"), drawPanelSwitch("documents"),
    element("p", { className: "order" }, element("label", { htmlFor: "document-order" }, "In this order: "), choice), note ? element("p", { className: "hint" }, note) : null,
    ...drawSteps(list, drawDocument, { first: 60, step: 100, what: "documents" }));
  helpButton.setAttribute("aria-expanded", "true");
}

function drawDocument({ title, date, link, number, count }) {
  const name = element("p", { className: "name" }, drawLink(link, isolate(title)) || isolate(title));
  const facts = element("p", { className: "hint" }, date ? isolate(writeDate(date), 40) : "no date", ` · ${count ? countWords(count, "statement") : "no statement found in it"}`);
  return element("div", { className: "document" }, name, facts, count ? drawOnlyDocument(number, title) : null);
}

function isOnlyDocument(number) {
  return state.hidden.documents.size === documents.length - 1 && documents.length > 1 && !state.hidden.documents.has(number);
}

function drawOnlyDocument(number, title) {
  const chosen = isOnlyDocument(number);
  const words = chosen ? "Show all documents again" : "Show only its statements";
  const button = element("button", { type: "button", "aria-label": `${words}: ${shorten(title, 100)}` }, words);
  button.addEventListener("click", () => {
    state.hidden.documents = new Set(chosen ? [] : documents.keys());
    state.hidden.documents.delete(number);
    state.selection = null;
    refresh({ step: true });
    const scroll = panel.scrollTop;
    showDocuments();
    panel.scrollTop = scroll;
    [...panel.querySelectorAll(".document button")].find((one) => one.textContent !== "Show only its statements")?.focus({ preventScroll: true });
  });
  return button;
}
