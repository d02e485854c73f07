// The numbers of the public check as a link: they stand after its #, which no server sees.
const form = document.querySelector("[data-check]");
const WHOLE = /^\d{1,5}$/;

function link() {
  const found = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    const typed = value.trim();
    if (typed === "on" || WHOLE.test(typed)) found.set(name, typed);
  }
  return `${location.origin}${location.pathname}#${found}`;
}

function fillIn() {
  const given = new URLSearchParams(location.hash.slice(1));
  const boxes = [...form.elements].filter((box) => box.name && given.has(box.name));
  if (!boxes.length) return;
  // First of all: what htmx sends along is the address, and it would hold the numbers.
  history.replaceState(null, "", location.pathname);
  for (const box of boxes) {
    const value = given.get(box.name);
    if (box.type === "checkbox") box.checked = value === "on";
    else if (WHOLE.test(value)) box.value = value;
    const fold = box.closest("details");
    if (fold) fold.open = true;
  }
  document.querySelector("[data-filled]").hidden = false;
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

const share = document.querySelector("[data-share]");
if (share) {
  share.querySelector("textarea").value = link();
  share.hidden = false;
}
const print = document.querySelector("[data-print]");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
// By then htmx listens to the form.
addEventListener("DOMContentLoaded", fillIn);
addEventListener("hashchange", fillIn);
