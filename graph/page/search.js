// Find a body by any of its names, its initials, an official code, or part of them.

const searchBox = document.getElementById("search");
const suggestions = document.getElementById("suggestions");
const SUGGESTED = 8;

let offered = []; // numbers of the nodes that are suggested
let active = -1; // which of them the arrow keys stand on

function foldText(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

function takeInitials(name) {
  const words = name.match(/\p{Lu}[\p{L}']*/gu) || [];
  return words.length > 1 ? words.map((word) => word[0]).join("").toLowerCase() : "";
}

const searchIndex = nodes.map((node) => {
  const codes = (node.codes || []).map(({ code }) => code);
  const names = [node.label, ...(node.other_names || []), ...(node.shared_names || []), ...codes];
  return { index: node.index, names: names.map((name) => ({ name, folded: foldText(name.slice(0, 300)) })), initials: takeInitials(node.label) };
});

// Lower is better: the whole name, its start, its initials, the start of a word, any part.
function scoreName(folded, query) {
  if (folded === query) return 0;
  if (folded.startsWith(query)) return 2;
  if (folded.includes(` ${query}`)) return 4;
  return query.length > 2 && folded.includes(query) ? 5 : 9;
}

function searchNodes(text) {
  const query = foldText(text);
  if (!query) return [];
  const found = [];
  for (const { index, names, initials } of searchIndex) {
    let best = { score: initials === query ? 3 : 9, name: nodes[index].label };
    for (const { name, folded } of names) {
      const score = scoreName(folded, query);
      if (score < best.score) best = { score, name };
    }
    if (best.score < 9) found.push({ index, ...best });
  }
  found.sort((a, b) => a.score - b.score || countNeighbours(b.index) - countNeighbours(a.index) || a.index - b.index);
  return found.slice(0, SUGGESTED);
}

function showSuggestions() {
  const found = searchNodes(searchBox.value);
  offered = found.map(({ index }) => index);
  active = offered.length ? 0 : -1;
  suggestions.replaceChildren(...found.map(drawSuggestion));
  if (!found.length) suggestions.append(element("li", { className: "none", role: "option", "aria-disabled": "true" }, "Nothing of that name here. Try a shorter part of it."));
  suggestions.hidden = !foldText(searchBox.value);
  searchBox.setAttribute("aria-expanded", String(!suggestions.hidden));
  markActive();
}

function drawSuggestion({ index, name }, place) {
  const node = nodes[index];
  const note = name === node.label ? nameType(node) : `${shorten(name, 70)} · ${nameType(node)}`;
  const item = element("li", { role: "option", id: `suggestion-${place}` },
    drawSwatch(node.shape, node.color, node.kind), element("bdi", {}, shorten(node.label, 90)), element("small", {}, isolate(note)));
  item.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    choose(place);
  });
  return item;
}

function markActive() {
  [...suggestions.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === active)));
  if (active >= 0) searchBox.setAttribute("aria-activedescendant", `suggestion-${active}`);
  else searchBox.removeAttribute("aria-activedescendant");
}

function choose(place) {
  const index = offered[place];
  if (index === undefined) return;
  closeSuggestions();
  searchBox.value = nodes[index].label;
  openNode(index, { move: true });
}

function closeSuggestions() {
  suggestions.hidden = true;
  searchBox.setAttribute("aria-expanded", "false");
  searchBox.removeAttribute("aria-activedescendant");
}

function startSearch() {
  searchBox.addEventListener("input", showSuggestions);
  searchBox.addEventListener("focus", () => searchBox.select());
  searchBox.addEventListener("blur", closeSuggestions);
  searchBox.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && offered.length) {
      active = (active + step + offered.length) % offered.length;
      markActive();
      event.preventDefault();
    } else if (event.key === "Enter") {
      if (suggestions.hidden) showSuggestions();
      choose(active);
    } else if (event.key === "Escape") {
      closeSuggestions();
      event.stopPropagation();
    }
  });
}
