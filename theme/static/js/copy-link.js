// Copies the page's address and says so.
for (const button of document.querySelectorAll('[data-module="copy-link"]')) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  const words = button.textContent;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.address);
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = words; }, 3000);
  });
}
