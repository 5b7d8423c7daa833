"""Which pages differ between two built sites: `changed_pages.py BEFORE AFTER` prints the list as JSON.

Standard library only: it runs where nothing is installed. A folder that is not there counts as an empty site.
"""
import html
import json
import re
import sys
from pathlib import Path


def main(before: Path, after: Path) -> None:
    json.dump(changed_pages(before, after), sys.stdout, ensure_ascii=False, indent=1)


def changed_pages(before: Path, after: Path) -> dict[str, list[dict[str, str]]]:
    """`new`, `changed` and `gone` pages, each with its address and title, in the order of addresses."""
    old, new = pages(before), pages(after)
    same = {name for name in old.keys() & new.keys() if old[name].read_bytes() == new[name].read_bytes()}
    return {
        "new": [entry(name, new[name]) for name in sorted(new.keys() - old.keys())],
        "changed": [entry(name, new[name]) for name in sorted((old.keys() & new.keys()) - same)],
        "gone": [entry(name, old[name]) for name in sorted(old.keys() - new.keys())],
    }


def pages(site: Path) -> dict[str, Path]:
    return {path.relative_to(site).as_posix(): path for path in site.rglob("*.html") if path.is_file()}


def entry(name: str, page: Path) -> dict[str, str]:
    found = re.search(r"<title>(.*?)</title>", page.read_text(encoding="utf-8", errors="replace"), re.DOTALL)
    return {"address": "/" + name.removesuffix("index.html"), "title": html.unescape(found[1]).strip() if found else ""}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
