// Recent questions under the empty search box. They stay on this device; where there is no storage, or the reader has
// turned it off (null is kept then), nothing is.
const KEY = "recent-searches";
const MOST = 8;
const panel = document.querySelector('[data-module="search-recent"]');
const box = document.querySelector("#q");
const search = box.closest("search");
const list = panel.querySelector("ul");

function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return found === null || Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}

function keep(questions) {
  try {
    localStorage.setItem(KEY, JSON.stringify(questions?.slice(0, MOST) ?? null));
  } catch {
    // No storage: nothing is kept.
  }
}

function remember() {
  const question = box.value.trim();
  const before = kept();
  if (question && before) keep([question, ...before.filter((other) => other !== question)]);
}

function item(question) {
  const copy = panel.querySelector("template").content.cloneNode(true);
  const link = copy.querySelector("a");
  const button = copy.querySelector("button");
  link.textContent = question;
  link.href = `?${new URLSearchParams({ q: question })}`;
  button.setAttribute("aria-label", panel.dataset.remove.replace("{q}", () => question));
  button.addEventListener("click", () => {
    const place = [...list.querySelectorAll("button")].indexOf(document.activeElement);
    keep(kept()?.filter((other) => other !== question));
    box.focus();
    show();
    list.querySelectorAll("button")[place]?.focus();
  });
  return copy;
}

function show() {
  const questions = kept();
  panel.hidden = box.value.trim() !== "" || questions?.length === 0;
  panel.querySelector("[data-part=kept]").hidden = !questions;
  panel.querySelector("[data-part=off]").hidden = !!questions;
  list.replaceChildren(...(questions ?? []).map(item));
}

for (const button of panel.querySelectorAll("[data-keep]")) {
  button.addEventListener("click", () => {
    keep(JSON.parse(button.dataset.keep));
    box.focus();
    show();
  });
}
box.addEventListener("focus", show);
box.addEventListener("click", show);
box.addEventListener("input", show);
box.form.addEventListener("submit", () => {
  remember();
  panel.hidden = true;
});
document.addEventListener("click", ({ target }) => {
  if (target.closest(".result-list a")) remember();
});
// A click into the panel takes no focus from the box, so that the panel stays.
panel.addEventListener("mousedown", (event) => event.preventDefault());
search.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || panel.hidden) return;
  event.stopPropagation();
  box.focus();
  panel.hidden = true;
});
search.addEventListener("focusout", ({ relatedTarget }) => {
  if (!relatedTarget?.closest("search")) panel.hidden = true;
});
