// Shows beside the text which statements a sentence makes: under the pointer, or where the keyboard is.

function findNotes(sentence) {
  return sentence.dataset.claims.trim().split(" ").map((number) => document.querySelector(`.notes ol > li:nth-child(${number})`));
}

function mark(sentence, on) {
  const notes = findNotes(sentence);
  for (const note of notes) note?.classList.toggle("near", on);
  const list = notes[0]?.closest(".notes");
  if (on && list && list.scrollHeight > list.clientHeight) list.scrollTop = notes[0].offsetTop - list.clientHeight / 3;
}

for (const sentence of document.querySelectorAll("[data-claims]")) {
  for (const [event, on] of [["pointerenter", true], ["focusin", true], ["pointerleave", false], ["focusout", false]]) {
    sentence.addEventListener(event, () => mark(sentence, on));
  }
}
