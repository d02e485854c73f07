// A slider beside the field for the number of seats. The field alone is what is sent.
for (const form of document.querySelectorAll("[data-seats]")) {
  const field = form.elements.seats;
  const slider = form.querySelector("[data-slider]");
  slider.hidden = false;
  slider.addEventListener("input", () => {
    field.value = slider.value;
  });
  field.addEventListener("input", () => {
    slider.value = field.value;
  });
}
