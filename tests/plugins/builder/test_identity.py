"""Incremental equals cold, byte for byte: random edits, a lost state, another folder, time zone, hash seed."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.conftest import AS_OF, ROOT, SITES, build_folder, lay_site, tree_of

WORDS = st.sampled_from(["міст", "вода", "школа", "парк", "тариф", "бюджет", "лікарня", "стадіон"])
TITLES = st.lists(WORDS, min_size=1, max_size=4).map(lambda words: " ".join(words).capitalize())
DAYS = st.dates(min_value=datetime.date(2024, 1, 1), max_value=datetime.date(2026, 11, 21))


def news(title: str, day: Any, body: str, topic: str) -> str:
    """A news item as an editor would write it."""
    topics = f"topics: [{topic}]\n" if topic else ""
    return f"---\ntitle: {title}\npublished_at: {day} 10:30\nsummary: {body}\n{topics}---\n\n{body}\n"


EDITS = st.one_of(
    st.tuples(st.just("write"), st.integers(1, 5), TITLES, DAYS, TITLES, st.sampled_from(["", "dorohy", "voda"])),
    st.tuples(st.just("delete"), st.integers(1, 5)),
    st.tuples(st.just("rename"), st.integers(1, 5), st.integers(6, 9)),
    st.tuples(st.just("person"), TITLES),
    st.tuples(st.just("topic"), TITLES),
    st.tuples(st.just("council"), TITLES),
    st.tuples(st.just("link"), st.integers(1, 5), st.integers(1, 5)),
    st.tuples(st.just("forget state")),
    st.tuples(st.just("cut state")),
    st.tuples(st.just("remove output file")),
)


def carry_out(edit: tuple[Any, ...], site: Path, cache: Path, output: Path) -> None:
    """Do one edit as an editor (or an accident) would."""
    folder = site / "content" / "news"
    file = folder / f"n{edit[1]}.md" if len(edit) > 1 and isinstance(edit[1], int) else folder
    if edit[0] == "write":
        file.write_text(news(*edit[2:]), encoding="utf-8")
    elif edit[0] == "delete" and file.exists():
        file.unlink()
    elif edit[0] == "rename" and file.exists():
        file.rename(folder / f"n{edit[2]}.md")
    elif edit[0] == "person":
        person = site / "data" / "people" / "bondar-oles.yml"
        person.write_text(f"family_name: {edit[1]}\ngiven_name: Олесь\ngender: male\n", encoding="utf-8")
    elif edit[0] == "topic":
        (site / "data" / "vocabularies" / "topics.yml").write_text(
            f"- id: dorohy\n  title: {edit[1]}\n- id: voda\n  title: Вода\n", encoding="utf-8")
    elif edit[0] == "council":
        council = site / "data" / "council.yml"
        lines = council.read_text(encoding="utf-8").splitlines()
        council.write_text("\n".join(f"tagline: {edit[1]}" if line.startswith("tagline:") else line for line in lines)
                           + "\n", encoding="utf-8")
    elif edit[0] == "link" and file.exists() and (folder / f"n{edit[2]}.md").exists():
        file.write_text(file.read_text(encoding="utf-8") + f"\nДив. [тут](n{edit[2]}.md).\n", encoding="utf-8")
    elif edit[0] == "forget state":
        shutil.rmtree(cache, ignore_errors=True)
    elif edit[0] == "cut state":
        for state in (cache / "build").iterdir():
            state.write_bytes(state.read_bytes()[:-20])
    elif edit[0] == "remove output file":
        (output / "index.html").unlink(missing_ok=True)


def is_whole(site: Path) -> bool:
    """True if no link leads to a document that an edit has removed."""
    folder = site / "content" / "news"

    return all((folder / target).exists() for file in folder.glob("*.md")
               for target in re.findall(r"\]\((n\d\.md)\)", file.read_text(encoding="utf-8")))


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True,
          phases=[Phase.explicit, Phase.generate])
@given(st.lists(EDITS, min_size=2, max_size=5))
def test_incremental_equals_cold(edits: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        site, output, cache = top / "site", top / "one" / "out", top / "cache"
        output.parent.mkdir()
        shutil.copytree(SITES / "base", site)
        (site / "content" / "news").mkdir(parents=True)
        (site / "content" / "news" / "n0.md").write_text(news("Стара", "2024-05-01", "Тут", ""), encoding="utf-8")
        (site / "content" / "news" / "n1.md").write_text(
            news("Перша", "2026-11-01", "Текст", "dorohy"), encoding="utf-8")
        assert build_folder(site, output, cache=cache)[0] == 0
        for number, edit in enumerate(edits):
            carry_out(edit, site, cache, output)
            status, lines = build_folder(site, output, cache=cache, jobs=1 + number % 2)
            assert status == (0 if is_whole(site) else 1), lines
        if is_whole(site):
            assert build_folder(site, top / "cold", cache=top / "other", cold=True)[0] == 0
            assert tree_of(output) == tree_of(top / "cold")


def test_folder_time_zone_and_hash_seed_do_not_reach_the_output(tmp_path: Path) -> None:
    trees = []
    for number, (zone, seed) in enumerate([("UTC", "1"), ("Pacific/Auckland", "77")]):
        site = tmp_path / f"place{number}" / "копія сайту"
        lay_site(site, "valid/every-kind")
        script = ("import sys; from pathlib import Path; from plugins.builder.options import BuildOptions; "
                  "from plugins.builder.run import build; s = Path(sys.argv[1]); "
                  f"sys.exit(build(BuildOptions(s/'content', s/'data', s/'out', as_of={AS_OF!r}, state=s/'cache')))")
        subprocess.run([sys.executable, "-c", script, str(site)], cwd=ROOT, check=True, capture_output=True,
                       env={**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": "C", "PYTHONUTF8": "1"})
        trees.append(tree_of(site / "out"))
    assert trees[0] == trees[1]
