// What the server answered, in one form for all views: variables and rows of terms, or yes or no, or what went wrong.

import { settings } from "./dom.js";

const read = new WeakMap();
const TITLES = {
  "malformed-query": "The query cannot be read",
  "refused-query": "The query is refused",
  "time-limit": "Stopped: it took too long",
  "memory-limit": "Stopped: it needed too much memory",
  "answer-limit": "Stopped: the answer is too long",
  busy: "The server is busy",
};
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const NUMERIC = /#(integer|decimal|double|float|int|long|short|byte|nonNegativeInteger|positiveInteger|unsigned\w+)$/;

// `results` is YASR's; its own rows are not used, since it rewrites texts that hold braces.
export function readAnswer(results) {
  if (!results) return { kind: "none", variables: [], rows: [] };
  if (!read.has(results)) read.set(results, parse(results));
  return read.get(results);
}

function parse(results) {
  const about = { seconds: (results.getResponseTime() ?? 0) / 1000, more: saysMore(results), variables: [], rows: [] };
  if (results.hasError()) return { ...about, kind: "error", problem: readProblem(results) };
  const text = results.getOriginalResponseAsString() ?? "";
  try {
    if (/json/.test(results.getContentType() ?? "")) return { ...about, text, ...readJson(JSON.parse(text)) };
    return { ...about, text, ...readTriples(results) };
  } catch (error) {
    return { ...about, text, kind: "error", problem: { title: "The answer cannot be read", detail: error.message } };
  }
}

function saysMore(results) {
  return results.res?.headers?.get("caregraph-more-rows") === "yes";
}

function readJson(answer) {
  if (typeof answer.boolean === "boolean") return { kind: "boolean", boolean: answer.boolean };
  const rows = answer.results.bindings.map((binding) => new Map(Object.entries(binding)));
  return { kind: "rows", variables: answer.head.vars, rows };
}

function readTriples(results) {
  results.getType(); // reads it
  const variables = ["subject", "predicate", "object"];
  const rows = (results.getStatements() ?? []).map((triple) => new Map(variables.map((part) => [part, readTerm(triple[part])])));
  return { kind: "triples", variables, rows };
}

function readTerm(term) {
  if (term.termType === "BlankNode") return { type: "bnode", value: term.value };
  if (term.termType !== "Literal") return { type: "uri", value: term.value };
  return { type: "literal", value: term.value, "xml:lang": term.language || undefined, datatype: term.datatype?.value };
}

// The endpoint describes what went wrong as JSON (RFC 9457); anything else is shown as it is.
function readProblem(results) {
  const error = results.error;
  if (error?.name === "AbortError") return { stopped: true, title: "Stopped", detail: "The query was stopped before it was answered." };
  const text = results.getError()?.text ?? "";
  try {
    const problem = JSON.parse(text);
    return { ...problem, title: TITLES[problem.reason] ?? (problem.line ? TITLES["malformed-query"] : problem.title) ?? "Error", detail: problem.detail ?? problem.message ?? "" };
  } catch {
    const lost = error instanceof TypeError;
    return { title: lost ? "The server does not answer" : "Error", detail: lost ? "Is caregraph serve still running?" : text };
  }
}

export const isNumber = (term) =>
  term?.type === "literal" && NUMERIC.test(term.datatype ?? "") && NUMBER.test(term.value);

// The variables whose every value is a number, at least one.
export function findNumbers(answer) {
  return answer.variables.filter((name) => {
    const terms = answer.rows.map((row) => row.get(name)).filter(Boolean);
    return terms.length > 0 && terms.every(isNumber);
  });
}

export function summarise(answer) {
  const what = answer.kind === "triples" ? "triple" : "row";
  const number = answer.rows.length;
  const time = `${answer.seconds < 10 ? answer.seconds.toFixed(2) : Math.round(answer.seconds)} s`;
  if (answer.kind === "error") return answer.problem.stopped ? `Stopped after ${time}.` : `No answer after ${time}.`;
  if (answer.kind === "boolean") return `Answered in ${time}.`;
  const size = `${number.toLocaleString("en-GB")} ${what}${number === 1 ? "" : "s"} in ${time}.`;
  return answer.more ? `The first ${size} There are more ${what}s: this page asks for ${settings.rows.toLocaleString("en-GB")}. Narrow the query, or page with LIMIT and OFFSET.` : size;
}

// Names of nodes, asked for once.
const names = new Map();

export async function loadNames(iris) {
  const own = settings.folders.map(([start]) => start);
  const wanted = [...new Set(iris)].filter((iri) => !names.has(iri) && own.some((start) => iri.startsWith(start)));
  for (let start = 0; start < wanted.length; start += 2000) {
    const some = wanted.slice(start, start + 2000);
    const answer = await fetch("/editor/labels", { method: "POST", body: JSON.stringify(some) }).catch(() => undefined);
    const found = answer?.ok ? new Map(Object.entries(await answer.json())) : new Map();
    some.forEach((iri) => names.set(iri, found.get(iri)));
  }
}

export const nameOf = (iri) => names.get(iri);
