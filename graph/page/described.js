// What is shown, in words: for pictures, printed pages and whatever else leaves this page.

const WORDS_AT_MOST = 6; // names that a list gives before it only counts

function listNames(names) {
  const given = names.slice(0, WORDS_AT_MOST).map((name) => shorten(name, 80));
  return names.length > WORDS_AT_MOST ? `${given.join(", ")} and ${names.length - WORDS_AT_MOST} more` : given.join(", ");
}

// What a filter leaves or leaves out, whichever is shorter to say.
function wordFilter(group, all, name, what) {
  const hidden = all.filter((key) => state.hidden[group].has(key));
  if (!hidden.length) return "";
  const left = all.filter((key) => !state.hidden[group].has(key));
  return left.length < hidden.length ? `only ${what} ${listNames(left.map(name)) || "none"}` : `without ${what} ${listNames(hidden.map(name))}`;
}

function wordPeriod() {
  const [first, last] = state.period;
  if (!first) return `documents until ${writeDate(last)}`;
  return last >= "9999" ? `documents since ${writeDate(first)}` : `documents of ${writeDate(first)} to ${writeDate(last)}`;
}

// Everything that was chosen, one phrase each; none when all is shown.
function describeChoices() {
  const families = new Map(nodes.map((node) => [typeOf(node), node.family]));
  const label = (index) => shorten(nodes[index].label, 80);
  return [
    wordFilter("types", [...families.keys()].sort(), (type) => wordType(type, families.get(type)), "the types"),
    wordFilter("kinds", KINDS, (kind) => ({ named: "named", collective: "whole groups", unnamed: "not named" })[kind], "bodies that are"),
    wordFilter("statuses", STATUSES, (status) => legend.statuses[status].name.toLowerCase(), "statements that are"),
    wordFilter("relations", RELATIONS, (relation) => `“${wordRelation(relation)}”`, "the relations"),
    wordFilter("documents", [...documents.keys()], (number) => `“${documents[number].title}”`, "the documents"),
    state.period ? wordPeriod() : "",
    state.running ? `bodies in operation in ${writeDate(state.running)}` : "",
    state.least ? `statements read with a confidence of at least ${Math.round(state.least * 100)} %` : "",
    state.focus ? `what is ${countWords(state.focus.depth, "step")} or less from ${label(state.focus.node)}` : "",
    state.route ? `the shortest way from ${label(state.route.from)} to ${label(state.route.to)}` : "",
    state.group !== null && communities[state.group] ? `the group ${communities[state.group].name}` : "",
  ].filter(Boolean);
}

// One paragraph: how much is shown, and what was chosen.
function describeView(shown) {
  const total = nodes.filter((node) => !node.hidden).length;
  const count = `${shown.nodes.size.toLocaleString("en-GB")} of ${countWords(total, "body", "bodies")} and ${shown.edges.length.toLocaleString("en-GB")} of ${countWords(edges.length, "statement")}, from ${countWords(documents.length, "document")}.`;
  const choices = describeChoices();
  const chosen = choices.length ? ` Chosen: ${choices.join("; ")}.` : "";
  const left = shown.left > 0 ? " Of more bodies than fit, the most connected are shown." : "";
  const body = state.selection && state.selection.node !== undefined ? ` In front: ${shorten(nodes[state.selection.node].label, 80)}.` : "";
  return `${count}${chosen}${left}${body}`;
}

function readTitle() {
  return document.querySelector("h1").textContent;
}
