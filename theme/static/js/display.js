// «Налаштування вигляду»: keeps the reader's choice on this device. base.html applies it before the first paint.
const root = document.documentElement;
const panel = document.querySelector('[data-module="display"]');
const form = panel?.querySelector("form");

function stored() {
  try { return JSON.parse(localStorage.getItem("display")) || {}; } catch { return {}; }
}

function apply() {
  const chosen = {};
  for (const [name, value] of new FormData(form)) {
    if (value) chosen[name] = root.dataset[name] = value;
    else delete root.dataset[name];
  }
  try { localStorage.setItem("display", JSON.stringify(chosen)); } catch { /* A private window: the choice lasts for this page. */ }
}

// On a narrow screen the panel moves into the menu.
function place(narrow) {
  if (narrow.matches) document.querySelector(".menu > nav").append(panel);
  else document.querySelector(".site-tools > :is(.tool-language, .menu)").before(panel);
}

if (form) {
  for (const [name, value] of Object.entries(stored())) {
    const field = form.elements[name];
    if (field) field.value = value;
  }
  form.addEventListener("change", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  const narrow = matchMedia("(max-width: 53.74em)");
  narrow.addEventListener("change", place);
  place(narrow);
}
