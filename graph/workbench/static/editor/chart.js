// Bars for a column of numbers, beside the column that says what they count.

import { findNumbers, loadNames, nameOf, readAnswer } from "./answers.js";
import { count, cut, element, shorten } from "./dom.js";

const BARS = 40;
const ROW = 26;
const SVG = "http://www.w3.org/2000/svg";

export class ChartView {
  label = "Chart";
  priority = 4;

  constructor(yasr) {
    this.yasr = yasr;
  }

  canHandleResults() {
    const answer = readAnswer(this.yasr.results);
    return answer.kind === "rows" && answer.rows.length > 0 && findNumbers(answer).length > 0;
  }

  async draw() {
    const answer = readAnswer(this.yasr.results);
    const numbers = findNumbers(answer);
    const words = answer.variables.filter((name) => !numbers.includes(name));
    await loadNames(answer.rows.slice(0, BARS).flatMap((row) => words.map((name) => row.get(name)).filter((term) => term?.type === "uri").map(({ value }) => value)));
    const what = choice("Bars for", numbers, () => fill());
    const labels = choice("named by", words.length ? words : answer.variables, () => fill());
    const place = element("div", { class: "chart", tabindex: "0", role: "group", "aria-label": "Chart" });
    const fill = () => place.replaceChildren(...drawBars(answer, what.querySelector("select").value, labels.querySelector("select").value));
    const left = answer.rows.length > BARS ? `The first ${BARS} of ${count(answer.rows.length)} rows; order them in the query.` : "";
    this.yasr.resultsEl.append(element("div", { class: "view-tools" }, what, labels, element("span", { class: "soft" }, left)), place);
    fill();
  }
}

function choice(words, options, act) {
  return element("label", {}, `${words} `, element("select", { change: act }, ...options.map((name) => element("option", { value: name }, name))));
}

const write = (term) => (term?.type === "uri" ? nameOf(term.value) ?? shorten(term.value) : String(term?.value ?? ""));

function drawBars(answer, what, named) {
  const rows = answer.rows.slice(0, BARS).map((row) => ({ label: write(row.get(named)), value: Number(row.get(what)?.value ?? 0) }));
  const most = Math.max(...rows.map(({ value }) => value), 0);
  const least = Math.min(...rows.map(({ value }) => value), 0);
  const scale = (value) => 240 + (560 * (value - least)) / (most - least || 1);
  const height = ROW * rows.length + 8;
  const label = `${what} by ${named}: ${rows.length} bars, from ${count(Math.min(...rows.map(({ value }) => value)))} to ${count(most)}; the table has the numbers`;
  const picture = shape("svg", { viewBox: `0 0 900 ${height}`, role: "img", "aria-label": label });
  rows.forEach((row, index) => picture.append(...drawBar(row, index * ROW + 4, scale)));
  picture.append(shape("line", { class: "axis", x1: scale(0), x2: scale(0), y1: 0, y2: height }));
  return [picture];
}

function drawBar({ label, value }, top, scale) {
  const [from, to] = [scale(0), scale(value)].sort((one, other) => one - other);
  const name = shape("text", { x: 232, y: top + 15, "text-anchor": "end" });
  name.textContent = cut(label.replace(/\s+/g, " "), 34);
  const number = shape("text", { x: to + 6, y: top + 15, class: "value" });
  number.textContent = count(value);
  const bar = shape("rect", { x: from, y: top, width: Math.max(to - from, 1), height: ROW - 7, rx: 2 });
  return [name, bar, number];
}

function shape(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
