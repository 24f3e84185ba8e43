// A drawing context that writes SVG. What is drawn on the screen, by vis-network and by us, is drawn into it once
// more, so that the picture which leaves the page is the one that is seen.

class SvgContext {
  // `root` is the element that takes the shapes.
  constructor(root) {
    this.root = root;
    this.rule = document.createElement("canvas").getContext("2d");
    this.matrix = [1, 0, 0, 1, 0, 0];
    this.kept = [];
    this.dashes = [];
    this.d = "";
    Object.assign(this, { fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, lineCap: "butt", lineJoin: "miter", lineDashOffset: 0,
      globalAlpha: 1, font: "10px sans-serif", textAlign: "start", textBaseline: "alphabetic" });
  }

  save() {
    const { matrix, dashes, fillStyle, strokeStyle, lineWidth, lineCap, lineJoin, lineDashOffset, globalAlpha, font, textAlign, textBaseline } = this;
    this.kept.push({ matrix, dashes, fillStyle, strokeStyle, lineWidth, lineCap, lineJoin, lineDashOffset, globalAlpha, font, textAlign, textBaseline });
  }

  restore() {
    Object.assign(this, this.kept.pop());
  }

  // Only ever called to fit the screen's resolution, which is no business of the paper.
  setTransform() {
    this.matrix = [1, 0, 0, 1, 0, 0];
  }

  transform(a, b, c, d, e, f) {
    const [p, q, r, s, x, y] = this.matrix;
    this.matrix = [p * a + r * b, q * a + s * b, p * c + r * d, q * c + s * d, p * e + r * f + x, q * e + s * f + y];
  }

  translate(x, y) {
    this.transform(1, 0, 0, 1, x, y);
  }

  scale(x, y) {
    this.transform(x, 0, 0, y, 0, 0);
  }

  rotate(angle) {
    this.transform(Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0);
  }

  // How much longer a length is on the paper; nothing here stretches one way more than the other.
  get stretch() {
    return Math.hypot(this.matrix[0], this.matrix[1]);
  }

  put(x, y) {
    const [p, q, r, s, e, f] = this.matrix;
    return `${round(p * x + r * y + e)} ${round(q * x + s * y + f)}`;
  }

  beginPath() {
    this.d = "";
  }

  closePath() {
    if (this.d) this.d += "Z";
  }

  moveTo(x, y) {
    this.d += `M${this.put(x, y)}`;
  }

  lineTo(x, y) {
    this.d += `${this.d ? "L" : "M"}${this.put(x, y)}`;
  }

  quadraticCurveTo(a, b, x, y) {
    this.d += `Q${this.put(a, b)} ${this.put(x, y)}`;
  }

  bezierCurveTo(a, b, c, d, x, y) {
    this.d += `C${this.put(a, b)} ${this.put(c, d)} ${this.put(x, y)}`;
  }

  rect(x, y, width, height) {
    this.d += `M${this.put(x, y)}L${this.put(x + width, y)}L${this.put(x + width, y + height)}L${this.put(x, y + height)}Z`;
  }

  arc(x, y, r, start, end, against = false) {
    const turn = 2 * Math.PI;
    const sweep = Math.abs(end - start) >= turn ? turn : (((against ? start - end : end - start) % turn) + turn) % turn;
    const on = (angle) => this.put(x + r * Math.cos(angle), y + r * Math.sin(angle));
    const half = start + ((against ? -1 : 1) * sweep) / 2; // two arcs, for one cannot be a whole circle
    const size = round(r * this.stretch);
    const bow = `A${size} ${size} 0 0 ${against ? 0 : 1} `;
    this.d += `${this.d ? "L" : "M"}${on(start)}${bow}${on(half)}${bow}${on(start + (against ? -1 : 1) * sweep)}`;
  }

  setLineDash(dashes) {
    this.dashes = dashes;
  }

  getLineDash() {
    return this.dashes;
  }

  fill(path) {
    this.addPath(path, paint("fill", this.fillStyle));
  }

  stroke(path) {
    const dashes = this.dashes.some((length) => length > 0) ? { "stroke-dasharray": this.dashes.map((length) => round(length * (path ? 1 : this.stretch))).join(" ") } : {};
    const width = round(this.lineWidth * (path ? 1 : this.stretch));
    this.addPath(path, { fill: "none", ...paint("stroke", this.strokeStyle), "stroke-width": width, "stroke-linecap": this.lineCap, "stroke-linejoin": this.lineJoin, ...dashes });
  }

  // A path of our own (`findPath`) brings its text along and is moved into place.
  addPath(path, attributes) {
    const d = path ? path.d : this.d;
    if (!d) return;
    const move = path ? { transform: `matrix(${this.matrix.map((number) => round(number, 4)).join(" ")})` } : {};
    this.add("path", { d, ...attributes, ...move });
  }

  fillRect(x, y, width, height) {
    const kept = this.d;
    this.d = "";
    this.rect(x, y, width, height);
    this.fill();
    this.d = kept;
  }

  clearRect() {} // the paper is clean

  measureText(text) {
    Object.assign(this.rule, { font: this.font, textBaseline: this.textBaseline });
    return this.rule.measureText(text);
  }

  fillText(text, x, y) {
    this.addText(text, x, y, paint("fill", this.fillStyle));
  }

  strokeText(text, x, y) {
    const width = round(this.lineWidth * this.stretch);
    this.addText(text, x, y, { fill: "none", ...paint("stroke", this.strokeStyle), "stroke-width": width, "stroke-linejoin": this.lineJoin, "aria-hidden": "true" });
  }

  addText(text, x, y, attributes) {
    const [, weight = "400", size, family] = /^(?:(\w+) )?([\d.e-]+)px (.+)$/.exec(this.font) || [null, "400", "10", "sans-serif"];
    const anchor = { center: "middle", right: "end", end: "end" }[this.textAlign] || "start";
    const [left, top] = this.put(x, y).split(" ").map(Number);
    const length = Number(size) * this.stretch;
    const made = this.add("text", { x: left, y: round(top + this.findDrop(weight, length, family)), ...attributes, "text-anchor": anchor, "font-family": family, "font-size": round(length), "font-weight": weight });
    made.textContent = cleanText(text);
  }

  // How far the line that letters stand on lies below the point that the text was given.
  findDrop(weight, length, family) {
    const font = `${weight} ${length}px ${family}`;
    const ascent = (textBaseline) => {
      Object.assign(this.rule, { font, textBaseline });
      return this.rule.measureText("x").fontBoundingBoxAscent;
    };
    return ascent("alphabetic") - ascent(this.textBaseline);
  }

  add(name, attributes) {
    const made = svgElement(name, this.globalAlpha < 1 ? { ...attributes, opacity: round(this.globalAlpha) } : attributes);
    this.root.append(made);
    return made;
  }
}

function round(number, places = 2) {
  return Number(number.toFixed(places));
}

// A colour with transparency is written as two attributes: few programs but browsers read "rgba()".
function paint(name, color) {
  const parts = /^rgba?\(\s*([\d.]+)[,\s]+([\d.]+)[,\s]+([\d.]+)[,\s/]+([\d.]+%?)\s*\)$/.exec(color);
  if (!parts) return { [name]: color };
  const hex = parts.slice(1, 4).map((part) => Math.round(Number(part)).toString(16).padStart(2, "0")).join("");
  return { [name]: `#${hex}`, [`${name}-opacity`]: round(parseFloat(parts[4]) / (parts[4].endsWith("%") ? 100 : 1)) };
}

// Characters that XML cannot hold are shown as such.
function cleanText(text) {
  return String(text).replace(/\p{Surrogate}/gu, "\ufffd").replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
}
