// Only what is near to a body, up to three steps away; and what else can be done from its panel.

const DEPTHS = [1, 2, 3];

// What the panel of a body offers.
function drawActions(index) {
  const steps = measureSteps(index, openLinks(), DEPTHS.at(-1));
  const within = (depth) => [...steps.values()].filter((step) => step && step <= depth).length;
  const buttons = DEPTHS.map((depth) => drawDepth(index, depth, within(depth)));
  const near = element("div", { role: "group", className: "near", "aria-label": "Show only what is near" }, element("span", {}, "Show only what is near:"), ...buttons);
  if (state.focus) near.append(actionButton("everything", () => leaveFocus()));
  const way = state.route ? [actionButton("Back to the way", () => select({ way: true }))] : [];
  return [element("div", { className: "actions" }, near, ...way, ...drawWayFinder(index))];
}

function drawDepth(index, depth, count) {
  const pressed = isFocus(index, depth);
  const words = `${countWords(depth, "step")}, ${countWords(count, "body", "bodies")}`;
  const button = actionButton(countWords(depth, "step"), () => (isFocus(index, depth) ? leaveFocus() : showNear(index, depth)));
  button.append(" ", element("small", {}, String(count)));
  Object.entries({ "aria-pressed": String(pressed), "aria-label": words, "data-depth": String(depth) }).forEach(([name, value]) => button.setAttribute(name, value));
  return button;
}

function isFocus(index, depth) {
  return Boolean(state.focus) && state.focus.node === index && state.focus.depth === depth;
}

function actionButton(text, action) {
  const button = element("button", { type: "button", className: "small" }, text);
  button.addEventListener("click", action);
  return button;
}

// Whatever stood in focus is drawn anew with the panel, so it is looked for again.
function keepingFocus(action) {
  const held = panel.contains(document.activeElement) ? document.activeElement : null;
  const depth = held && held.dataset.depth;
  action();
  if (held && !held.isConnected) (panel.querySelector(`[data-depth="${depth}"]`) || panel).focus({ preventScroll: true });
}

function showNear(node, depth) {
  keepingFocus(() => {
    state.wanted.add(node);
    Object.assign(state, { focus: { node, depth }, route: null, selection: { node } });
    refresh({ step: true });
  });
  requestAnimationFrame(() => fitPicture());
}

function leaveFocus() {
  if (!state.focus) return false;
  keepingFocus(() => change({ focus: null }));
  requestAnimationFrame(() => fitPicture(emphasis ? [...emphasis.nodes] : null));
  return true;
}

// What Escape takes back before it closes the panel.
function leaveNear() {
  return state.route ? leaveRoute() : leaveFocus();
}

// Keys on the picture and in the panel: 1, 2 and 3 for what is near to the body that was reached or opened, 0 for all.
function pressNear(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
  const depth = Number(event.key);
  if (DEPTHS.includes(depth) && typeof reached() === "number") showNear(reached(), depth);
  else if (event.key === "0" && state.focus) leaveFocus();
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

function startFocus() {
  for (const place of [container, panel]) place.addEventListener("keydown", pressNear);
  container.addEventListener("pointerdown", () => container.focus({ preventScroll: true }));
}
