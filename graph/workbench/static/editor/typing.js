// Keys of the editor, and the mark at the line where a query cannot be read.

import { completeHere } from "./completer.js";
import { element, say, settings } from "./dom.js";

const INDENT = "  ";

export function keysOf(run) {
  return {
    "Ctrl-Enter": () => void run(),
    "Cmd-Enter": () => void run(),
    "Ctrl-Space": (editor) => completeHere(editor),
    "Ctrl-S": false,
    Tab: (editor) => indent(editor),
    "Shift-Tab": (editor) => editor.execCommand("indentLess"),
    Esc: letGo,
  };
}

function indent(editor) {
  if (editor.somethingSelected()) editor.execCommand("indentMore");
  else editor.replaceSelection(INDENT, "end", "+input");
}

// Tab indents, which would keep whoever has no mouse in the editor (WCAG 2.1.2): after Escape it leads on.
function letGo(editor) {
  const leave = { Tab: false, "Shift-Tab": false };
  editor.addKeyMap(leave);
  say("Tab now leads out of the editor.");
  const back = () => {
    editor.removeKeyMap(leave);
    editor.off("blur", back);
    editor.off("change", back);
  };
  editor.on("blur", back);
  editor.on("change", back);
}

// In place of YASQE's own, whose explanation is markup with styles, which the page's policy forbids.
export function markWrongLines(Yasqe) {
  Yasqe.prototype.checkSyntax = function () {
    checkSyntax(this);
  };
}

function checkSyntax(editor) {
  editor.clearGutter("gutterErrorBar");
  editor.queryValid = true;
  for (let line = 0; line < editor.lineCount() && editor.queryValid; line++) {
    const { state } = editor.getTokenAt({ line, ch: editor.getLine(line).length }, true);
    editor.setOption("queryType", state.queryType);
    if (state.OK !== false) continue;
    editor.queryValid = false;
    editor.setGutterMarker(line, "gutterErrorBar", mark(explain(state)));
  }
}

function explain(state) {
  const expected = (state.possibleCurrent ?? []).slice(0, 12).join(", ");
  return state.errorMsg ?? `This line cannot be read as SPARQL 1.1${expected ? `; expected: ${expected}` : ""}`;
}

export const mark = (words) => element("span", { class: "line-mark", title: words, role: "img", "aria-label": words }, "!");

// The endpoint knows our prefixes without a declaration; the grammar must not take them for errors.
export function declareOurPrefixes(Yasqe) {
  const make = Yasqe.modes.sparql11;
  Yasqe.defineMode("sparql11", (config) => {
    const mode = make(config);
    return { ...mode, startState: () => ({ ...mode.startState(), prefixes: { ...settings.prefixes } }) };
  });
}
