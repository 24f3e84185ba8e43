// "Let it settle": forces that pull linked bodies together, on only while somebody asks for it.

const settleButton = document.getElementById("settle");
const backButton = document.getElementById("put-back");
const SETTLE_STEPS = 250; // of the forces, where they are worked out unseen
const SETTLE_LONGEST = 9000; // milliseconds after which moving bodies are stopped

let settling = null; // the alarm that ends it

const FORCES = {
  solver: "forceAtlas2Based",
  forceAtlas2Based: { gravitationalConstant: -90, centralGravity: 0.006, springLength: 130, springConstant: 0.05, damping: 0.55, avoidOverlap: 0.5 },
  maxVelocity: 45,
  minVelocity: 0.9,
};

// Whoever asks for less motion sees only the outcome.
function startSettling() {
  const unseen = calm.matches || shownNodes.length > 600;
  settling = setTimeout(stopSettling, SETTLE_LONGEST);
  showSettling();
  view.once("stabilized", stopSettling);
  view.setOptions({ physics: { enabled: true, ...FORCES, stabilization: { enabled: unseen, iterations: unseen ? Math.min(SETTLE_STEPS, 120000 / shownNodes.length) : 0, updateInterval: 10, fit: false } } });
}

function stopSettling() {
  if (settling === null) return;
  clearTimeout(settling);
  settling = null;
  view.stopSimulation();
  view.setOptions({ physics: { enabled: false } });
  keepBounds();
  showSettling();
  fitPicture();
}

function showSettling() {
  settleButton.textContent = settling === null ? "Let it settle" : "Stop";
  settleButton.setAttribute("aria-pressed", String(settling !== null));
  backButton.hidden = settling !== null || !hasMoved();
}

// Whether a body is not where the page was given it.
function hasMoved() {
  return shownNodes.some((id) => {
    const [body, given] = [view.body.nodes[id], placed.get(id)];
    return body && Math.hypot(body.x - given.x, body.y - given.y) > 2;
  });
}

function putBack() {
  nodeSet.update(shownNodes.map((id) => ({ id, x: placed.get(id).x, y: placed.get(id).y })));
  keepBounds();
  view.redraw();
  showSettling();
  fitPicture();
}

function startSettle() {
  settleButton.addEventListener("click", () => (settling === null ? startSettling() : stopSettling()));
  backButton.addEventListener("click", putBack);
  view.on("dragEnd", showSettling);
}
