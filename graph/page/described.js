// What is shown, in words: for pictures, printed pages and whatever else leaves this page.

// One paragraph: how much is shown, and what was chosen.
function describeView(shown) {
  const total = nodes.filter((node) => !node.hidden).length;
  const number = (count) => count.toLocaleString("en-GB");
  const count = `${number(shown.nodes.size)} of ${countWords(total, "body", "bodies")} and ${number(shown.edges.length)} of ${countWords(edges.length, "statement")}, from ${countWords(documents.length, "document")}.`;
  const chosen = listChosen().map(({ text }) => text);
  const body = state.selection && state.selection.node !== undefined ? nodes[state.selection.node].label : "";
  return [
    count,
    chosen.length ? `Chosen: ${chosen.join("; ")}.` : "",
    shown.left > 0 ? "Of more bodies than fit, the most connected are shown." : "",
    body ? `In front: ${shorten(body, 80)}.` : "",
  ].filter(Boolean).join(" ");
}

function readTitle() {
  return document.querySelector("h1").textContent;
}
