"""The ledger as a site: built of a small council whose evidence is its documents' own days."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import feedparser
import pytest
from lxml import html

from tests.conftest import build_folder, lay_site, tree_of
from tests.plugins.community import links, main_of, words

LEDGER = "prozorist/stroky"
NOW = "2026-12-02T12:00:00+02:00"


def lay(folder: Path) -> Path:
    return lay_site(folder, "valid/deadlines")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = lay(tmp_path_factory.mktemp("deadlines") / "site")
    assert build_folder(folder, folder / "out", as_of=NOW) == (0, [])
    return folder / "out"


def rows(site: Path, name: str = "stroky") -> list[dict[str, str]]:
    text = (site / LEDGER / f"{name}.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_table_holds_each_verdict_once_and_the_ledger_counts_them_all(site):
    found = rows(site)
    keys = [(row["rule"], row["url"]) for row in found]
    assert len(keys) == len(set(keys)) > 20
    counted = main_of(site, LEDGER).findall(".//ul[@class='deadline-counts']/li")
    assert len(found) == sum(int(words(item.find(".//b"))) for item in counted)
    assert found == rows(site, "stroky-2026")


def test_shares_are_of_all_whose_day_has_come_so_that_the_unknown_is_never_hidden(site):
    found = rows(site)
    judged = [row for row in found if row["outcome"] not in ("pending", "na")]
    passed = sum(row["outcome"] == "pass" and row["passProven"] == "ні" for row in judged)
    [item] = [item for item in main_of(site, LEDGER).findall(".//ul[@class='deadline-counts']/li")
              if "Вчасно, не доведено" in words(item)]
    assert f"{passed * 100 / len(judged):.1f}".replace(".", ",").removesuffix(",0") in words(item)
    assert any(row["outcome"] == "unknown" for row in judged)


def test_filters_lead_to_a_list_of_each_outcome_rule_and_body(site):
    found = links(main_of(site, LEDGER).find(".//nav[@aria-label='Фільтри']"))
    addresses = set(found.values())
    assert {f"/{LEDGER}/{name}/" for name in ("porusheno", "vchasno", "bez-dokazu", "act-sign", "session-frequency")
            } <= addresses
    for address in addresses:
        assert (site / address.strip("/") / "index.html").is_file()


def test_a_record_says_its_verdicts_the_worst_first(site):
    box = next(item for item in main_of(site, "rishennia/2026/12").iter("section") if "Строки" in words(item)[:8])
    badges = [words(item) for item in box.iter("span") if "deadline-badge" in item.get("class", "")]
    assert badges[0] == "Порушено"
    assert "Міський голова підписав або зупинив рішення 12 листопада 2026 року" in words(box)
    assert badges.count("Вчасно") == 0


def test_a_pass_that_nobody_vouches_for_is_never_shown_or_counted_as_proven(site):
    """The council of this test has no evidence but its documents' own days; content that is judged everybody sees."""
    found = [row for row in rows(site) if row["outcome"] == "pass"]
    assert {("D", "ні"), ("", "так")} == {(row["grade"], row["passProven"]) for row in found}
    doubtful = sum(row["passProven"] == "ні" for row in found)
    item = next(item for item in main_of(site, LEDGER).findall(".//ul[@class='deadline-counts']/li")
                if "Вчасно, не доведено" in words(item))
    text = words(item).replace("\xa0", " ")
    assert f"Усього вчасно — {len(found)}, з них доведено {len(found) - doubtful}." in text
    for page in ("", "vchasno", "vchasno-ne-dovedeno", "act-sign"):
        for line in main_of(site, f"{LEDGER}/{page}".rstrip("/")).findall(".//ul[@class='deadline-list']/li"):
            badge = line.find(".//span")
            is_doubtful = "не доведено (рівень D)" in words(line).replace("\xa0", " ")
            assert not (is_doubtful and "status-done" in badge.get("class", ""))
            assert is_doubtful or words(badge) != "Вчасно, не доведено"


def test_outcomes_are_words_with_signs_and_not_colours_alone(site):
    for badge in main_of(site, LEDGER).xpath(".//*[contains(@class, 'deadline-badge')]"):
        assert words(badge) and badge.find("svg") is not None


def test_the_page_of_a_rule_says_what_it_asks_and_how_its_days_are_counted(site):
    text = words(main_of(site, f"{LEDGER}/draft-lead"))
    assert "Від 4 жовтня 2020 року" in text.replace("\xa0", " ")
    assert "Від 9 травня 2011 року до 3 жовтня 2020 року" in text.replace("\xa0", " ")
    assert "Оприлюднити — не пізніше ніж за 10 повних робочих днів до розгляду." in text.replace("\xa0", " ")
    example = [[words(cell) for cell in row] for row in main_of(site, f"{LEDGER}/draft-lead").findall(".//tbody/tr")]
    assert ["13.11.2026, п’ятниця", "10 повних робочих днів до", "Вчасно"] == [
        cell.replace("\xa0", " ") for cell in example[0]]
    assert ["Вчасно"] * 3 + ["На межі"] + ["Порушено"] * 2 == [row[2] for row in example]


def test_a_rule_that_is_switched_off_has_a_page_and_judges_nothing(site):
    assert "Правило вимкнено. Петицій сайт ще не має." in words(main_of(site, f"{LEDGER}/petition"))
    assert not [row for row in rows(site) if row["rule"] == "petition"]


def test_the_feed_tells_what_was_settled_last(site):
    feed = feedparser.parse((site / LEDGER / "feed.xml").read_bytes())
    assert not feed.bozo
    assert feed.entries
    updated = [entry.updated for entry in feed.entries]
    assert updated == sorted(updated, reverse=True)
    assert all(entry.title.split(":")[0] in ("Вчасно", "Вчасно, не доведено", "Порушено", "На межі",
                                                 "Виняток") for entry in feed.entries)


def test_the_section_leads_to_the_ledger_and_the_rules(site):
    main = main_of(site, "prozorist")
    assert f"/{LEDGER}/" in links(main).values()
    assert f"/{LEDGER}/draft-lead/" in links(main).values()
    foot = html.parse(str(site / "index.html")).getroot().find(".//footer")
    assert f"/{LEDGER}/" in links(foot).values()


def test_a_council_without_rules_has_no_ledger(build_site):
    output = build_site("valid/from-draft-to-act")
    assert not (output / "prozorist").exists()
    assert "/prozorist/" not in (output / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("edit", ["meeting", "act", "draft", "rule", "calendar", "time"])
def test_an_update_makes_what_a_cold_build_makes(tmp_path, edit):
    folder, now = lay(tmp_path / "site"), NOW
    assert build_folder(folder, folder / "out", as_of=now) == (0, [])
    files = {"meeting": ("content/meetings/2026/pl-2026-08-23/index.yml", "2026-08-23", "2026-08-20"),
             "act": ("content/acts/2026/12-про-справу.yml", "signed_on: 2026-11-12", "signed_on: 2026-11-10"),
             "draft": ("content/drafts/2026/6-p-про-справу.yml", "text:", "planned_on: 2026-11-27\ntext:"),
             "rule": ("data/rules.yml", "title: Голова підписує", "title: Міський голова підписує"),
             "calendar": ("data/calendar.yml", "  - from: 2022-03-24", "  - from: 2022-03-24\n    to: 2026-11-20")}
    if edit == "time":
        now = "2027-03-01T12:00:00+02:00"
    else:
        name, old, new = files[edit]
        file = folder / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
    assert build_folder(folder, folder / "out", as_of=now) == (0, [])
    assert build_folder(folder, folder / "cold", cache=folder / "other", cold=True, as_of=now) == (0, [])
    updated, cold = tree_of(folder / "out"), tree_of(folder / "cold")
    assert [name for name in cold if updated.get(name) != cold[name]] == []
    assert updated.keys() == cold.keys()
