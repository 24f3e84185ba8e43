// Small helpers for making elements. Whatever comes from the graph goes in as text, never as markup.

export const settings = JSON.parse(document.getElementById("editor").dataset.settings);

export const find = (id) => document.getElementById(id);

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

// Text whose direction cannot turn what stands beside it.
export const isolate = (text) => element("bdi", {}, text);

export function button(words, act, attributes = {}) {
  return element("button", { type: "button", click: act, ...attributes }, words);
}

// Where an IRI leads: to our own page about it, to the web, or nowhere.
export function addressOf(iri) {
  for (const [start, folder] of settings.folders) {
    if (iri.startsWith(start)) return folder + iri.slice(start.length);
  }
  return /^https?:\/\/[^\s]+$/i.test(iri) ? iri : "";
}

export function shorten(iri) {
  for (const [prefix, start] of Object.entries(settings.prefixes)) {
    if (iri.startsWith(start) && iri.length > start.length) return `${prefix}:${iri.slice(start.length)}`;
  }
  return iri;
}

export function linkTo(iri, words) {
  const address = addressOf(iri);
  if (!address) return element("span", { title: iri }, isolate(words));
  const outside = /^https?:/i.test(address);
  return element("a", { href: address, title: iri, ...(outside ? { rel: "noreferrer" } : {}) }, isolate(words));
}

export function cut(text, length) {
  const characters = Array.from(text.slice(0, 2 * length + 2));
  return characters.length > length ? `${characters.slice(0, length).join("")}…` : text;
}

export function download(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export const count = (number) => number.toLocaleString("en-GB");

export function say(words) {
  find("said").textContent = words;
}
