// What a large shape stands for, and the signs for bodies and links that hold parts of the network together.

const mostBetween = nodes.reduce((most, node) => Math.max(most, node.betweenness || 0), 0);

function sizeOf(id) {
  const item = itemOf(id);
  if (state.sizes !== "betweenness" || !mostBetween || typeof id !== "number") return item.size;
  return 8 + 24 * Math.sqrt((item.betweenness || 0) / mostBetween);
}

// The most important shapes first: groups, then bodies by what size stands for.
function rankShown(ids) {
  return state.sizes === "betweenness" ? [...ids].sort((a, b) => sizeOf(b) - sizeOf(a)) : ids;
}

// A body without which parts of the network would fall apart is worth a sign only when each part is more than one body.
function isBroker(id) {
  const node = itemOf(id);
  if (!state.shading || !node.broker) return false;
  if (node.joins === undefined) {
    const others = new Set(node.links.map((link) => otherEnd(edges[link], id)).filter((other) => countNeighbours(other) > 1));
    node.joins = new Set([...others].map((other) => nodes[other].community)).size > 1;
  }
  return node.joins;
}

// The only link between two parts of the network, where each is more than one body.
function isBridge(one) {
  return state.shading && !one.joined && one.low !== one.high && one.edges.some((edge) => edge.bridge) && countNeighbours(one.low) > 1 && countNeighbours(one.high) > 1;
}

// Two small circles and a bar between them, at the upper right of the shape.
function drawBrokerSign(ctx, r, scale) {
  const size = Math.min(4, 2 + 4 * scale) / scale; // the same on the screen at every zoom
  ctx.save();
  ctx.translate(r * 0.7 + size, -r * 0.7 - size);
  ctx.beginPath();
  ctx.arc(0, 0, size * 1.5, 0, 2 * Math.PI);
  ctx.fillStyle = theme().ground;
  ctx.fill();
  ctx.strokeStyle = theme().ink;
  ctx.lineWidth = size * 0.26;
  ctx.stroke();
  ctx.beginPath();
  ctx.moveTo(-size * 0.8, 0);
  ctx.lineTo(size * 0.8, 0);
  ctx.stroke();
  ctx.fillStyle = theme().ink;
  for (const side of [-1, 1]) {
    ctx.beginPath();
    ctx.arc(side * size * 0.75, 0, size * 0.42, 0, 2 * Math.PI);
    ctx.fill();
  }
  ctx.restore();
}

// A bridge has a second line on either side of its own.
function drawBridges(ctx) {
  for (const one of bundles.values()) {
    const line = isBridge(one) && view.body.edges[one.id];
    if (!line || !line.connected) continue;
    ctx.globalAlpha = emphasis && !emphasis.bundles.has(one.id) ? theme().dim : 0.9;
    const width = Math.min(5, 1.3 + Math.log2(one.edges.length) * 0.8);
    for (const [color, gap] of [[theme().accent, 7], [theme().ground, 4]]) {
      ctx.strokeStyle = color;
      ctx.lineWidth = width + gap;
      ctx.lineCap = "butt";
      ctx.beginPath();
      for (let step = 0; step <= 8; step++) {
        const { x, y } = line.edgeType.getPoint(step / 8);
        step ? ctx.lineTo(x, y) : ctx.moveTo(x, y);
      }
      ctx.stroke();
    }
  }
  ctx.globalAlpha = 1;
}
