"""A site made for Pelican moves in as it is: nothing but remarks, and its links, sections and translations hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

SITE = "valid/from-pelican"


def test_what_could_be_better_is_listed_as_remarks(check_site: Callable[[str], list[str]]) -> None:
    lines = [line for line in check_site(SITE) if line.startswith("content/")]
    assert [
        "content/draft.md:3: стан «draft»: документа на сайті не буде. Щоб показати, вилучіть рядок. [UNLISTED]",
        "content/first.md:14: Текст: зображення «{static}images/photo.png» не має опису. "
        "Треба ![опис]({static}images/photo.png). [ALT]",
        "content/first.md:16: Текст: посилання «{tag}вступ» сайт не підтримує. Дайте адресу сторінки. [LINK]",
        "content/hidden.md:3: стан «hidden»: документа на сайті не буде. Щоб показати, вилучіть рядок. [UNLISTED]",
        "content/pages/contact.html: це не документ сайту. Збережіть текст як .md або .yml, а файл додайте до теки "
        "документа. [FILE-TYPE]",
        "content/polski.md:3: мови «pl» сайт не знає; документ показано як український. Можна: uk, en. [LANG]",
        "content/undated.md:1: дати немає, тож документа на сайті не буде. Додайте рядок Date: РРРР-ММ-ДД. [UNLISTED]",
    ] == [line.removesuffix(" (зауваження)") for line in lines]
    assert all(line.endswith(" (зауваження)") for line in lines)


def test_each_category_becomes_a_section_and_each_document_a_page(build_site: Callable[..., Path]) -> None:
    out = build_site(SITE)
    pages = {path.parent.relative_to(out).as_posix() for path in out.rglob("index.html")}
    assert {"oholoshennia/2024/persha", "oholoshennia/2024/2024-06-01", "afisha/2024/druha", "afisha/2024/druha-en",
            "novyny/2024/polski", "about", "en/about", "mitky/vstup"} <= pages
    assert not {"novyny/2024/draft", "novyny/2024/hidden"} & pages


def test_links_and_pictures_with_braces_lead_where_they_led(build_site: Callable[..., Path]) -> None:
    page = (build_site(SITE) / "oholoshennia" / "2024" / "persha" / "index.html").read_text(encoding="utf-8")
    links = {text: url for url, text in re.findall(r'<a href="([^"]+)">([^<]+)</a>', page)}
    assert ["/afisha/2024/druha/", "/oholoshennia/2024/2024-06-01/", "/about/", "/oholoshennia/2024/2024-06-01/"] == [
        links[text] for text in ("другу", "стару", "про нас", "колишнє")]
    assert links["файл"].endswith("/extra/doc.pdf")
    assert 'alt="Зелене поле"' in page
