// CSV for spreadsheets: a cell that a spreadsheet would take for a formula is made text.

import { isNumber } from "./answers.js";

const FORMULA = /^'*(?:[\t\r\n]|[\s\u0000-\u001f\u0085\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20])/;

export function guardCell(term) {
  if (!term) return "";
  const text = term.type === "bnode" ? `_:${term.value}` : String(term.value);
  return FORMULA.test(text) && !isNumber(term) ? `'${text}` : text;
}

const quote = (text) => (/[",\r\n']|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

// The mark at the beginning makes spreadsheets read it as UTF-8; lines end as RFC 4180 has it.
export function writeCsv(answer) {
  const heading = answer.variables.map((name) => quote(guardCell({ type: "literal", value: name })));
  const lines = answer.rows.map((row) => answer.variables.map((name) => quote(guardCell(row.get(name)))));
  return `\ufeff${[heading, ...lines].map((cells) => cells.join(",")).join("\r\n")}\r\n`;
}
