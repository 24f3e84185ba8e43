// The query editor: YASGUI with our completions, our views of the answer, and no other server than this one.

import { nameHints, repairTabButtons, walkTabs } from "./access.js";
import { registerCompleter } from "./completer.js";
import { openExample, showExamples } from "./examples.js";
import { find, say, settings } from "./dom.js";
import { readAnswer, summarise } from "./answers.js";
import { markProblem, registerViews } from "./views.js";
import { KEPT, forget, readAddress, repairKept, requestTo, viewOf, writeAddress } from "./state.js";
import { declareOurPrefixes, keysOf, markWrongLines } from "./typing.js";

const request = requestTo(settings.rows);
const tools = find("tools"); // these two move from tab to tab
const said = find("said");
let yasgui;
let running;

function start() {
  const { Yasgui } = window;
  registerCompleter(Yasgui.Yasqe);
  registerViews(Yasgui.Yasr);
  declareOurPrefixes(Yasgui.Yasqe);
  markWrongLines(Yasgui.Yasqe);
  repairKept(request);
  const make = () => new Yasgui(find("editor"), configure());
  try {
    yasgui = make();
  } catch {
    forget(); // what was kept cannot be shown: begin anew
    find("editor").replaceChildren();
    yasgui = make();
  }
  find("plain").remove();
  tools.hidden = false;
  listen();
  showActive();
  openAddress();
}

function configure() {
  return {
    persistenceId: KEPT,
    populateFromUrl: false,
    autofocus: false,
    copyEndpointOnNewTab: false,
    tabName: "Query",
    requestConfig: request,
    endpointCatalogueOptions: { getData: () => [], keys: [], renderItem: () => {} },
    yasqe: {
      value: settings.start,
      showQueryButton: false,
      createShareableLink: undefined,
      collapsePrefixesOnLoad: false,
      editorHeight: "340px",
      screenReaderLabel: "SPARQL query",
      hintConfig: { closeCharacters: /[<>{}"'#]/ },
      extraKeys: keysOf(run),
    },
    yasr: { maxPersistentResponseSize: 0, defaultPlugin: "table", pluginOrder: ["table", "network", "chart", "raw"], prefixes: settings.prefixes },
  };
}

const editorOf = () => yasgui.getTab()?.getYasqe();

const listTabs = () => yasgui.persistentConfig.getTabs().map((id) => yasgui.getTab(id));

async function run() {
  await stop();
  const yasqe = editorOf();
  markProblem(yasqe);
  say("Running …");
  find("run").disabled = true;
  find("stop").disabled = false;
  running = { yasqe, done: yasqe.query().catch(() => {}) };
  await running.done;
  running = undefined;
  find("run").disabled = false;
  find("stop").disabled = true;
}

// The server stops a query whose answer nobody waits for.
async function stop() {
  if (!running) return;
  running.yasqe.abortQuery();
  await running.done;
}

function listen() {
  find("run").addEventListener("click", run);
  find("stop").addEventListener("click", stop);
  find("new-tab").addEventListener("click", addTab);
  find("close-tab").addEventListener("click", closeTab);
  find("open-keys").addEventListener("click", () => find("keys").showModal());
  find("open-share").addEventListener("click", share);
  find("copy-link").addEventListener("click", copyLink);
  find("open-examples").addEventListener("click", () => showExamples(openAndRun));
  yasgui.on("tabSelect", () => setTimeout(showActive));
  yasgui.on("tabAdd", () => setTimeout(showActive));
  yasgui.on("tabClose", () => setTimeout(showActive));
  yasgui.on("autocompletionShown", (_, tab, { hints }) => nameHints(hints));
  yasgui.on("queryResponse", (_, tab) => setTimeout(() => showResponse(tab)));
  walkTabs(yasgui);
  addEventListener("hashchange", openAddress);
}

// One row of buttons for all tabs: it stands in the tab that is shown.
function showActive() {
  const tab = yasgui.getTab();
  if (!tab) return;
  const panel = find(tab.getId());
  panel?.querySelector(".controlbar")?.replaceChildren(tools);
  panel?.querySelector(".editorwrapper")?.after(said);
  repairTabButtons(yasgui);
  find("close-tab").disabled = listTabs().length < 2;
  const answer = readAnswer(tab.getYasr()?.results);
  say(answer.kind === "none" ? "" : summarise(answer));
}

function showResponse(tab) {
  const answer = readAnswer(tab.getYasr()?.results);
  if (tab === yasgui.getTab()) say(summarise(answer));
  markProblem(tab.getYasqe(), answer.problem);
}

function open({ query, name, view }) {
  const same = listTabs().find((tab) => name === "Shared" && tab.getPersistedJson().yasqe.value === query);
  if (same) yasgui.selectTabId(same.getId());
  else yasgui.addTab(true, { name: yasgui.createTabName(name), yasqe: { value: query }, yasr: viewOf(view), requestConfig: request });
  showActive();
}

function openAndRun(example) {
  open({ query: example.query, name: example.name, view: example.view });
  run();
}

async function openAddress() {
  const given = readAddress();
  if (given?.example) await openExample(given.example, open);
  else if (given) open(given);
  if (given) setTimeout(() => say("This query came with the address. Read it, then press Run."));
}

function addTab() {
  open({ query: settings.start, name: "Query" });
  editorOf().focus();
}

function closeTab() {
  yasgui.getTab()?.close();
  setTimeout(() => editorOf()?.focus());
}

function share() {
  const tab = yasgui.getTab();
  find("share-link").value = writeAddress(editorOf().getValue(), tab.getYasr().getSelectedPluginName());
  find("copied").textContent = "";
  find("share").showModal();
  find("share-link").select();
}

async function copyLink() {
  find("share-link").select();
  const copied = await navigator.clipboard.writeText(find("share-link").value).then(() => true, () => document.execCommand("copy"));
  find("copied").textContent = copied ? "Copied." : "Press Ctrl C to copy it.";
}

start();
document.documentElement.dataset.ready = "yes";
