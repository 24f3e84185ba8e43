// Sliders: when documents were written, when bodies were in operation, how sure a statement is.

const BARS = 24; // bars above a slider at most
const field = (id) => document.getElementById(id);
const operationYears = nodes.flatMap((node) => [node.valid_from, node.valid_until]).filter(isDate).map((date) => Number(date.slice(0, 4)));
const documentDates = [...new Set(documents.map(({ date }) => date).filter(isDate))].sort();
const monthly = documentDates.some((date) => date.length > 4); // else documents only say their year

// The steps of the slider for documents are months, or years: numbers that count from the year 0.
function stepOf(date, last) {
  const [year, month] = date.split("-").map(Number);
  return monthly ? year * 12 + (month || (last ? 12 : 1)) - 1 : year;
}

function dateOf(step) {
  const year = String(monthly ? Math.floor(step / 12) : step).padStart(4, "0");
  return monthly ? `${year}-${String((step % 12) + 1).padStart(2, "0")}` : year;
}

const wholePeriod = documentDates.length ? [Math.min(...documentDates.map((date) => stepOf(date, false))), Math.max(...documentDates.map((date) => stepOf(date, true)))] : [0, 0];

let awaited = 0; // the redrawing that a slider has asked for

// A slider moves faster than a large picture is drawn: what it says is drawn with the next picture.
function redrawSoon(step) {
  if (!awaited) awaited = requestAnimationFrame(() => ((awaited = 0), refresh({ step })));
}

function startSliders() {
  field("period").hidden = documentDates.length < 2;
  field("running").hidden = operationYears.length < 2;
  field("time-section").hidden = documentDates.length < 2 && operationYears.length < 2;
  field("sure-section").hidden = !edges.some((edge) => typeof edge.confidence === "number");
  const setRange = (id, [min, max]) => Object.assign(field(id), { min, max });
  ["period-first", "period-last"].forEach((id) => setRange(id, wholePeriod));
  if (operationYears.length) ["running-slider", "running-year"].forEach((id) => setRange(id, [operationYears.reduce((a, b) => Math.min(a, b)), operationYears.reduce((a, b) => Math.max(a, b))]));
  field("running-slider").value = operationYears.length ? operationYears.sort((a, b) => a - b)[Math.floor(operationYears.length / 2)] : 0;
  field("period-first").addEventListener("input", () => movePeriod("period-first"));
  field("period-last").addEventListener("input", () => movePeriod("period-last"));
  field("undated").addEventListener("change", () => ((state.undated = field("undated").checked), refresh({ step: true })));
  field("running-on").addEventListener("change", () => setRunning(field("running-on").checked ? field("running-slider").value : null));
  field("running-slider").addEventListener("input", () => setRunning(field("running-slider").value));
  field("running-year").addEventListener("change", () => setRunning(clampYear(field("running-year").value)));
  field("sure-slider").addEventListener("input", () => ((state.least = Number(field("sure-slider").value) / 100), redrawSoon("sure")));
}

// One end never passes the other; the whole span is no filter.
function movePeriod(moved) {
  const [first, last] = [field("period-first"), field("period-last")];
  if (Number(first.value) > Number(last.value)) field(moved).value = moved === "period-first" ? last.value : first.value;
  const chosen = [Number(first.value), Number(last.value)];
  state.period = chosen[0] <= wholePeriod[0] && chosen[1] >= wholePeriod[1] ? null : chosen.map(dateOf);
  redrawSoon(moved);
}

function clampYear(text) {
  const { min, max } = field("running-slider");
  return String(Math.min(Number(max), Math.max(Number(min), Math.round(Number(text)) || Number(max))));
}

function setRunning(year) {
  state.running = year === null ? null : String(year).padStart(4, "0");
  redrawSoon(year === null ? true : "running");
}

function updateSliders() {
  if (field("time-section").open) {
    if (!field("period").hidden) updatePeriod();
    if (!field("running").hidden) updateRunning();
  }
  if (field("sure-section").open) updateSure();
}

function writeOutput(id, text) {
  field(id).querySelector("output").textContent = text;
}

// How many statements the filters leave, what is near and the way included.
function countOpen() {
  return sumCounts(countChoices("statuses"), (key) => !state.hidden.statuses.has(key));
}

function sumCounts(counts, test) {
  return [...counts].reduce((total, [key, count]) => total + (test(key) ? count : 0), 0);
}

function updatePeriod() {
  const counts = countChoices("period");
  const chosen = (state.period || [dateOf(wholePeriod[0]), dateOf(wholePeriod[1])]).map((date, end) => Math.min(wholePeriod[1], Math.max(wholePeriod[0], stepOf(date, end === 1))));
  ["period-first", "period-last"].forEach((id, end) => {
    field(id).value = chosen[end];
    field(id).setAttribute("aria-valuetext", writeDate(dateOf(chosen[end])));
  });
  const track = field("period").querySelector(".thumbs").style;
  chosen.forEach((step, end) => track.setProperty(["--first", "--last"][end], String((step - wholePeriod[0]) / (wholePeriod[1] - wholePeriod[0] || 1))));
  const placed = [...counts].filter(([key]) => key !== "undated").map(([key, count]) => [stepOf(documents[key].date, false), count]);
  drawBars(field("period").querySelector(".bars"), placed, { span: wholePeriod, chosen });
  writeOutput("period", `${writeMonths(chosen)} · ${countWords(countOpen(), "statement")}`);
  const undated = counts.get("undated") || 0;
  field("undated-label").hidden = !undated || !state.period;
  field("undated").checked = state.undated;
  field("undated-label").querySelector("span").textContent = `Keep the ${undated} without a dated document`;
  const words = `${countWords(undated, "statement")} without a dated document: a shorter time leaves ${undated === 1 ? "it" : "them"} out.`;
  field("period").querySelector(".note").textContent = undated && !state.period ? words : "";
}

function writeMonths([first, last]) {
  return first === last ? writeDate(dateOf(first)) : `${writeDate(dateOf(first))} – ${writeDate(dateOf(last))}`;
}

function updateRunning() {
  const slider = field("running-slider");
  if (state.running) slider.value = Number(state.running.slice(0, 4));
  field("running-year").value = slider.value;
  field("running-on").checked = Boolean(state.running);
  field("running").classList.toggle("off", !state.running);
  writeOutput("running", state.running ? countWords(countOpen(), "statement") : "off");
  const unknown = nodes.filter((node) => !isDate(node.valid_from) && !isDate(node.valid_until)).length;
  field("running").querySelector(".note").textContent = unknown ? `${countWords(unknown, "body", "bodies")} without known dates always ${unknown === 1 ? "stays" : "stay"}.` : "";
}

function updateSure() {
  const percent = Math.round(state.least * 100);
  const counts = countChoices("least");
  field("sure-slider").value = percent;
  field("sure-slider").setAttribute("aria-valuetext", percent ? `at least ${percent} %` : "all");
  field("sure").querySelector(".thumbs").style.setProperty("--first", String(state.least));
  const placed = [...counts].filter(([key]) => key !== "unknown");
  drawBars(field("sure").querySelector(".bars"), placed, { span: [0, 99], chosen: [percent, 100] });
  writeOutput("sure", `${percent ? `at least ${percent} %` : "all"} · ${countWords(countOpen(), "statement")}`);
  const unknown = counts.get("unknown") || 0;
  field("sure").querySelector(".note").textContent = unknown ? `${countWords(unknown, "statement")} that nobody rated always ${unknown === 1 ? "stays" : "stay"}.` : "";
}

// How many statements there are along a slider: [[step, count], ...] in bars, those outside the choice pale.
function drawBars(place, placed, { span: [low, high], chosen }) {
  const width = Math.max(1, Math.ceil((high - low + 1) / BARS));
  const heights = Array(Math.ceil((high - low + 1) / width)).fill(0);
  for (const [step, count] of placed) heights[Math.floor((step - low) / width)] += count;
  const most = Math.max(1, ...heights);
  place.replaceChildren(...heights.map((height, number) => {
    const [from, to] = [low + number * width, low + (number + 1) * width - 1];
    const bar = element("i", { className: to < chosen[0] || from > chosen[1] ? "out" : "" });
    bar.style.height = `${height ? Math.max(6, Math.round((100 * height) / most)) : 0}%`;
    return bar;
  }));
}
