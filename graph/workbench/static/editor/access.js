// What YASGUI's own elements lack for keyboards and screen readers.


export function repairTabButtons(yasgui) {
  const list = yasgui.rootEl.querySelector(".tabsList");
  list.setAttribute("aria-label", "Queries");
  const add = list.querySelector(".addTab");
  if (add) add.parentElement.hidden = true; // a list of tabs holds tabs only; the row of buttons has "New tab"
  for (const rename of list.querySelectorAll("input")) {
    rename.setAttribute("aria-label", "Name of the tab");
  }
  for (const panel of yasgui.rootEl.querySelectorAll(".tabPanel")) repairPanel(panel);
}

// In place of YASGUI's own way with the arrow keys, which stops at the button that is hidden.
export function walkTabs(yasgui) {
  yasgui.rootEl.querySelector(".tabsList").addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const tabs = [...yasgui.rootEl.querySelectorAll("[role=tab]")];
    const at = tabs.indexOf(document.activeElement);
    if (!step || at < 0) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    tabs[(at + step + tabs.length) % tabs.length].focus();
  }, true);
}

function repairPanel(panel) {
  panel.querySelector(".yasr_plugin_control")?.removeAttribute("id"); // each tab has one: not unique
  panel.querySelector(".yasr_plugin_control")?.removeAttribute("aria-controls");
  panel.querySelectorAll(".yasr_btnGroup .yasr_btn").forEach((one) => one.removeAttribute("aria-label"));
  const results = panel.querySelector(".yasr_results");
  results?.setAttribute("role", "region");
  results?.setAttribute("aria-label", "Answer");
  panel.querySelector(".CodeMirror-scroll")?.setAttribute("tabindex", "-1");
}

// Says which view is chosen to those who cannot see it.
export function sayChosenView(yasr) {
  for (const one of yasr.headerEl.querySelectorAll(".yasr_btnGroup .yasr_btn")) {
    one.setAttribute("aria-pressed", String(one.classList.contains("selected")));
    one.disabled = one.classList.contains("disabled");
  }
}


export function nameHints(hints) {
  hints.setAttribute("aria-label", "Completions");
  hints.setAttribute("tabindex", "0"); // it may be longer than it is high
}
