// Find a body by any of its names, its initials, an official code, or part of them.

const searchBox = document.getElementById("search");
const SUGGESTED = 8;
const SLICE = 2000; // bodies that are made ready at a time, so that the page never stands still
const LONGEST = 300; // characters of a name that are searched

function foldText(text) {
  const plain = /^[\x20-\x7e]*$/.test(text) ? text : text.normalize("NFKD").replace(/\p{M}/gu, "");
  return plain.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

// "DoH" and "DH" are both said of a Department of Health.
function takeInitials(name) {
  const words = name.slice(0, LONGEST).match(/[\p{L}][\p{L}']*/gu) || [];
  const join = (some) => some.map((word) => word[0]).join("").toLowerCase();
  return words.length > 1 ? [join(words), join(words.filter((word) => /^\p{Lu}/u.test(word)))] : [];
}

const searchIndex = []; // by number of the body: [[name, folded], ...] and initials

function indexBodies(count) {
  for (const node of nodes.slice(searchIndex.length, searchIndex.length + count)) {
    const codes = (node.codes || []).map(({ code }) => code);
    const names = [...new Set([node.label, ...(node.other_names || []), ...(node.shared_names || []), ...codes])];
    searchIndex.push({ names: names.map((name) => [name, foldText(name.slice(0, LONGEST))]), initials: takeInitials(node.label) });
  }
  return searchIndex.length < nodes.length;
}

function indexInSlices() {
  if (indexBodies(SLICE)) setTimeout(indexInSlices);
}

// Lower is better: the whole name, its start, initials, the start of a word, any part, all words in any order.
function scoreName(folded, query, words) {
  const at = folded.indexOf(query);
  if (at === 0) return folded.length === query.length ? 0 : 2;
  if (at > 0 && (folded[at - 1] === " " || folded.includes(` ${query}`))) return 4;
  if (at > 0 && query.length > 2) return 5;
  return words.length > 1 && words.every((word) => folded.startsWith(word) || folded.includes(` ${word}`)) ? 6 : 9;
}

function searchNodes(text, except = null) {
  indexBodies(Infinity);
  const query = foldText(text);
  const words = query.split(" ");
  const found = [];
  for (let index = 0; query && index < nodes.length; index++) {
    const { names, initials } = searchIndex[index];
    let [best, matched] = initials.includes(query) ? [3, nodes[index].label] : [9, ""];
    for (const [name, folded] of names) {
      const score = scoreName(folded, query, words);
      if (score < best) [best, matched] = [score, name];
    }
    if (best < 9 && index !== except) found.push({ index, score: best, name: matched });
  }
  found.sort((a, b) => a.score - b.score || countNeighbours(b.index) - countNeighbours(a.index) || a.index - b.index);
  return found.slice(0, SUGGESTED);
}

// A box to type in and the list of what it may mean. `pick` is called with the number of the body that is chosen;
// the body `except` is never offered, and `remark` may say something about each.
class Finder {
  constructor(box, list, { pick, except = null, remark = () => "" }) {
    Object.assign(this, { box, list, pick, except, remark, offered: [], active: -1 });
    box.addEventListener("input", () => this.show());
    box.addEventListener("focus", () => (box.select(), indexInSlices()));
    box.addEventListener("blur", () => this.close());
    box.addEventListener("keydown", (event) => this.press(event));
  }

  show() {
    const found = searchNodes(this.box.value, this.except);
    this.offered = found.map(({ index }) => index);
    this.active = found.length ? 0 : -1;
    this.list.replaceChildren(...found.map((one, place) => this.drawSuggestion(one, place)));
    if (!found.length) this.list.append(element("li", { className: "none", role: "option", "aria-disabled": "true" }, "Nothing of that name here. Try a shorter part of it."));
    this.list.hidden = !foldText(this.box.value);
    this.box.setAttribute("aria-expanded", String(!this.list.hidden));
    this.mark();
  }

  drawSuggestion({ index, name }, place) {
    const node = nodes[index];
    const note = [name === node.label ? "" : shorten(name, 70), nameType(node), this.remark(index)].filter(Boolean).join(" · ");
    const item = element("li", { role: "option", id: `${this.list.id}-${place}` },
      drawSwatch(node.shape, node.color, node.kind), element("bdi", {}, shorten(node.label, 90)), element("small", {}, isolate(note)));
    item.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.choose(place);
    });
    return item;
  }

  mark() {
    [...this.list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === this.active)));
    if (this.active >= 0) this.box.setAttribute("aria-activedescendant", `${this.list.id}-${this.active}`);
    else this.box.removeAttribute("aria-activedescendant");
  }

  choose(place) {
    const index = this.offered[place];
    if (index === undefined) return;
    this.close();
    this.box.value = nodes[index].label;
    this.pick(index);
  }

  close() {
    this.list.hidden = true;
    this.box.setAttribute("aria-expanded", "false");
    this.box.removeAttribute("aria-activedescendant");
  }

  press(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.offered.length) {
      if (this.list.hidden) this.show();
      else this.active = (this.active + step + this.offered.length) % this.offered.length;
      this.mark();
    } else if (event.key === "Enter") {
      if (this.list.hidden) this.show();
      this.choose(this.active);
    } else if (event.key === "Escape" && !this.list.hidden) {
      this.close();
      event.stopPropagation();
    } else return;
    event.preventDefault();
  }
}

function startSearch() {
  setTimeout(indexInSlices, 1000); // so that the first letter finds all names ready
  new Finder(searchBox, document.getElementById("suggestions"), { pick: (index) => openNode(index, { move: true }) });
}
