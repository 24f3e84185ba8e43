// Which filters are on, in words, each with a way to take it back; and what the reader must be told.

const chosenList = document.getElementById("chosen");
const noticeLine = document.getElementById("notice");
const NAMED = 2; // choices that are called by name; more are only counted

const GROUP_WORDS = {
  types: ["type of body", "types of body"],
  kinds: ["way of naming", "ways of naming"],
  statuses: ["kind of statement", "kinds of statement"],
  relations: ["relation", "relations"],
  documents: ["document", "documents"],
};

// Every filter that is on: its words, and how it is taken back.
function listChosen() {
  const chips = [];
  const add = (text, undo) => chips.push({ text, undo });
  if (state.route) add(`way from ${labelOf(state.route.from)} to ${labelOf(state.route.to)}`, () => leaveRoute());
  if (state.focus) add(`within ${countWords(state.focus.depth, "step")} of ${labelOf(state.focus.node)}`, () => leaveFocus());
  if (state.group !== null) add(`group: ${(communities[state.group] || {}).name || state.group + 1}`, () => change({ group: null }));
  if (state.period) add(`only ${writePeriod()}${state.undated ? " or without a date" : ""}`, () => change({ period: null, undated: false }));
  if (state.running) add(`in operation in ${writeDate(state.running)}`, () => change({ running: null }));
  if (state.least) add(`at least ${Math.round(state.least * 100)} % sure`, () => change({ least: 0 }));
  for (const group of Object.keys(GROUP_WORDS)) {
    if (state.hidden[group].size) add(writeHidden(group), () => (state.hidden[group].clear(), refresh({ step: true })));
  }
  return chips;
}

function change(values) {
  Object.assign(state, values);
  refresh({ step: true });
}

function labelOf(index) {
  return shorten(nodes[index].label, 40);
}

function writePeriod() {
  const [first, last] = state.period;
  if (last === "9999") return `from ${writeDate(first)}`;
  return first === last ? writeDate(first) : first === "0000" ? `until ${writeDate(last)}` : `${writeDate(first)} – ${writeDate(last)}`;
}

// "only People", "without Places, People" or "7 types of body hidden"; a whole family goes by its own name.
function writeHidden(group) {
  const hidden = state.hidden[group];
  const choices = nameChoices(group);
  const isOff = ({ keys }) => keys.every((key) => hidden.has(key));
  const isOn = ({ keys }) => !keys.some((key) => hidden.has(key));
  const listed = choices.flatMap((choice) => (isOff(choice) || isOn(choice) || !choice.parts.length ? [choice] : choice.parts));
  const [off, on] = [listed.filter(isOff), listed.filter(isOn)];
  const names = (some) => some.map(({ name }) => shorten(name, 40)).join(", ");
  const [one, many] = GROUP_WORDS[group];
  if (!on.length) return `no ${one} at all`;
  if (off.length <= NAMED && off.length <= on.length) return `without ${names(off)}`;
  if (on.length <= NAMED) return `only ${names(on)}`;
  return `${hidden.size} ${hidden.size === 1 ? one : many} hidden`;
}

function nameChoices(group) {
  const listKeys = ({ key, keys, name, parts = [] }) => ({ keys: keys || [key], name, parts: parts.map(listKeys) });
  const choices = group === "documents" ? documents.map(({ title }, key) => ({ key, name: `“${title}”` })) : DIMENSIONS[group].choices();
  return choices.map(listKeys);
}

function drawChosen(shown) {
  const chips = listChosen();
  chosenList.replaceChildren(...chips.map(drawChip));
  chosenList.hidden = !chips.length;
  filterButton.textContent = chips.length ? `Filter (${chips.length})` : "Filter";
  noticeLine.replaceChildren();
  if (!shown.nodes.size && nodes.length) notify("No body is left under these filters.", { text: "Take all filters back", action: () => (clearFilters(), change({ focus: null, route: null, group: null })) });
}

function drawChip({ text, undo }) {
  const button = element("button", { type: "button", "aria-label": `Take back: ${text}` }, "×");
  button.addEventListener("click", () => {
    undo();
    (chosenList.querySelector("button") || container).focus({ preventScroll: true });
  });
  return element("li", {}, isolate(text), button);
}

// Tell the reader something above the picture, until the next thing is done.
function notify(text, offer = null) {
  const close = element("button", { type: "button", className: "small", "aria-label": "Close this message" }, "×");
  close.addEventListener("click", () => noticeLine.replaceChildren());
  const button = offer && element("button", { type: "button", className: "small" }, offer.text);
  if (button) button.addEventListener("click", offer.action);
  noticeLine.replaceChildren(element("p", {}, isolate(text, 400), button, close));
}

function notifyMissing() {
  if (!missing.length) return;
  const name = shorten(missing[0], 80);
  notify(name ? `The link asks for “${name}”, which is not in this network. Here is the whole of it.` : "The link is not whole: its end is missing. Here is the whole network.");
}
