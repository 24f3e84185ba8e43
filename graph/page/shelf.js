// The documents as a filter: a list that can be searched and put in order, however long it is.

const SHELF = 60; // documents listed at a time
const documentsBox = document.getElementById("documents-search");
const documentsOrder = document.getElementById("documents-order");

// The choices in the order that the reader wants; those without a date come last.
function listTitles() {
  const choices = documents.map(({ title, date }, key) => ({ key, name: title || "A document without a title", note: date ? writeDate(date) : "without a date", date: isDate(date) ? date : "" }));
  const byName = (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.key - b.key);
  const newest = (a, b) => (a.date > b.date ? -1 : a.date < b.date ? 1 : byName(a, b));
  if (documentsOrder.value === "count") return byCount("documents", choices);
  return choices.sort(documentsOrder.value === "title" ? byName : newest);
}

function drawDocuments() {
  const words = foldText(documentsBox.value).split(" ").filter(Boolean);
  const fitting = listTitles().filter(({ name, note }) => {
    const folded = ` ${foldText(`${name.slice(0, LONGEST)} ${note}`)}`;
    return words.every((word) => folded.includes(` ${word}`));
  });
  DIMENSIONS.documents.list.replaceChildren(...fitting.slice(0, SHELF).map((choice) => drawChoice("documents", choice)));
  const left = fitting.length - SHELF;
  const note = !fitting.length ? "No document of that title." : left > 0 ? `${left} more: type a part of the title.` : "";
  document.getElementById("documents-more").textContent = note;
}

function startDocuments() {
  document.getElementById("documents-tools").hidden = documents.length <= 12;
  document.getElementById("documents-section").hidden = documents.length < 2;
  const redraw = () => (drawDocuments(), updateFilters());
  documentsBox.addEventListener("input", redraw);
  documentsOrder.addEventListener("change", redraw);
}
