// The address of what is shown: written when something is chosen, read when the page opens or goes back.

let written = null; // what we wrote last, so that our own change is not read again
let lastStep = null; // what was done last: moving one slider again and again is one step

function writeAddress() {
  const parts = Object.entries(PARAMETERS).map(([name, { write }]) => [name, write()]).filter(([, text]) => text !== "");
  return parts.map(([name, text]) => `${name}=${encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd")).replace(/%2F/g, "/")}`).join("&");
}

// Write the address. A step is something that "back" should undo; steps of the same name that follow
// one another, such as moving a slider, are one step.
function keepAddress({ step = false } = {}) {
  const text = writeAddress();
  if (text === (written ?? "")) return;
  written = text;
  const further = step && (step === true || step !== lastStep);
  if (step) lastStep = step;
  try {
    const address = text ? `#${text}` : location.href.split("#")[0];
    if (further) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  } catch {
    // a page inside another one, as in a notebook, may have no address of its own
  }
}

function readAddress() {
  const text = location.hash.slice(1);
  missing.length = 0;
  lastStep = null;
  resetState();
  state.view = "picture";
  for (const part of text.split("&").filter(Boolean)) {
    const [name, ...rest] = part.split("=");
    if (Object.hasOwn(PARAMETERS, name) && rest.length) PARAMETERS[name].read(decodeText(rest.join("=")));
  }
  if (state.period && state.period[0] > state.period[1]) state.period.reverse();
  if (missing.length) resetState();
  if (state.route && !state.selection) state.selection = { way: true };
  written = text;
}

function decodeText(text) {
  try {
    return decodeURIComponent(text.replace(/\+/g, " "));
  } catch {
    return text; // a link that was cut or changed by hand
  }
}

const namings = []; // maps from name to body, made when they are first asked for: exact names, then all names folded

function mapNames(folded) {
  if (!namings[Number(folded)]) {
    const names = new Map();
    const add = (name, index) => names.has(name) || names.set(name, index);
    if (folded) {
      byDegree.forEach((index) => add(foldText(nodes[index].label.slice(0, 300)), index));
      byDegree.forEach((index) => (nodes[index].other_names || []).forEach((name) => add(foldText(name.slice(0, 300)), index)));
    } else {
      nodes.forEach((node) => [node.id, nameNode(node.index)].forEach((name) => add(name, node.index)));
      nodes.forEach((node) => (node.codes || []).forEach(({ code }) => add(code.toLowerCase(), node.index)));
    }
    namings[Number(folded)] = names;
  }
  return namings[Number(folded)];
}

// Find a body by its IRI or the end of it, an official code or a name; else null. Mail programs add the full stop
// that follows a link to it, or encode it twice.
function findNode(text) {
  const forms = [text, decodeText(text), text.replace(/[\s.,;:!?)\]>"'”’]+$/, "")].filter(Boolean);
  const exact = forms.flatMap((form) => [form, form.toLowerCase()]).find((form) => mapNames(false).has(form));
  if (exact !== undefined) return mapNames(false).get(exact);
  const name = forms.map(foldText).find((form) => form && mapNames(true).has(form));
  return name === undefined ? null : mapNames(true).get(name);
}

function startAddress(show) {
  const read = () => {
    if (location.hash.slice(1) === written) return;
    readAddress();
    show();
  };
  addEventListener("popstate", read);
  addEventListener("hashchange", read);
}
