// The answer as a table: filter, order, pages, names in place of addresses, CSV.

import { findNumbers, loadNames, nameOf, readAnswer } from "./answers.js";
import { writeCsv } from "./csv.js";
import { button, count, cut, download, element, isolate, linkTo, shorten } from "./dom.js";

const SIZES = [25, 50, 100, 500, 1000];
const LONG = 300; // characters of a text that a cell shows at first
const kept = { size: 50, names: true }; // for as long as the page is open

export class TableView {
  label = "Table";
  priority = 10;

  constructor(yasr) {
    this.yasr = yasr;
  }

  canHandleResults() {
    return ["rows", "triples"].includes(readAnswer(this.yasr.results).kind);
  }

  async draw() {
    this.answer = readAnswer(this.yasr.results);
    this.numbers = new Set(findNumbers(this.answer));
    Object.assign(this, { page: 0, order: undefined, wanted: "" });
    this.place = element("div", { class: "table-place" });
    this.pager = element("div", { class: "pager" });
    this.yasr.resultsEl.append(this.drawTools(), this.place, this.pager);
    await this.fill();
  }

  drawTools() {
    const filter = element("input", { type: "search", "aria-label": "Filter rows", placeholder: "Filter rows", input: () => this.change({ wanted: filter.value, page: 0 }) });
    const sizes = SIZES.map((size) => element("option", { value: size, selected: size === kept.size }, String(size)));
    const size = element("select", { change: () => this.change({ page: 0 }, { size: Number(size.value) }) }, ...sizes);
    const names = element("input", { type: "checkbox", checked: kept.names, change: () => this.change({}, { names: names.checked }) });
    const save = button("Download CSV", () => download("answer.csv", "text/csv;charset=utf-8", writeCsv(this.answer)));
    return element("div", { class: "view-tools" }, filter, element("label", {}, "Rows a page ", size), element("label", {}, names, " Names instead of addresses"), save);
  }

  change(own, shared = {}) {
    Object.assign(this, own);
    Object.assign(kept, shared);
    return this.fill();
  }

  async fill() {
    const rows = this.sort(this.filter());
    const shown = rows.slice(this.page * kept.size, (this.page + 1) * kept.size);
    const asked = (this.asked = {});
    if (kept.names) await loadNames(shown.flatMap((row) => [...row.values()].filter(({ type }) => type === "uri").map(({ value }) => value)));
    if (asked !== this.asked) return; // something newer is being shown
    const table = element("table", {}, this.drawHeading(), element("tbody", {}, ...shown.map((row) => this.drawRow(row))));
    this.place.replaceChildren(element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Rows" }, table));
    this.drawPager(rows.length);
    this.focusAgain();
  }

  filter() {
    const wanted = this.wanted.trim().toLowerCase();
    if (!wanted) return this.answer.rows;
    const matches = (term) => term && `${term.value} ${(kept.names && nameOf(term.value)) || ""}`.toLowerCase().includes(wanted);
    return this.answer.rows.filter((row) => this.answer.variables.some((name) => matches(row.get(name))));
  }

  sort(rows) {
    if (!this.order) return rows;
    const { name, down } = this.order;
    const text = (row) => this.write(row.get(name)).toLowerCase();
    const compare = this.numbers.has(name)
      ? (one, other) => Number(one.get(name)?.value ?? -Infinity) - Number(other.get(name)?.value ?? -Infinity)
      : (one, other) => text(one).localeCompare(text(other), "en");
    return [...rows].sort((one, other) => (down ? -1 : 1) * compare(one, other));
  }

  drawHeading() {
    const cells = this.answer.variables.map((name) => {
      const chosen = this.order?.name === name;
      const sign = chosen ? (this.order.down ? " ▼" : " ▲") : "";
      const act = () => this.change({ order: { name, down: chosen && !this.order.down }, page: 0, focused: name });
      const sorted = chosen ? (this.order.down ? "descending" : "ascending") : "none";
      return element("th", { scope: "col", "aria-sort": sorted, class: this.numbers.has(name) ? "number" : undefined }, button(`${name}${sign}`, act, { class: "sort", title: "Order the rows by this" }));
    });
    return element("thead", {}, element("tr", {}, ...cells));
  }

  drawRow(row) {
    const cells = this.answer.variables.map((name) => element("td", { class: this.numbers.has(name) ? "number" : undefined }, ...this.drawTerm(row.get(name))));
    return element("tr", {}, ...cells);
  }

  drawTerm(term) {
    if (!term) return [];
    if (term.type === "uri") return [linkTo(term.value, cut(this.write(term), LONG))];
    if (term.type === "bnode") return [`_:${term.value}`];
    const text = this.write(term);
    const language = term["xml:lang"] && !/^en\b/i.test(term["xml:lang"]) ? [element("span", { class: "soft" }, ` @${term["xml:lang"]}`)] : [];
    const shown = element("span", {}, isolate(cut(text, LONG)));
    if (text.length <= LONG) return [shown, ...language];
    const more = button("all of it", () => (shown.replaceChildren(isolate(text)), more.remove()), { class: "more" });
    return [shown, " ", more, ...language];
  }

  write(term) {
    if (!term) return "";
    if (term.type === "uri") return (kept.names && nameOf(term.value)) || shorten(term.value);
    return typeof term.value === "string" ? term.value : JSON.stringify(term.value);
  }

  drawPager(number) {
    const pages = Math.max(1, Math.ceil(number / kept.size));
    const go = (page, name) => () => this.change({ page, focused: name });
    const first = number ? this.page * kept.size + 1 : 0;
    const words = `${count(first)} to ${count(Math.min(number, (this.page + 1) * kept.size))} of ${count(number)}${number < this.answer.rows.length ? ` that match, ${count(this.answer.rows.length)} in all` : ""}`;
    const back = button("Previous", go(this.page - 1, "Previous"), { disabled: this.page === 0, "data-name": "Previous" });
    const on = button("Next", go(this.page + 1, "Next"), { disabled: this.page + 1 >= pages, "data-name": "Next" });
    this.pager.replaceChildren(...(pages > 1 ? [back, on] : []), element("span", { role: "status" }, words));
  }

  // The button that was pressed is made anew: whoever pressed it by keyboard stays there.
  focusAgain() {
    const name = this.focused;
    this.focused = undefined;
    if (!name) return;
    const all = [...this.place.querySelectorAll(".sort"), ...this.pager.querySelectorAll("button")];
    all.find((one) => (one.dataset.name ?? one.textContent.replace(/ [▲▼]$/, "")) === name)?.focus();
  }
}
