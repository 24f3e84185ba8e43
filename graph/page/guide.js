// "What am I looking at?": at most a screen, with the marks of the picture itself.

function showGuide() {
  const marks = listGuideMarks().map(([swatches, ...words]) => [
    element("dt", {}, ...swatches), element("dd", {}, ...words)]);
  openPanel(element("h2", {}, "What am I looking at?"), drawPanelSwitch("guide"),
    element("p", {}, `This is what ${countWords(documents.length, "document")} say about who works with whom.`),
    element("dl", { className: "marks" }, ...marks.flat()),
    element("ul", { className: "guide" }, ...listSteps().map((words) => element("li", {}, ...words))), drawKeys());
  helpButton.setAttribute("aria-expanded", "true");
}

function listGuideMarks() {
  const present = new Set(nodes.map((node) => node.family));
  const families = legend.families.filter((_, number) => present.has(number)).slice(0, 3);
  const gray = theme().soft;
  const kinds = new Set(nodes.map(kindOf));
  const statuses = STATUSES.filter((status) => edges.some((edge) => edge.status === status));
  const [[sizeMark, sizeWords]] = listSigns();
  return [
    [families.map(({ shape, color }) => drawSwatch(shape, color)), "A shape is a body: a council, a trust, a person, a report. Shape and colour tell its type."],
    [[sizeMark], `${capitalise(sizeWords)}.`],
    kinds.has("collective") && [[drawSwatch("dot", gray, "collective")], "Ringed: a whole group, such as “councils”."],
    kinds.has("unnamed") && [[drawSwatch("dot", gray, "unnamed")], "Hollow: not named in the text."],
    [[drawLineMark()], "A line is what a document says about two bodies. The arrow points from the one that acts. A number tells how many statements it holds."],
    ...statuses.map((status) => [[drawLineSwatch(status)], element("strong", {}, legend.statuses[status].name), `: ${legend.statuses[status].note}.`]),
  ].filter(Boolean);
}

function listSteps() {
  const strong = (words) => element("strong", {}, words);
  return [
    [strong("Click"), " a shape or a line to read the sentences behind it, word for word."],
    [strong("Find"), " a body by name, short name or code with the box at the top."],
    [strong("Narrow"), " what is shown on the left; “Reset” brings everything back."],
    markButton.hidden ? null : [strong("Mark groups"), " tints bodies that are named together more often than with others."],
    [strong("List"), " shows the same as a table; ", strong("Share"), " makes pictures, tables and links of it."],
  ].filter(Boolean);
}

// A line with an arrow and the number of its statements.
function drawLineMark() {
  const svg = svgElement("svg", { width: 56, height: 20, viewBox: "0 0 56 20", "aria-hidden": "true" });
  const number = svgElement("text", { x: 24, y: 13.8, "text-anchor": "middle", "font-size": 10.5, "font-weight": 600, fill: theme().ink });
  number.textContent = "3";
  svg.append(svgElement("path", { d: "M1 10H48", stroke: theme().asserted, "stroke-width": 2.2 }),
    svgElement("path", { d: "M55 10L45 5.5V14.5Z", fill: theme().asserted }),
    svgElement("circle", { cx: 24, cy: 10, r: 8, fill: theme().surface, stroke: theme().asserted, "stroke-width": 1.2 }), number);
  return svg;
}

function drawKeys() {
  const rows = KEYS.flatMap(([key, words]) => [element("dt", {}, ...key.split(" ").map((one) => element("kbd", {}, one))), element("dd", {}, words)]);
  return element("details", { className: "keys" }, element("summary", {}, "Keys"), element("dl", {}, ...rows));
}

// The guide and the list of documents lead to one another.
function drawPanelSwitch(current) {
  const choices = [["guide", "Guide", showGuide], ["documents", `Documents (${documents.length.toLocaleString("en-GB")})`, showDocuments]];
  const buttons = choices.map(([name, words, show]) => {
    const button = element("button", { type: "button", "aria-pressed": String(name === current) }, words);
    button.addEventListener("click", () => {
      show();
      panel.querySelector('.switch [aria-pressed="true"]').focus();
    });
    return button;
  });
  return element("div", { className: "switch", role: "group", "aria-label": "About this page" }, ...buttons);
}
