// Counts the days left to send a proposal. The server prints dates only: a number would be false tomorrow.
const now = new Date();
const part = (box, name) => box.querySelector(`[data-part="${name}"]`);

function today() {
  const format = (timeZone) => new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(now);
  try { return format("Europe/Kyiv"); } catch { return format(); }
}

function days(count) {
  const form = new Intl.PluralRules("uk").select(count);
  const verb = form === "one" ? "Залишився" : "Залишилося";
  const noun = { one: "робочий день", few: "робочі дні" }[form] ?? "робочих днів";
  return { verb, count: `${count}\u00a0${noun}` };
}

function mark(box) {
  let left = 0;
  for (const cell of box.querySelectorAll("[data-day]")) {
    const state = cell.dataset.day < today() ? "past" : cell.dataset.day === today() ? "today" : "left";
    cell.dataset.state = state;
    if (state !== "past") left += 1;
  }
  return left;
}

function say(box, title, count, note) {
  if (part(box, "title")) part(box, "title").textContent = title;
  if (part(box, "count")) part(box, "count").textContent = count;
  if (part(box, "note")) part(box, "note").textContent = note;
}

function close(box) {
  say(box, "Пропозиції вже не приймаємо", "Завершено", "пропозиції вже не приймаємо");
  const deadline = part(box, "deadline");
  if (deadline) deadline.textContent = deadline.textContent.replace("приймаємо", "приймали");
  part(box, "respond")?.remove();
}

for (const box of document.querySelectorAll('[data-module="consultation"]')) {
  const left = mark(box);
  if (now > new Date(box.dataset.closes)) close(box);
  else if (left === 1) say(box, "Сьогодні останній робочий день, щоб висловитися", "Останній день", "щоб висловитися");
  else if (left > 1) {
    const { verb, count } = days(left);
    say(box, `${verb} ${count}, щоб висловитися`, count, `${verb.toLowerCase()}, щоб висловитися`);
  }
}
