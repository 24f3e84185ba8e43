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
  find("example-list").replaceChildren(...all.map((example) => drawExample(example, choose)));
  sift();
  find("examples").showModal();
  find("filter-examples").focus();
}

function sift() {
  const words = find("filter-examples").value.toLowerCase().split(/\s+/).filter(Boolean);
  const items = [...find("example-list").children];
  examples.forEach(({ name, text, query }, index) => {
    const said = `${name} ${text} ${query}`.toLowerCase();
    items[index].hidden = !words.every((word) => said.includes(word));
  });
  find("examples-count").textContent = `${count(items.filter((item) => !item.hidden).length)} of ${count(items.length)}`;
}

find("filter-examples").addEventListener("input", sift);

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
