// The focus is never lost: when what had it goes away, it returns to where the reader came from.

const REGIONS = "#panel, #filters, header, footer, #picture, #table-view, dialog";

let focused = null; // what had the focus last: { element, region, words }
const cameFrom = new Map(); // by region: what had the focus before something in the region took it

function startReturning() {
  document.addEventListener("focusin", ({ target }) => {
    const region = target.closest(REGIONS);
    if (region && focused && focused.region !== region) cameFrom.set(region, focused.element);
    focused = { element: target, region, words: wordControl(target) };
  });
  // Whoever points beside everything wants the focus nowhere.
  document.addEventListener("pointerup", () => {
    if (document.activeElement === document.body && focused && isUsable(focused.element)) focused = null;
  });
  const options = { subtree: true, childList: true, attributes: true, attributeFilter: ["hidden", "class", "open", "disabled"] };
  new MutationObserver(returnFocus).observe(document.body, options);
}

function returnFocus() {
  if (!focused || isUsable(focused.element)) return;
  const { activeElement } = document;
  if (activeElement !== document.body && activeElement !== focused.element) return;
  const to = findAgain(focused) || findBefore(focused.region) || document.querySelector("#picture-view:not([hidden]) #picture, #table-view:not([hidden])");
  focused = null;
  if (to) to.focus({ preventScroll: true });
}

function isUsable(element) {
  return element.isConnected && element.checkVisibility() && !element.disabled;
}

function wordControl(element) {
  return `${element.tagName} ${element.getAttribute("aria-label") || element.textContent.slice(0, 200)}`;
}

// The same control where a part of the page was drawn anew, else that part itself.
function findAgain({ region, words }) {
  if (!region || !isUsable(region)) return null;
  const same = [...region.querySelectorAll("a[href], button, input, select, summary")].find((control) => isUsable(control) && wordControl(control) === words);
  return same || (region.hasAttribute("tabindex") ? region : region.querySelector("button:enabled, input:enabled"));
}

function findBefore(region) {
  const before = region && cameFrom.get(region);
  return before && isUsable(before) ? before : null;
}
