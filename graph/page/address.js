// The address of what is shown: written when something is chosen, read when the page opens or goes back.

let written = null; // what we wrote last, so that our own change is not read again

function writeAddress() {
  const parts = Object.entries(PARAMETERS).map(([name, { write }]) => [name, write()]).filter(([, text]) => text !== "");
  return parts.map(([name, text]) => `${name}=${encodeURIComponent(text).replace(/%2F/g, "/")}`).join("&");
}

// Write the address; a step is something that "back" should undo, as opening a body, unlike moving a slider.
function keepAddress({ step = false } = {}) {
  const text = writeAddress();
  if (text === (written ?? "")) return;
  written = text;
  try {
    const address = text ? `#${text}` : location.href.split("#")[0];
    if (step) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  } catch {
    // a page inside another one, as in a notebook, may have no address of its own
  }
}

function readAddress() {
  const text = location.hash.slice(1);
  resetState();
  state.view = "picture";
  for (const part of text.split("&").filter(Boolean)) {
    const at = part.indexOf("=");
    const name = at < 0 ? part : part.slice(0, at);
    if (Object.hasOwn(PARAMETERS, name)) PARAMETERS[name].read(decodeText(part.slice(at + 1)));
  }
  written = text;
}

function decodeText(text) {
  try {
    return decodeURIComponent(text.replace(/\+/g, " "));
  } catch {
    return text; // a link that was cut or changed by hand
  }
}

function startAddress(show) {
  const read = () => {
    if (location.hash.slice(1) === written) return;
    readAddress();
    show();
  };
  addEventListener("popstate", read);
  addEventListener("hashchange", read);
}
