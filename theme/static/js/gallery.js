// Photos stand open on a wide screen, unless the reader saves data.
const isWide = matchMedia("(min-width: 44em)").matches && !navigator.connection?.saveData;

for (const gallery of document.querySelectorAll('[data-module="gallery"]')) gallery.open = isWide;
