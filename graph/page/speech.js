// What is read out to those who do not see the page: one line at a time, and not while things still change.

const spokenLine = document.getElementById("spoken");
const REST = 700; // milliseconds without a change before a count is told

let spokenSoon = 0; // the timer of what is about to be told
let countTold = null; // the last count that was told or needed no telling

function say(text) {
  clearTimeout(spokenSoon);
  spokenLine.textContent = text;
}

// Tell how much is shown once it rests, and only when it is another number than before.
function sayCount(text) {
  clearTimeout(spokenSoon);
  if (countTold === null) countTold = text; // the page has only just opened
  if (text !== countTold) spokenSoon = setTimeout(() => say((countTold = text)), REST);
}
