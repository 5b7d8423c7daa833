"""The hosting company alters the files of the site."""

from __future__ import annotations

import gzip
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


def words_hidden(council: Council) -> None:
    """Every word is still there, and nobody sees it."""
    page = council.site / PAGE
    page.write_text(page.read_text(encoding="utf-8").replace("<main>", '<main style="display:none">'), encoding="utf-8")


def page_that_leads_on(council: Council) -> None:
    page = council.site / PAGE
    page.write_text(f'<meta http-equiv=refresh content="0;url=/inshe/"><base href=//inshe.example>{page.read_text()}',
                    encoding="utf-8")


def worker_added(council: Council) -> None:
    """A script that a browser would keep and ask in place of the server."""
    (council.site / "sw.js").write_text("onfetch = e => e.respondWith(new Response('Інше'))", encoding="utf-8")


def rules_of_the_host_added(council: Council) -> None:
    (council.site / "_redirects").write_text("/acts/* https://inshe.example/:splat 302\n", encoding="utf-8")
    (council.site / ".htaccess").write_text("Redirect /acts https://inshe.example\n", encoding="utf-8")


def page_packed_in_advance(council: Council) -> None:
    """Many a server gives this one to every browser, and the page to an auditor."""
    (council.site / f"{PAGE}.gz").write_bytes(gzip.compress("Інше".encode()))


def page_in_capitals(council: Council) -> None:
    """The same page to a server that does not tell capitals from small letters."""
    (council.site / "Index.HTML").write_text("Інша рада", encoding="utf-8")


def folder_as_a_link(council: Council) -> None:
    """A second address of all drafts, which is none of the site's."""
    (council.site / "rishennia").symlink_to("drafts")
