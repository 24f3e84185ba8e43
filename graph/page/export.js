// What leaves the page as a file: pictures, a table, a network. The same view gives the same bytes.

// A cell of a spreadsheet that begins so may be run as a formula; guard_cell of Python has the same.
const FORMULA = /^'*(?:[\t\r\n]|[\s\u0000-\u001f\u0085\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20])/;

const TABLE_FIELDS = ["statement", "subject", "relation", "object", "status", "confidence", "role", "sentence", "document", "date", "link"];

function writeCell(value) {
  const text = typeof value === "number" ? String(value) : String(value ?? "").replace(/\p{Surrogate}/gu, "\ufffd");
  const safe = typeof value !== "number" && FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

// A row for each sentence (RFC 4180); the mark at the start tells Excel that it is UTF-8.
function writeTable(shown) {
  const lines = [TABLE_FIELDS, ...shown.edges.flatMap(listCells)].map((cells) => cells.map(writeCell).join(","));
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

function listCells(edge) {
  const status = Object.hasOwn(legend.statuses, edge.status) ? legend.statuses[edge.status].name : edge.status;
  const said = [edge.index + 1, nodes[edge.from].label, wordRelation(edge.predicate), nodes[edge.to].label, status, edge.confidence, edge.role];
  const sentences = listSentences(edge);
  if (!sentences.length) return [[...said, "", "", "", ""]];
  return sentences.map(([number, quote]) => {
    const { title, date, link } = documents[number];
    return [...said, quote, title, date, safeAddress(link)];
  });
}

const NODE_FIELDS = {
  label: (node) => node.label,
  iri: (node) => node.id,
  type: (node) => wordType(typeOf(node), node.family),
  kind: kindOf,
  other_names: (node) => (node.other_names || []).join("; "),
  codes: (node) => (node.codes || []).map(({ scheme, code }) => `${scheme} ${code}`).join("; "),
  from: (node) => node.valid_from,
  until: (node) => node.valid_until,
  group: (node) => (node.community === undefined ? "" : communities[node.community]?.name),
};

const EDGE_FIELDS = {
  label: (edge) => wordRelation(edge.predicate),
  relation: (edge) => edge.predicate,
  status: (edge) => edge.status,
  role: (edge) => edge.role,
  confidence: (edge) => edge.confidence,
  sentence: (edge) => listSentences(edge).map(([, quote]) => quote).join("\n"),
  document: (edge) => [...new Set(listSentences(edge).map(([number]) => documents[number].title))].join("; "),
  date: (edge) => [...new Set(listSentences(edge).map(([number]) => documents[number].date))].filter(Boolean).join("; "),
};

function escapeXml(value) {
  const names = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;" };
  return cleanText(value).replace(/[&<>"\r]/g, (character) => names[character]);
}

// GraphML 1.0 (http://graphml.graphdrawing.org/specification.html), for Gephi, Cytoscape, yEd and networkx.
function writeGraphml(shown) {
  const keys = (fields, of, letter) => Object.keys(fields).map((name) =>
    `  <key id="${letter}_${name}" for="${of}" attr.name="${name}" attr.type="${name === "confidence" ? "double" : "string"}"/>`);
  const values = (fields, item, letter) => Object.entries(fields).map(([name, read]) => [name, read(item)])
    .filter(([, value]) => value !== undefined && value !== null && value !== "")
    .map(([name, value]) => `<data key="${letter}_${name}">${escapeXml(value)}</data>`).join("");
  const bodies = [...shown.nodes].sort((a, b) => a - b).map((index) => `    <node id="n${index}">${values(NODE_FIELDS, nodes[index], "n")}</node>`);
  const links = shown.edges.map((edge) => `    <edge id="e${edge.index}" source="n${edge.from}" target="n${edge.to}">${values(EDGE_FIELDS, edge, "e")}</edge>`);
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">', ...keys(NODE_FIELDS, "node", "n"), ...keys(EDGE_FIELDS, "edge", "e"),
    '  <graph edgedefault="directed">', ...bodies, ...links, "  </graph>", "</graphml>", ""].join("\n");
}

function writeSvg(shown) {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(drawSheet(shown))}\n`;
}

// The sheet as pixels, two a point. From a data address, for a picture from a blob may count as another site's.
async function makePng(shown) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(writeSvg(shown))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: image.width * 2, height: image.height * 2 });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

const EXPORTS = {
  png: { type: "image/png", make: makePng },
  svg: { type: "image/svg+xml", make: writeSvg },
  csv: { type: "text/csv;charset=utf-8", make: writeTable },
  graphml: { type: "application/graphml+xml", make: writeGraphml },
};

function nameFile(ending) {
  return `${foldText(readTitle()).replace(/ /g, "-").slice(0, 60) || "network"}.${ending}`;
}

// Make the file and hand it to the browser to save; returns its name.
async function saveExport(ending) {
  const { type, make } = EXPORTS[ending];
  const made = await make(listShown());
  const address = URL.createObjectURL(made instanceof Blob ? made : new Blob([made], { type }));
  const link = element("a", { href: address, download: nameFile(ending) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return link.download;
}
