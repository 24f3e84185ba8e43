// The ways to look at an answer, as YASR's plugins; table, network and chart have files of their own.

import { sayChosenView } from "./access.js";
import { readAnswer } from "./answers.js";
import { ChartView } from "./chart.js";
import { button, count, download, element, isolate } from "./dom.js";
import { NetworkView } from "./network.js";
import { TableView } from "./table.js";
import { mark } from "./typing.js";

const SHOWN = 100_000; // characters of the raw answer
const marked = new WeakMap();

class RawView {
  label = "Raw";
  priority = 1;

  constructor(yasr) {
    this.yasr = yasr;
  }

  canHandleResults() {
    return Boolean(readAnswer(this.yasr.results).text);
  }

  draw() {
    const { text } = readAnswer(this.yasr.results);
    const type = (this.yasr.results.getContentType() ?? "text/plain").split(";")[0];
    const ending = { "text/turtle": "ttl", "application/sparql-results+json": "srj" }[type] ?? "txt";
    const cutOff = text.length > SHOWN ? `The first ${count(SHOWN)} of ${count(text.length)} characters.` : "";
    const save = button("Download as it came", () => download(`answer.${ending}`, type, text));
    const shown = element("pre", { class: "raw", tabindex: "0", "aria-label": "Raw answer" }, text.slice(0, SHOWN));
    this.yasr.resultsEl.append(element("div", { class: "view-tools" }, save, element("span", { class: "soft" }, `${type} ${cutOff}`)), shown);
  }
}

class YesNoView {
  priority = 15;
  hideFromSelection = true;

  constructor(yasr) {
    this.yasr = yasr;
  }

  canHandleResults() {
    return readAnswer(this.yasr.results).kind === "boolean";
  }

  draw() {
    const yes = readAnswer(this.yasr.results).boolean;
    this.yasr.resultsEl.append(element("p", { class: "yes-no" }, yes ? "Yes: the graph has it." : "No: the graph does not have it."));
  }
}

class ProblemView {
  priority = 20;
  hideFromSelection = true;

  constructor(yasr) {
    this.yasr = yasr;
  }

  canHandleResults() {
    return readAnswer(this.yasr.results).kind === "error";
  }

  draw() {
    const { problem } = readAnswer(this.yasr.results);
    const where = problem.line ? element("p", {}, `Line ${problem.line}, column ${problem.column ?? 1}. It is marked in the editor.`) : "";
    const told = element("div", { class: "problem", role: "alert" }, element("h2", {}, isolate(problem.title)), element("p", { class: "said" }, isolate(problem.detail)), where);
    this.yasr.resultsEl.append(told);
  }
}

export function registerViews(Yasr) {
  for (const name of Object.keys(Yasr.plugins)) delete Yasr.plugins[name];
  for (const name of Object.keys(Yasr.defaults.plugins)) delete Yasr.defaults.plugins[name];
  const views = { table: TableView, network: NetworkView, chart: ChartView, raw: RawView, boolean: YesNoView, error: ProblemView };
  for (const [name, View] of Object.entries(views)) Yasr.registerPlugin(name, View);
  const select = Yasr.prototype.updatePluginSelectors;
  Yasr.prototype.updatePluginSelectors = function (...given) {
    select.apply(this, given);
    sayChosenView(this);
  };
}

// Marks the line of a problem, or takes the mark away.
export function markProblem(yasqe, problem) {
  marked.get(yasqe)?.clear();
  marked.delete(yasqe);
  const line = (problem?.line ?? 0) - 1;
  if (!yasqe || line < 0 || line >= yasqe.lineCount()) return;
  const handle = yasqe.addLineClass(line, "background", "problem-line");
  yasqe.setGutterMarker(line, "gutterErrorBar", mark(problem.detail));
  marked.set(yasqe, { clear: () => yasqe.removeLineClass(handle, "background", "problem-line") });
  yasqe.setCursor({ line, ch: Math.max(0, (problem.column ?? 1) - 1) });
}
