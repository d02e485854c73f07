// One tick box that ticks all the others of its name; without it each is ticked by itself.
document.addEventListener("change", (event) => {
  const name = event.target.dataset?.tickAll;
  if (!name) return;
  document.querySelectorAll(`input[type="checkbox"][name="${name}"]`).forEach((one) => {
    one.checked = event.target.checked;
  });
});

const show = (root) => root.querySelectorAll("label:has([data-tick-all])").forEach((label) => {
  label.hidden = false;
});
show(document);
document.addEventListener("htmx:afterSwap", (event) => show(event.target));
