// The legend, which also is the filter: what each mark means, how many there are, and a tick to hide it.

const GROUPS = {
  families: {
    list: document.getElementById("families"),
    choices: () => legend.families.map((family, key) => ({ key, name: family.name, swatch: () => drawSwatch(family.shape, family.color) })),
  },
  statuses: {
    list: document.getElementById("statuses"),
    choices: () => STATUSES.map((key) => ({ key, name: legend.statuses[key].name, note: legend.statuses[key].note, swatch: () => drawLineSwatch(key) })),
  },
  relations: {
    list: document.getElementById("relations"),
    choices: () => RELATIONS.map((key) => ({ key, name: wordRelation(key), swatch: () => null })),
  },
};

function drawFilters() {
  for (const [group, { list, choices }] of Object.entries(GROUPS)) {
    const totals = countAll(group);
    const present = choices().filter(({ key }) => totals.get(key) || group === "statuses");
    if (group === "relations") present.sort((a, b) => totals.get(b.key) - totals.get(a.key) || (a.name < b.name ? -1 : 1));
    list.replaceChildren(...present.map((choice) => drawChoice(group, choice)));
  }
  document.getElementById("kinds").replaceChildren(
    ...[["collective", "ringed: a whole group, such as “PCTs”"], ["unnamed", "hollow: a body that the text does not name"]]
      .filter(([kind]) => nodes.some((node) => node.kind === kind))
      .map(([kind, text]) => element("li", {}, drawSwatch("dot", theme().soft, kind), text)),
  );
}

function countAll(group) {
  const totals = new Map();
  const add = (key) => totals.set(key, (totals.get(key) || 0) + 1);
  if (group === "families") nodes.forEach((node) => add(node.family));
  else edges.forEach((edge) => add(group === "statuses" ? edge.status : edge.predicate));
  return totals;
}

function drawChoice(group, { key, name, note, swatch }) {
  const box = element("input", { type: "checkbox", checked: true });
  box.addEventListener("change", () => {
    const hidden = state.hidden[group];
    if (box.checked) hidden.delete(key);
    else hidden.add(key);
    refresh();
  });
  const only = element("button", { type: "button", className: "only", "aria-label": `Show only ${name}` }, "only");
  only.addEventListener("click", () => {
    const others = GROUPS[group].choices().map((choice) => choice.key).filter((other) => other !== key);
    state.hidden[group] = new Set(others);
    refresh();
  });
  const text = element("span", { className: "name" }, name, note ? element("small", {}, note) : null);
  const item = element("li", {}, element("label", {}, box, swatch(), text, element("output", {})), only);
  item.choice = { group, key };
  return item;
}

function updateFilters() {
  for (const [group, { list }] of Object.entries(GROUPS)) {
    const counts = countChoices(group);
    for (const item of list.children) {
      const hidden = state.hidden[group].has(item.choice.key);
      item.classList.toggle("off", hidden);
      item.querySelector("input").checked = !hidden;
      item.querySelector("output").textContent = String(counts.get(item.choice.key) || 0);
    }
  }
}
