// A copy button beside a text that can be selected by hand as well.
for (const box of document.querySelectorAll("[data-copy]")) {
  const button = box.querySelector("[data-copy-button]");
  const text = box.querySelector("textarea");
  const status = box.querySelector("[data-copy-status]");
  if (!button.hidden) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
      status.textContent = "Copied";
    } catch {
      status.textContent = "Selected: press Ctrl+C or ⌘C to copy";
    }
  });
}
