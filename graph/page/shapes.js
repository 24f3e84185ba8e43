// How a body looks: one path a shape, on the canvas and in the legend alike.

const SHAPES = {
  dot: (r) => circle(r),
  square: (r) => polygon([[-0.88, -0.88], [0.88, -0.88], [0.88, 0.88], [-0.88, 0.88]], r),
  diamond: (r) => polygon([[0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]], r),
  triangle: (r) => polygon([[0, -1.1], [1.1, 0.85], [-1.1, 0.85]], r),
  triangleDown: (r) => polygon([[0, 1.1], [1.1, -0.85], [-1.1, -0.85]], r),
  hexagon: (r) => regular(6, r, 0),
  pentagon: (r) => regular(5, r * 1.05, -Math.PI / 2),
  star: (r) => polygon(points(10, -Math.PI / 2).map(([x, y], i) => (i % 2 ? [x * 0.52, y * 0.52] : [x * 1.2, y * 1.2])), r),
  page: (r) => polygon([[-0.75, -1], [0.35, -1], [0.75, -0.6], [0.75, 1], [-0.75, 1]], r),
  person: (r) => `M${-r} ${r}A${r} ${r} 0 0 1 ${r} ${r}Z` + circle(r * 0.5, -r * 0.55),
  pin: (r) => `M0 ${r * 1.2}C${-r * 1.5} ${-r * 0.2} ${-r * 0.9} ${-r} 0 ${-r}C${r * 0.9} ${-r} ${r * 1.5} ${-r * 0.2} 0 ${r * 1.2}Z`,
};

function circle(r, y = 0) {
  return `M${-r} ${y}A${r} ${r} 0 1 1 ${r} ${y}A${r} ${r} 0 1 1 ${-r} ${y}Z`;
}

function points(count, turn) {
  return Array.from({ length: count }, (_, i) => [
    Math.cos(turn + (i * 2 * Math.PI) / count),
    Math.sin(turn + (i * 2 * Math.PI) / count),
  ]);
}

function regular(count, r, turn) {
  return polygon(points(count, turn), r);
}

function polygon(corners, r) {
  return `M${corners.map(([x, y]) => `${(x * r).toFixed(2)} ${(y * r).toFixed(2)}`).join("L")}Z`;
}

function tracePath(shape, r) {
  return (Object.hasOwn(SHAPES, shape) ? SHAPES[shape] : SHAPES.dot)(r);
}

function drawSwatch(shape, color, kind) {
  const svg = svgElement("svg", { width: 20, height: 20, viewBox: "-10 -10 20 20", "aria-hidden": "true" });
  const hollow = kind === "unnamed";
  svg.append(svgElement("path", { d: tracePath(shape, kind === "collective" ? 5 : 7), fill: hollow ? "none" : color, stroke: hollow ? color : "none", "stroke-width": 2 }));
  if (kind === "collective") svg.append(svgElement("circle", { r: 8.6, fill: "none", stroke: color, "stroke-width": 1.6 }));
  return svg;
}

function drawLineSwatch(status) {
  const svg = svgElement("svg", { width: 34, height: 14, viewBox: "0 0 34 14", "aria-hidden": "true" });
  const dashes = { asserted: "none", proposed: "7 4", negated: "1.5 4.5" }[status];
  svg.append(svgElement("path", { d: "M1 7H33", fill: "none", stroke: theme()[status], "stroke-width": 2.2, "stroke-dasharray": dashes, "stroke-linecap": status === "negated" ? "round" : "butt" }));
  if (status === "negated") svg.append(svgElement("path", { d: "M12.5 2.5L21.5 11.5M21.5 2.5L12.5 11.5", stroke: theme()[status], "stroke-width": 2.2 }));
  return svg;
}

function svgElement(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
}

// Make an element out of text and children; text is never read as markup.
function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  Object.entries(properties).forEach(([key, value]) => (key.includes("-") || key === "role" ? made.setAttribute(key, value) : (made[key] = value)));
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

// Text out of documents may run right to left, try to turn what follows it, or never end.
function isolate(text, longest = 300) {
  return element("bdi", {}, shorten(text, longest));
}

const ownScreen = matchMedia("(forced-colors: active)"); // the reader's own few colours, for the whole screen
const ownColors = new Map([...nodes, ...legend.families].map((one) => [one, one.color]));
let themeCache = null;

// Read the colours again. Of colours that the reader has chosen only that of text is sure to be seen on the ground,
// so all shapes get it.
function colourShapes() {
  themeCache = null;
  ownColors.forEach((color, one) => (one.color = ownScreen.matches ? theme().ink : color));
}

// A colour as the canvas knows it: the names of the reader's own colours mean something to style sheets only.
function resolveColor(value) {
  const probe = element("span", { hidden: true });
  probe.style.color = value;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

function theme() {
  if (!themeCache) {
    const style = getComputedStyle(document.documentElement);
    const read = (name) => {
      const value = style.getPropertyValue(`--${name}`).trim();
      return ownScreen.matches && /^[A-Z]/.test(value) ? resolveColor(value) : value;
    };
    themeCache = {
      ground: read("ground"), surface: read("surface"), ink: read("ink"), soft: read("soft"), accent: read("accent"),
      asserted: read("edge"), proposed: read("proposed"), negated: read("negated"), dim: Number(read("dim")),
      groups: Array.from({ length: TINTS }, (_, tint) => ({ fill: read(`group-${tint}`), line: read(`group-line-${tint}`), name: read(`group-name-${tint}`) })),
    };
  }
  return themeCache;
}
