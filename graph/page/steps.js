// Long lists, a step at a time: what nobody asked for is not made.

// Draw the first items, and a button for more. `draw` makes one element of an item.
function drawSteps(items, draw, { first = 10, step = 40, what = "more" } = {}) {
  const place = element("div", { className: "steps" });
  const button = element("button", { type: "button", className: "more" });
  let shown = 0;
  const show = (count) => {
    const added = items.slice(shown, shown + count).map(draw);
    shown += added.length;
    place.append(...added);
    const left = items.length - shown;
    button.hidden = !left;
    button.textContent = `Show ${left > step ? `${step} more of ${left.toLocaleString("en-GB")}` : `the other ${left}`} ${what}`;
    return added[0];
  };
  show(items.length <= first + 2 ? items.length : first);
  button.addEventListener("click", () => focusOn(show(step)));
  return items.length > shown ? [place, button] : [place];
}

function focusOn(made) {
  if (!made) return;
  made.tabIndex = -1;
  made.focus({ preventScroll: true });
}

// Something to unfold, made when it is unfolded for the first time.
function drawFold(words, draw) {
  const summary = element("summary", {}, words);
  const fold = element("details", {}, summary);
  summary.addEventListener("click", () => fold.append(...draw()), { once: true }); // a key clicks too
  return fold;
}
