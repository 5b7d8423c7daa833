// Headings of a table become buttons that sort its rows: by data-sort or a time, else as numbers, else in Ukrainian
// order.
const compare = new Intl.Collator("uk", { numeric: true }).compare;

function key(row, column) {
  const cell = row.cells[column];
  return cell.dataset.sort ?? cell.querySelector("time")?.dateTime ?? cell.textContent.replace(/[\s\u00a0]+/g, " ").trim();
}

function number(text) {
  const plain = text.replace(/\s/g, "").replace(",", ".").match(/^[-−]?\d+(\.\d+)?/);
  return plain ? Number(plain[0].replace("−", "-")) : NaN;
}

function sort(table, heading) {
  const ascending = heading.getAttribute("aria-sort") !== "ascending";
  const body = table.tBodies[0];
  const order = (a, b) => {
    const [first, second] = [key(a, heading.cellIndex), key(b, heading.cellIndex)];
    const [x, y] = heading.classList.contains("is-number") ? [number(first), number(second)] : [NaN, NaN];
    return (Number.isNaN(x) || Number.isNaN(y) ? compare(first, second) : x - y) * (ascending ? 1 : -1);
  };
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", ascending ? "ascending" : "descending");
  body.append(...[...body.rows].sort(order));
}

for (const table of document.querySelectorAll('[data-module="sort-table"]')) {
  if (table.tBodies[0].rows.length < 2) continue;
  for (const heading of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sort(table, heading));
    heading.append(button);
  }
}
