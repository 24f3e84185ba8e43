// Sentences as a reader sees them: the quote in its surroundings, and where it stands.

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const SENTENCES_AT_ONCE = 20;

function writeDate(date) {
  const [, year, month, day] = /^(\d{4})-(\d\d)(?:-(\d\d))?/.exec(date) || [];
  const name = MONTHS[Number(month) - 1];
  if (!name) return shorten(String(date).replace(TURNS, ""), 40);
  return day ? `${Number(day)} ${name} ${year}` : `${name} ${year}`;
}

// The address when it opens a page or a letter, else "".
function safeAddress(address) {
  try {
    const url = new URL(address);
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : "";
  } catch {
    return "";
  }
}

// Only addresses that open a page or a letter become links; every other one stays text.
function drawLink(address, text) {
  const href = safeAddress(address);
  return href ? element("a", { href, target: "_blank", rel: "noopener noreferrer" }, text) : null;
}

const CUT = 24; // characters from which on the words around a quote may end within a word

// What stands around a quote, in whole words, as far as its own paragraph goes.
function drawSurroundings(text, before) {
  const paragraphs = text.split(/\n\s*\n/);
  const near = before ? paragraphs.at(-1) : paragraphs[0];
  if (!near.trim()) return null;
  const whole = near.length < CUT ? near : near.replace(before ? /^\S*(?=\s)/ : /(?<=\s)\S*$/, "");
  const words = paragraphs.length > 1 ? near : before ? `…${whole.trimStart()}` : `${whole.trimEnd()}…`;
  return element("span", { className: "around" }, isolate(words));
}

function drawSentence([number, quote, prefix, suffix]) {
  const { title, date, link } = documents[number];
  const caption = element("figcaption", {}, isolate(title), ...(date ? [" · ", isolate(writeDate(date), 40)] : []));
  const opened = drawLink(link, "open the document");
  if (opened) caption.append(" · ", opened);
  const words = element("mark", {}, isolate(quote, Infinity));
  return element("figure", { dir: "auto" },
    element("blockquote", {}, drawSurroundings(prefix, true), words, drawSurroundings(suffix, false)), caption);
}

// The first sentence, and the rest to be unfolded; or all of them, a step at a time.
function drawSentences(sentences, { all = false } = {}) {
  if (!sentences.length) return [element("p", { className: "hint" }, "No sentence is given for this statement.")];
  const options = { first: SENTENCES_AT_ONCE, step: SENTENCES_AT_ONCE, what: "sentences" };
  if (all) return drawSteps(sentences, drawSentence, options);
  const [first, ...rest] = sentences;
  if (!rest.length) return [drawSentence(first)];
  const words = rest.length === 1 ? "1 more sentence" : `${rest.length} more sentences`;
  return [drawSentence(first), drawFold(words, () => drawSteps(rest, drawSentence, options))];
}

function statusOf(edge) {
  return Object.hasOwn(legend.statuses, edge.status) ? edge.status : "asserted";
}

function drawStatus(status) {
  const known = Object.hasOwn(legend.statuses, status);
  return element("span", { className: `status ${known ? status : "asserted"}` }, known ? legend.statuses[status].name : isolate(status, 60));
}

function drawRole(edge) {
  return edge.role ? element("span", {}, " (", isolate(edge.role), ")") : null;
}

// One statement about a body. "Proposed" and "denied" change what the words mean, so they stand before the rest.
function drawStatement(edge, from) {
  const backward = from === edge.to && from !== edge.from;
  const other = backward ? edge.from : edge.to;
  const status = edge.status === "asserted" ? null : drawStatus(edge.status);
  const who = element("p", {}, status, bodyButton(other), drawRole(edge));
  return element("div", { className: `statement ${statusOf(edge)}` }, who, ...drawSentences(listSentences(edge)));
}

function bodyButton(index) {
  const button = element("button", { type: "button", className: "body" }, isolate(nodes[index].label));
  button.addEventListener("click", () => openNode(index, { move: true }));
  return button;
}
