"""The site as a whole: menus list what exists, old addresses lead on, the notice of the day ends."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.people.model import Colours
from plugins.records import contrast, mixed
from plugins.site.colours import properties
from plugins.site.home import HomePage
from tests.conftest import ROOT, build_folder

BuildSite = Callable[..., Path]


def page(output: Path, url: str) -> str:
    return (output / url.strip("/") / "index.html").read_text(encoding="utf-8")


def links_of(html: str) -> set[str]:
    return {link.split("#")[0].split("?")[0] for link in re.findall(r'(?:href|src|action)="(/[^"]*)"', html)}


def test_an_almost_empty_site_has_no_link_to_what_is_not_there(build_site: BuildSite) -> None:
    output = build_site("")
    home = page(output, "/")
    assert "Новини</a>" not in home and "Послуги</a>" not in home and "Безпека</a>" not in home
    assert "Влада</a>" in home
    for file in sorted(output.rglob("*.html")):
        for link in links_of(file.read_text(encoding="utf-8")):
            target = output / link.lstrip("/")
            assert (target / "index.html").is_file() if link.endswith("/") else target.is_file(), f"{file}: {link}"


def test_a_site_below_a_path_links_only_below_it(build_site: BuildSite) -> None:
    output = build_site("valid/from-draft-to-act", url="https://host.example/rada")
    for file in sorted(output.rglob("*.html")):
        for link in links_of(file.read_text(encoding="utf-8")):
            assert link.startswith("/rada/"), f"{file}: {link}"
            target = output / link.removeprefix("/rada/")
            assert (target / "index.html").is_file() if link.endswith("/") else target.is_file(), f"{file}: {link}"
    manifest = json.loads((output / "site.webmanifest").read_text(encoding="utf-8"))
    assert manifest["start_url"] == "/rada/"
    assert all((output / icon["src"].removeprefix("/rada/")).is_file() for icon in manifest["icons"])


def test_every_old_address_leads_to_its_page(build_site: BuildSite) -> None:
    output = build_site("valid/old-addresses")
    for path in ("news/17/index.html", "2019/most.html"):
        html = (output / path).read_text(encoding="utf-8")
        assert 'http-equiv="refresh" content="0; url=/novyny/2026/11-20/"' in html
        assert '<link rel="canonical" href="https://mala.example/novyny/2026/11-20/">' in html
        assert '<meta name="robots" content="noindex">' in html
    assert "url=/vlada/" in page(output, "/contacts.php/")
    assert '<link rel="canonical" href="https://forum.example/">' in page(output, "/forum/")
    assert "news/17" not in (output / "sitemap.xml").read_text(encoding="utf-8")


def test_the_notice_of_the_day_stands_on_every_page_until_it_is_over(lay_out: Callable[[str], Path]) -> None:
    folder = lay_out("valid/notice-of-the-day")
    assert build_folder(folder, folder / "before", as_of="2026-11-24T14:59:00+02:00") == (0, [])
    for url in ("/", "/vlada/", "/404.html"):
        name = url if url.endswith(".html") else f"{url}index.html"
        html = (folder / "before" / name.lstrip("/")).read_text(encoding="utf-8")
        assert "24 листопада з 9:00 до 15:00 не буде води" in html
        assert 'data-alert-until="2026-11-24T15:00:00+02:00"' in html
        assert "до 24\u00a0листопада, 15:00" in html
    assert build_folder(folder, folder / "after", as_of="2026-11-24T15:00:00+02:00") == (0, [])
    assert "не буде води" not in page(folder / "after", "/")


def test_the_home_page_shows_what_is_decided_now(build_site: BuildSite) -> None:
    output = build_site("valid/from-draft-to-act")
    home = page(output, "/")
    assert "Останні рішення" in home and "Про ремонт дороги" in home
    assert home.count("<h1") == 1 and '<script type="application/ld+json">' in home


def test_the_404_page_offers_ways_on(build_site: BuildSite) -> None:
    html = (build_site("") / "404.html").read_text(encoding="utf-8")
    assert 'data-template="404"' in html and 'action="/poshuk/"' in html and 'href="/mapa-saitu/"' in html
    assert '<meta name="robots" content="noindex">' in html


def test_the_patterns_pages_show_every_component_once(build_site: BuildSite) -> None:
    site = build_site("")
    pages = [file.read_text(encoding="utf-8") for file in (site / "zrazky").rglob("index.html")]
    names = {file.stem for file in (ROOT / "theme" / "examples").glob("*.yml")}
    shown = [name for html in pages for name in re.findall(r'id="zrazok-([\w-]+)"', html)]
    assert names - set(shown) == {"site-header", "site-footer", "display-panel", "page-head", "greeting"}
    assert len(shown) == len(set(shown))
    for html in pages:
        ids = re.findall(r'\bid="([^"]+)"', html)
        assert len(ids) == len(set(ids)) and html.count("<h1") == 1


def test_the_site_map_reaches_every_register_and_page(build_site: BuildSite) -> None:
    html = page(build_site("valid/second-council", url="https://hosting.example/vilshanka"), "/mapa-saitu/")
    for url in ("/vilshanka/rishennia/", "/vilshanka/proiekty/", "/vilshanka/zasidannia/", "/vilshanka/novyny/",
                "/vilshanka/tsnap/", "/vilshanka/deputaty/"):
        assert f'href="{url}"' in html


def test_colours_of_a_council_reach_every_page_and_stay_readable(build_site: BuildSite) -> None:
    home = page(build_site("valid/second-council"), "/")
    assert "--council-navy:#1f4d2b;" in home and "--council-wheat:#c98a2b;" in home


@pytest.mark.parametrize("navy", ["#173058", "#1f4d2b", "#7a1f1f", "#5b2a86", "#000000", "#0b6b4f"])
def test_the_foot_of_any_main_colour_carries_its_quietest_text(navy: str) -> None:
    found = properties(Colours.model_validate({"navy": navy}))
    assert contrast(found["council-foot"], "#b6c3da") >= 7
    assert contrast(found["council-navy-dark"], "#10161f") >= 4.5


def test_contrast_is_that_of_the_standard() -> None:
    assert round(contrast("#ffffff", "#000000"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48
    assert mixed("#000000", "#ffffff", 0.5) == "#808080"


def test_the_home_template_gets_each_field_it_names() -> None:
    source = (ROOT / "theme" / "templates" / "site" / "home.html").read_text(encoding="utf-8")
    named = set(re.findall(r"^    (\w+): ", source.split("-#}")[0], re.M))
    assert named and named <= set(HomePage.__dataclass_fields__)
