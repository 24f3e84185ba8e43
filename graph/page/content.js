// What Python wrote into the page: plain JSON, or packed where that is large.

async function readContent() {
  const place = document.getElementById("content");
  const text = place.dataset.encoding === "gzip" ? await unpack(place.textContent) : place.textContent;
  place.textContent = ""; // read once: the page need not hold it twice
  return JSON.parse(text);
}

async function unpack(base64) {
  if (!("DecompressionStream" in window)) throw new Error("This browser cannot unpack the page; please open it with a newer one.");
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

function showFailure(error) {
  document.getElementById("count").textContent = `This page could not be shown: ${error.message}`;
  throw error;
}

const { nodes, edges, documents, legend, communities = [] } = await readContent().catch(showFailure);
