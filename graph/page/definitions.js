// What the words of this page mean: the plain definitions that the ontology gives, and words for figures.

function defineWord(name) {
  const known = legend.definitions || {};
  const keys = [name, name && name[0].toUpperCase() + name.slice(1)];
  const found = keys.find((key) => Object.hasOwn(known, key));
  return found === undefined ? "" : known[found];
}

// "What is this?", to be unfolded; nothing where no definition is known.
function drawWhat(name, words, { backward = false } = {}) {
  const definition = defineWord(name);
  if (!definition) return null;
  const lead = backward ? [element("strong", {}, capitalise(wordRelation(name))), " means: "] : []; // relations are defined one way
  return element("details", { className: "what" },
    element("summary", { "aria-label": `What is this? ${words}` }, "what is this?"), element("p", {}, ...lead, definition));
}

// How sure the reading of a statement is: the share of such readings that were found to be right when checked.
const SURENESS = [[0.9, "Almost certain"], [0.75, "Very likely"], [0.5, "Likely"], [0.3, "Uncertain"], [0, "Doubtful"]];

function wordConfidence(confidence) {
  if (typeof confidence !== "number") return "";
  return SURENESS.find(([least]) => confidence >= least)[1];
}

function explainConfidence(confidence) {
  return `of 100 statements read like this one, about ${Math.round(confidence * 100)} are right`;
}

function countWords(count, one, many = `${one}s`) {
  return `${count.toLocaleString("en-GB")} ${count === 1 ? one : many}`;
}

function capitalise(words) {
  return words ? words[0].toUpperCase() + words.slice(1) : words;
}
