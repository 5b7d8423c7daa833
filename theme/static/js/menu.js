// The menu and the display panel close on Escape and on a press outside.
const opened = () => document.querySelectorAll(".site-header details[open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const details of opened()) {
    if (details.contains(document.activeElement)) details.querySelector("summary").focus();
    details.open = false;
  }
});

document.addEventListener("click", (event) => {
  for (const details of opened()) if (!details.contains(event.target)) details.open = false;
});
