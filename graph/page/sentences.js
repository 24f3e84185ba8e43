// Sentences as a reader sees them: the quote in its surroundings, and where it stands.

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

function writeDate(date) {
  const [year, month, day] = String(date).split("-");
  const name = MONTHS[Number(month) - 1];
  if (!name) return String(date);
  return day ? `${Number(day)} ${name} ${year}` : `${name} ${year}`;
}

// Only addresses that open a page or a letter become links; every other one stays text.
function drawLink(address, text) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (!["http:", "https:", "mailto:"].includes(url.protocol)) return null;
  return element("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, text);
}

// What stands around a quote, as far as its own paragraph goes.
function drawSurroundings(text, before) {
  const paragraphs = text.split(/\n\s*\n/);
  const near = before ? paragraphs.at(-1) : paragraphs[0];
  if (!near.trim()) return null;
  const words = paragraphs.length > 1 ? near : before ? `…${near}` : `${near}…`;
  return element("span", { className: "around" }, isolate(words));
}

function drawSentence([number, quote, prefix, suffix]) {
  const { title, date, link } = documents[number];
  const caption = element("figcaption", {}, isolate(title), date ? ` · ${writeDate(date)}` : "");
  const opened = drawLink(link, "open the document");
  if (opened) caption.append(" · ", opened);
  const words = element("mark", {}, isolate(quote, Infinity));
  return element("figure", { dir: "auto" },
    element("blockquote", {}, drawSurroundings(prefix, true), words, drawSurroundings(suffix, false)), caption);
}

function drawSentences(sentences) {
  if (!sentences.length) return [element("p", { className: "hint" }, "No sentence is given for this statement.")];
  const [first, ...rest] = sentences.map(drawSentence);
  if (!rest.length) return [first];
  const words = rest.length === 1 ? "1 more sentence" : `${rest.length} more sentences`;
  return [first, element("details", {}, element("summary", {}, words), ...rest)];
}

function drawStatus(status) {
  const known = Object.hasOwn(legend.statuses, status);
  return element("span", { className: `status ${known ? status : "asserted"}` }, known ? legend.statuses[status].name : status);
}

// "Proposed" and "denied" change what the words mean, so they always stand beside them.
function drawStatement(edge, from) {
  const backward = from === edge.to && from !== edge.from;
  const other = backward ? edge.from : edge.to;
  const role = edge.role ? element("span", {}, " (", isolate(edge.role), ")") : null;
  const who = element("p", {}, bodyButton(other), role, edge.status === "asserted" ? null : drawStatus(edge.status));
  return element("div", { className: "statement" }, who, ...drawSentences(edge.sentences));
}

function bodyButton(index) {
  const button = element("button", { type: "button", className: "body" }, isolate(nodes[index].label));
  button.addEventListener("click", () => openNode(index, { move: true }));
  return button;
}
