// What Python wrote into the page: plain JSON, or packed where that is large.

// What went wrong, for the reader: until the page is drawn, every failure is one that keeps it from being shown.
class PageError extends Error {}

async function readContent() {
  const place = document.getElementById("content");
  const packed = place.dataset.encoding === "gzip";
  if (packed && !("DecompressionStream" in window)) throw new PageError("This browser is too old to unpack it; please open it with a newer one.");
  try {
    const content = JSON.parse(packed ? await unpack(place.textContent) : place.textContent);
    place.textContent = ""; // read once: the page need not hold it twice
    return content;
  } catch {
    throw new PageError("The file is damaged or not whole; please ask for it again.");
  }
}

async function unpack(base64) {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

function showFailure(error) {
  const root = document.documentElement;
  if (root.dataset.ready) return;
  root.dataset.failed = "yes";
  const place = document.getElementById("failure");
  place.textContent = `This page could not be shown. ${error instanceof PageError ? error.message : `Please tell whoever sent it to you: ${error && error.message}`}`;
  place.hidden = false;
}

addEventListener("error", ({ error }) => showFailure(error));
addEventListener("unhandledrejection", ({ reason }) => showFailure(reason));

// `shortened` is how many letters each sentence was cut to where all of them would make the file too large; else 0.
const { nodes, edges, documents, legend, communities = [], shortened = 0 } = await readContent();
