"""The hosting company alters the files of the site."""

from __future__ import annotations

import os

from plugins.audit.layout import PAGES, SALTS
from plugins.audit.pages_root import write_salts

from ..council import Council
from .steps import PAGE


def altered_page(council: Council) -> None:
    page = council.site / PAGE
    page.write_text(page.read_text(encoding="utf-8").replace("2027", "2028"), encoding="utf-8")


def removed_page(council: Council) -> None:
    (council.site / PAGE).unlink()


def added_page(council: Council) -> None:
    (council.site / "rishennia-8.html").write_text("Нове рішення", encoding="utf-8")


def altered_page_and_list(council: Council) -> None:
    altered_page(council)
    council.list_files()


def added_page_and_list(council: Council) -> None:
    added_page(council)
    council.list_files()


def removed_tombstone_and_list(council: Council) -> None:
    (council.site / "drafts/2026/2-p/index.html").unlink()
    council.list_files()


def doctored_history_and_list(council: Council) -> None:
    (council.site / "istoriia/drafts/2026/1-p.html").write_text("Змін не було", encoding="utf-8")
    council.list_files()


def altered_page_list_and_salts(council: Council) -> None:
    altered_page_and_list(council)
    (council.evidence / SALTS / PAGES).write_bytes(write_salts({path: os.urandom(16) for path, _ in council.files()}))


def list_gone(council: Council) -> None:
    (council.site / "manifest.txt").unlink()


def list_cut(council: Council) -> None:
    """The list and the page that it names, both gone."""
    removed_page(council)
    council.list_files()


def list_in_another_order(council: Council) -> None:
    file = council.site / "manifest.txt"
    file.write_text("".join(sorted(file.read_text(encoding="utf-8").splitlines(keepends=True))), encoding="utf-8")


def page_as_a_link(council: Council) -> None:
    """A page that is a link to a file of the server."""
    (council.site / PAGE).unlink()
    (council.site / PAGE).symlink_to("/etc/hostname")


def page_among_the_evidence(council: Council) -> None:
    (council.evidence / "rishennia.html").write_text("Нове рішення", encoding="utf-8")


def page_with_the_name_of_a_kept_file(council: Council) -> None:
    (council.site / "CNAME").mkdir()
    (council.site / "CNAME/index.html").write_text("Нове рішення", encoding="utf-8")
