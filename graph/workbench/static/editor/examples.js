// The examples: the named questions, and queries that draw.

import { button, count, element, find } from "./dom.js";

let examples;

async function load() {
  if (!examples) {
    const answer = await fetch("/editor/examples.json");
    examples = (await answer.json()).map((one) => ({ ...one, view: one.form === "construct" || one.form === "describe" ? "network" : "table" }));
  }
  return examples;
}

export async function showExamples(choose) {
  const all = await load();
  const items = all.map((example) => drawExample(example, choose));
  find("example-list").replaceChildren(...items);
  const filter = find("filter-examples");
  const sift = () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    all.forEach(({ name, text, query }, index) => {
      const words_of = `${name} ${text} ${query}`.toLowerCase();
      items[index].hidden = !words.every((word) => words_of.includes(word));
    });
    find("examples-count").textContent = `${count(items.filter((item) => !item.hidden).length)} of ${count(all.length)}`;
  };
  filter.oninput = sift;
  sift();
  find("examples").showModal();
  filter.focus();
}

function drawExample(example, choose) {
  const act = () => {
    find("examples").close();
    choose(example);
  };
  return element("li", {}, button(example.text, act, { class: "example" }), element("span", { class: "soft mono" }, example.name));
}

// Opens the example that an address names, without running it.
export async function openExample(name, open) {
  const example = (await load()).find((one) => one.name === name);
  if (example) open({ query: example.query, name: "Shared", view: example.view });
}
