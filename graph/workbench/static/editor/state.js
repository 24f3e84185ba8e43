// Tabs that the browser kept, and queries in the address. Neither is trusted: what does not look right is left out.

export const KEPT = "caregraph_editor";
const KEY = `${KEPT}_config`;
const TABS = 30;
const LENGTH = 200_000;
const VIEWS = ["table", "network", "chart", "raw"];
const MONTH = 60 * 60 * 24 * 30;

// All tabs ask our own endpoint: what was kept cannot send a query elsewhere, add headers or choose another format.
export function requestTo(rows) {
  return {
    endpoint: `${location.origin}/sparql`,
    method: "POST",
    acceptHeaderSelect: "application/sparql-results+json",
    acceptHeaderGraph: "text/turtle",
    acceptHeaderUpdate: "application/json",
    headers: {},
    args: [{ name: "rows", value: String(rows) }],
    namedGraphs: [],
    defaultGraphs: [],
    withCredentials: false,
    queryArgument: "query",
    adjustQueryBeforeRequest: false,
  };
}

export function viewOf(name) {
  return { settings: { selectedPlugin: VIEWS.includes(name) ? name : "table", pluginsConfig: {} } };
}

export function repairKept(request) {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    const repaired = kept && repair(kept.val, request);
    if (!repaired) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify({ namespace: "triply", val: repaired, exp: MONTH, time: Date.now() / 1000 }));
  } catch {
    forget();
  }
}

export function forget() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // The browser keeps nothing at all.
  }
}

function repair(kept, request) {
  const ids = Array.isArray(kept?.tabs) ? kept.tabs : [];
  const tabs = [...new Set(ids)].filter((id) => isTab(id, kept)).slice(0, TABS);
  if (!tabs.length) return undefined;
  const tabConfig = Object.fromEntries(tabs.map((id) => [id, repairTab(id, kept.tabConfig[id], request)]));
  return { endpointHistory: [], tabs, active: tabs.includes(kept.active) ? kept.active : tabs[0], tabConfig };
}

function isTab(id, kept) {
  if (typeof id !== "string" || !/^[a-z0-9]{1,20}$/i.test(id) || id in {} || document.getElementById(id)) return false;
  const value = Object.hasOwn(kept.tabConfig ?? {}, id) && kept.tabConfig[id]?.yasqe?.value;
  return typeof value === "string" && value.length <= LENGTH;
}

function repairTab(id, tab, request) {
  const name = typeof tab.name === "string" && tab.name.trim() ? tab.name.slice(0, 60) : "Query";
  const height = /^\d{2,4}px$/.test(tab.yasqe.editorHeight ?? "") ? tab.yasqe.editorHeight : undefined;
  return { id, name, yasqe: { value: tab.yasqe.value, editorHeight: height }, yasr: viewOf(tab.yasr?.settings?.selectedPlugin), requestConfig: request };
}

// A link to share has the query behind `#`, so that it stays out of the server's logs; `?query=` is read too.
export function readAddress() {
  for (const part of [location.hash.slice(1), location.search.slice(1)]) {
    const given = new URLSearchParams(part);
    const query = given.get("query");
    if (query && query.length <= LENGTH) return { query, view: given.get("view") ?? "table", name: "Shared" };
    if (given.get("example")) return { example: given.get("example") };
  }
  return undefined;
}

export function writeAddress(query, view) {
  const given = new URLSearchParams(view === "table" ? { query } : { query, view });
  return `${location.origin}${location.pathname}#${given}`;
}
