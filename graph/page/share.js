// "Share": a link to what is shown, pictures and files of it, and paper.

const shareDialog = document.getElementById("share-dialog");
const shareLink = document.getElementById("share-link");
const shareNote = document.getElementById("share-note");

function openShare() {
  document.getElementById("share-view").textContent = describeView(listShown());
  shareLink.value = location.href;
  shareNote.textContent = "";
  shareDialog.showModal();
}

// Not every browser lets a page from a file write to the clipboard; then the link is there to be copied by hand.
async function copyLink() {
  shareLink.focus();
  shareLink.select();
  try {
    await navigator.clipboard.writeText(shareLink.value);
    shareNote.textContent = "The link is copied.";
  } catch {
    shareNote.textContent = "The link is selected: copy it with Ctrl+C (⌘C on a Mac).";
  }
}

async function exportFile(ending) {
  shareNote.textContent = "One moment…";
  try {
    shareNote.textContent = `Saved as ${await saveExport(ending)}.`;
  } catch (error) {
    shareNote.textContent = `This could not be saved: ${error.message}`;
    throw error;
  }
}

function startShare() {
  document.getElementById("share").addEventListener("click", openShare);
  document.getElementById("share-close").addEventListener("click", () => shareDialog.close());
  document.getElementById("share-copy").addEventListener("click", copyLink);
  document.getElementById("share-print").addEventListener("click", () => {
    shareDialog.close();
    window.print();
  });
  for (const button of shareDialog.querySelectorAll("[data-export]")) button.addEventListener("click", () => exportFile(button.dataset.export));
  shareDialog.addEventListener("click", (event) => event.target === shareDialog && shareDialog.close());
  shareDialog.addEventListener("keydown", (event) => event.stopPropagation()); // the keys of the picture do not reach in here
}
