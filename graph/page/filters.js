// The legend, which also is the filter: what each mark means, how many there are, and a tick to hide it.

// By group: where its choices stand, and what they are.
const DIMENSIONS = {
  types: { list: document.getElementById("types"), choices: listTypes },
  kinds: { list: document.getElementById("kinds"), choices: listKinds },
  statuses: {
    list: document.getElementById("statuses"),
    choices: () => STATUSES.map((key) => ({ key, name: legend.statuses[key].name, note: legend.statuses[key].note, swatch: () => drawLineSwatch(key) })),
  },
  relations: {
    list: document.getElementById("relations"),
    choices: () => byCount("relations", RELATIONS.map((key) => ({ key, name: wordRelation(key) }))),
  },
  documents: { list: document.getElementById("documents"), choices: listTitles },
};

const KIND_WORDS = {
  named: "named in the text or the register",
  collective: "ringed: a whole group, such as “PCTs”",
  unnamed: "hollow: a body that the text does not name",
};

// A family of types is one choice with its types below it.
function listTypes() {
  return legend.families.map((family, number) => {
    const held = new Set(nodes.filter((node) => node.family === number).map(typeOf));
    const types = [...held].map((key) => ({ key, name: wordType(key, number) })).sort((a, b) => (a.name < b.name ? -1 : 1));
    return { keys: [...held], name: family.name, swatch: () => drawSwatch(family.shape, family.color), parts: types.length > 1 ? types : [] };
  }).filter(({ keys }) => keys.length);
}

function listKinds() {
  const present = CHOICES.kinds();
  return present.length < 2 ? [] : present.map((key) => ({ key, name: KIND_WORDS[key], swatch: () => drawSwatch("dot", theme().soft, key) }));
}

function byCount(group, choices) {
  const totals = countChoices(group);
  return choices.sort((a, b) => (totals.get(b.key) || 0) - (totals.get(a.key) || 0) || (a.name < b.name ? -1 : 1));
}

function drawFilters() {
  for (const [group, { list, choices }] of Object.entries(DIMENSIONS)) {
    if (group !== "documents") list.replaceChildren(...choices().map((choice) => drawChoice(group, choice)));
  }
  drawDocuments();
}

function drawChoice(group, choice) {
  const { name, note, swatch, parts = [] } = choice;
  const keys = choice.keys || [choice.key];
  const box = element("input", { type: "checkbox", checked: true });
  box.addEventListener("change", () => {
    keys.forEach((key) => (box.checked ? state.hidden[group].delete(key) : state.hidden[group].add(key)));
    refresh({ step: true });
  });
  const text = element("span", { className: "name" }, isolate(name), note ? element("small", {}, note) : null);
  const item = element("li", {}, element("label", {}, box, swatch ? swatch() : null, text, element("output", {})), drawOnly(group, keys, name));
  item.choice = { group, keys };
  if (parts.length) {
    const list = element("ul", {}, ...parts.map((part) => drawChoice(group, part)));
    item.append(element("details", {}, element("summary", { "aria-label": `Types of ${name}` }, `${parts.length} types`), list));
  }
  return item;
}

function drawOnly(group, keys, name) {
  const only = element("button", { type: "button", className: "only", "aria-label": `Show only ${shorten(name, 100)}` }, "only");
  only.addEventListener("click", () => keepOnly(group, keys));
  return only;
}

function keepOnly(group, keys) {
  const kept = new Set(keys);
  state.hidden[group] = new Set(CHOICES[group]().filter((key) => !kept.has(key)));
  refresh({ step: true });
}

// "All" and "none" of each section.
function startFilters() {
  for (const place of document.querySelectorAll("#filters .whole")) {
    const { group } = place.dataset;
    const what = document.getElementById(`${group}-title`).textContent.toLowerCase();
    const button = (text, keys) => {
      const made = element("button", { type: "button", className: "small", "aria-label": `Show ${text} of the ${what}` }, text);
      made.addEventListener("click", () => keepOnly(group, keys()));
      return made;
    };
    place.append(button("all", CHOICES[group]), button("none", () => []));
  }
  for (const section of document.querySelectorAll("#filters .section")) section.addEventListener("toggle", updateFilters);
  startDocuments();
  startSliders();
}

// Only what is open is counted: counting costs more than drawing.
function updateFilters() {
  for (const [group, { list }] of Object.entries(DIMENSIONS)) {
    if (list.closest("details").open) updateChoices(group, list);
  }
  updateSliders();
}

function updateChoices(group, list) {
  const counts = countChoices(group);
  for (const item of list.querySelectorAll("li")) {
    const { keys } = item.choice;
    const hidden = keys.filter((key) => state.hidden[group].has(key)).length;
    const box = item.querySelector("input");
    item.classList.toggle("off", hidden === keys.length);
    box.checked = hidden < keys.length;
    box.indeterminate = hidden > 0 && hidden < keys.length;
    item.querySelector("output").textContent = String(keys.reduce((sum, key) => sum + (counts.get(key) || 0), 0));
  }
}
