// What any page may use, joined into one script by builder/assets.py. Each file returns quietly where it has nothing to do.
import "./display.js";
import "./menu.js";
import "./copy-link.js";
import "./gallery.js";
import "./consultation.js";
import "./sort-table.js";
