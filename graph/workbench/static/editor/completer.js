// What is offered while somebody types: terms, names and prefixes from this server, variables and words of SPARQL from the query.

import { cut, element, isolate, settings } from "./dom.js";

const known = new Map(); // what the server answered, by what was asked
const KEPT = 500;
const MENTION = /(?:^|[\s({,;.|/^!\]])@([^@"'<>{}#;]*)$/;
const VARIABLE = /[?$]\w*$/;
const DECLARATION = /(?:^|\s)PREFIX\s+([\w-]*:?)$/i;
const CLASS = /(?:^|\s)(?:a|rdf:type)\s+([\w-]*:?[\w-]*)$/;
const WORD = /(?:[A-Za-z][\w-]*)?:?[\w-]*$/;
const KEYWORD = /^(?!(?:INSERT|DELETE|LOAD|CLEAR|DROP|ADD|MOVE|COPY|CREATE|WITH)$)[A-Z_ ]{2,}$/; // the graph is only read
const SYMBOLS = /^(VAR\d|IRI_REF|PNAME_\w+|BLANK_NODE\w*|INTEGER\w*|DECIMAL\w*|DOUBLE\w*|STRING_\w+|ANON|NIL|LANGTAG|UNDEF_)$/;
const KINDS = { class: "type", property: "relation", value: "value", prefix: "prefix", variable: "variable", word: "SPARQL" };

let asked = false; // by the key: then even nothing typed is enough

export function completeHere(yasqe) {
  yasqe.state.completionActive?.close();
  asked = true;
  yasqe.autocomplete();
}

export function registerCompleter(Yasqe) {
  Yasqe.defaults.autocompleters = []; // YASQE's own ask other servers
  for (const name of Object.keys(Yasqe.Autocompleters)) delete Yasqe.Autocompleters[name];
  Yasqe.prototype.handleCursorActivity = () => {}; // offers come while somebody types, not while they walk through the text
  Yasqe.registerAutocompleter({
    name: "caregraph",
    bulk: false,
    autoShow: true,
    onInitialize: listen,
    isValidCompletionPosition: (yasqe) => place(yasqe) !== undefined,
    preProcessToken: (yasqe) => wantedAt(yasqe),
    get: (yasqe, wanted) => offer(yasqe, wanted),
    postprocessHints: (yasqe, hints) => hints.map((hint) => makeHint(hint.text)),
  });
}

function listen(yasqe) {
  yasqe.on("inputRead", (_, { origin }) => origin === "+input" && yasqe.autocomplete(true));
  yasqe.on("endCompletion", () => (asked = false));
}

// YASQE expects a token; an empty one leaves it to us what is replaced.
function wantedAt(yasqe) {
  const wanted = place(yasqe);
  return wanted && { ...wanted, string: "" };
}

// Returns what is being typed at the cursor, where it begins, and what it may be; undefined where nothing is to be offered.
export function place(yasqe) {
  const { line, ch } = yasqe.getCursor();
  const token = yasqe.getTokenAt({ line, ch }, true);
  if (token.type === "comment") return undefined;
  const before = yasqe.getLine(line).slice(0, ch);
  const expected = (token.type === "ws" || !token.type ? token.state.possibleNext : token.state.possibleCurrent) ?? [];
  const found = choose(before, expected);
  return found && { ...found, expected, line, start: ch - found.typed.length - (found.sign ?? 0), end: ch };
}

function choose(before, expected) {
  const quoted = openQuote(before);
  if (quoted !== undefined) return quoted.length > 1 ? { kind: "quoted", typed: quoted, sign: 1 } : undefined;
  const mention = MENTION.exec(before);
  if (mention) return { kind: "name", typed: mention[1], sign: 1 };
  const variable = VARIABLE.exec(before);
  if (variable) return { kind: "variable", typed: variable[0] };
  const declared = DECLARATION.exec(before);
  if (declared) return { kind: "prefix", typed: declared[1] };
  if (/<[^<>\s]*$/.test(before)) return undefined;
  const type = CLASS.exec(before);
  if (type) return { kind: "class", typed: type[1] };
  const typed = WORD.exec(before)[0];
  if (typed.length < (asked ? 0 : 2) || /[?$\d]$/.test(before.slice(0, -typed.length))) return undefined;
  if (typed.includes(":")) return { kind: typed.startsWith("cgi:") ? "name" : "term", typed };
  if (expected.includes("a")) return { kind: "verb", typed };
  return { kind: expected.includes("IRI_REF") ? "any" : "word", typed };
}

// Returns what stands after a quotation mark that is still open, unless it is one of three.
function openQuote(before) {
  const rest = before.replace(/<[^<>\s]*>/g, "").replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, "");
  return /"([^"\\]*)$/.exec(rest)?.[1];
}

async function offer(yasqe, wanted) {
  if (wanted.kind === "variable") return offerVariables(yasqe, wanted).map((one) => ({ ...one, wanted }));
  const words = ["verb", "any", "word"].includes(wanted.kind) ? offerWords(wanted) : [];
  const kind = { verb: "property", quoted: "name" }[wanted.kind] ?? wanted.kind;
  const found = kind === "word" ? [] : await ask(kind, wanted.typed);
  if (found.some((one) => one.insert === wanted.typed)) return []; // whole already: Enter is to begin a line
  return [...words, ...found].map((one) => ({ ...one, wanted }));
}

async function ask(kind, typed) {
  const asked = new URLSearchParams({ kind, q: typed }).toString();
  if (!known.has(asked)) {
    const answer = await fetch(`/editor/complete?${asked}`).catch(() => undefined);
    if (!answer?.ok) return [];
    if (known.size > KEPT) known.clear();
    known.set(asked, (await answer.json()).completions);
  }
  return known.get(asked);
}

function offerVariables(yasqe, { typed, start, line }) {
  const elsewhere = yasqe.getValue().split("\n").map((text, number) => (number === line ? `${text.slice(0, start)} ${text.slice(start + typed.length)}` : text));
  const all = new Set(elsewhere.join("\n").replace(/#[^\n]*/g, "").match(/[?$]\w+/g) ?? []);
  if (all.has(typed)) return [];
  return [...all].filter((name) => name.startsWith(typed)).sort().map((name) => ({ insert: name, label: name, note: "", kind: "variable", prefix: "" }));
}

function offerWords({ typed, expected }) {
  const begun = typed.toUpperCase();
  const words = expected.filter((word) => KEYWORD.test(word) && !SYMBOLS.test(word) && word.startsWith(begun) && word !== begun);
  return words.sort().slice(0, 6).map((word) => ({ insert: word, label: word, note: "", kind: "word", prefix: "" }));
}

function makeHint(completion) {
  return { text: completion.insert, completion, className: `hint-${completion.kind}`, render: drawHint, hint: (editor, _, chosen) => insert(editor, chosen.completion) };
}

function drawHint(item, _, { completion }) {
  const { kind, insert: written, label, note } = completion;
  const shown = kind === "name" ? label : written;
  item.append(element("span", { class: "hint-main" }, isolate(cut(shown, 60))));
  item.append(element("span", { class: "hint-kind" }, kind === "name" ? note : KINDS[kind]));
  const more = kind === "name" ? "" : [label !== shown && label, note].filter((text) => text && !written.includes(text)).join(": ");
  if (more) item.append(element("span", { class: "hint-note" }, isolate(cut(more, 110))));
}

// A name is written as its whole IRI (a slash cannot stand in a prefixed name), and at the end of a line as a comment too;
// after a quotation mark it is written as text.
function insert(editor, { insert: iri, label, kind, prefix, wanted }) {
  const quoted = wanted.kind === "quoted";
  const written = quoted ? `"${label.replace(/[\\"]/g, "\\$&").replace(/\s+/g, " ")}"` : iri;
  const from = { line: wanted.line, ch: wanted.start };
  const rest = editor.getLine(wanted.line).slice(editor.getCursor().ch);
  const comment = kind === "name" && !quoted && !rest.trim() ? `  # ${plain(label)}` : "";
  editor.replaceRange(written + comment, from, editor.getCursor(), "complete");
  editor.setCursor({ line: wanted.line, ch: wanted.start + written.length });
  if (prefix) declare(editor, prefix);
}

// A name from a document may hold characters that would end the comment.
const plain = (label) => cut(label.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ").trim(), 80);

function declare(editor, prefix) {
  const declared = new RegExp(`^\\s*PREFIX\\s+${prefix}:`, "im");
  if (!settings.prefixes[prefix] || declared.test(editor.getValue())) return;
  const lines = editor.getValue().split("\n");
  const last = lines.findLastIndex((line) => /^\s*(PREFIX|BASE)\s/i.test(line));
  const first = lines.findIndex((line) => !/^\s*(#|$)/.test(line));
  const at = last >= 0 ? last + 1 : Math.max(first, 0);
  editor.replaceRange(`PREFIX ${prefix}: <${settings.prefixes[prefix]}>\n`, { line: at, ch: 0 }, undefined, "complete");
}
