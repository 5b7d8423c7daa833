"""What a change makes again, and that it comes out as if everything had been made: random edits against cold builds."""

from __future__ import annotations

import datetime
import os
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from plugins.builder import making
from plugins.builder.run import Build
from tests.conftest import AS_OF, ROOT, build_folder, lay_site, tree_of

START = datetime.datetime.fromisoformat(AS_OF)
LATER = datetime.timedelta(hours=1)


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often a build was incremental, and how often it was not sure."""
    found: Counter[str] = Counter()
    update = Build.update

    def noted(self: Build, *arguments: object) -> int | None:
        status = update(self, *arguments)  # type: ignore[arg-type]
        found["unsure" if status is None else "incremental"] += 1
        return status

    monkeypatch.setattr(Build, "update", noted)
    return found


class Site:
    """A tiny site that is built again and again, with a clock of its own."""

    def __init__(self, folder: Path, case: str) -> None:
        self.folder, self.now = folder, START
        lay_site(folder, f"valid/{case}")

    def build(self, jobs: int = 1) -> tuple[int, list[str]]:
        """Build as an editor would."""
        return build_folder(self.folder, self.folder / "out", as_of=self.now.isoformat(), jobs=jobs)

    def cold(self) -> tuple[int, list[str]]:
        """Build into another folder as if for the first time."""
        return build_folder(self.folder, self.folder / "cold", cache=self.folder / "other", cold=True,
                            as_of=self.now.isoformat())

    def changed(self) -> set[str]:
        """What the last build told whoever uploads."""
        lines = (self.folder / "cache" / "changed-files.txt").read_text(encoding="utf-8").splitlines()
        return {line[2:] for line in lines}

    def documents(self, below: str = "") -> list[Path]:
        """Files of documents, those beside an index among them."""
        return sorted(path for path in (self.folder / "content" / below).rglob("*")
                      if path.is_file() and path.suffix in (".md", ".yml", ".csv"))

    def git(self, *arguments: str) -> None:
        """Run git in the site's folder."""
        subprocess.run(["git", "-C", str(self.folder), "-c", "user.name=Рада", "-c", "user.email=rada@example.ua",
                        *arguments], check=True, capture_output=True)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site with a document of every kind, built once."""
    made = Site(tmp_path / "site", "every-kind")
    assert made.build() == (0, [])
    return made


def replace(path: Path, pattern: str, to: str) -> None:
    """Change a document by a pattern that is in it."""
    text = path.read_text(encoding="utf-8")
    assert re.search(pattern, text, re.M), pattern
    path.write_text(re.sub(pattern, to, text, count=1, flags=re.M), encoding="utf-8")


def test_a_word_in_a_text_prints_one_page(site: Site, taken: Counter[str]) -> None:
    page = site.documents("news")[0]
    page.write_text(page.read_text(encoding="utf-8") + "\nЩе одне речення.\n", encoding="utf-8")
    assert site.build()[0] == 0
    assert [path.split("/")[0] for path in site.changed()] == ["novyny"] and taken["incremental"] == 1


def test_a_new_item_moves_few_pages(site: Site, taken: Counter[str]) -> None:
    (site.folder / "content" / "news" / "2026" / "11-21-нова.md").write_text(
        "---\ntitle: Нова новина\npublished_at: 2026-11-21 10:30\nsummary: Коротко.\n---\n\nТекст.\n", encoding="utf-8")
    assert site.build()[0] == 0
    others = {path for path in site.changed() if not path.startswith("novyny/2026/11-21/")}
    assert "novyny/2026/11-21/index.html" in site.changed() and len(others) <= 12 and taken["incremental"] == 1


def test_a_document_is_shown_when_its_day_has_come(site: Site, taken: Counter[str]) -> None:
    (site.folder / "content" / "news" / "2026" / "11-23-завтра.md").write_text(
        "---\ntitle: Завтра\npublished_at: 2026-11-23 10:30\nsummary: Коротко.\n---\n\nТекст.\n", encoding="utf-8")
    page = site.folder / "out" / "novyny" / "2026" / "11-23" / "index.html"
    site.build()
    assert not page.exists()
    site.now += datetime.timedelta(days=2)
    site.build()
    assert page.exists() and taken["incremental"] == 2
    assert site.cold()[0] == 0 and tree_of(site.folder / "out") == tree_of(site.folder / "cold")


def test_a_damaged_or_foreign_state_costs_only_time(site: Site) -> None:
    whole = tree_of(site.folder / "out")
    for damage in (lambda raw: raw[:-7], lambda raw: b"SQLite format 3\0" + raw[16:][::-1], lambda raw: b"",
                   lambda raw: raw.replace(b"news", b"nows")):
        for file in (site.folder / "cache" / "build").iterdir():
            file.write_bytes(damage(file.read_bytes()))
        page = site.documents("news")[0]
        page.write_text(page.read_text(encoding="utf-8") + "\nЩе.\n", encoding="utf-8")
        assert site.build() == (0, [])
    assert site.cold()[0] == 0 and tree_of(site.folder / "out") == tree_of(site.folder / "cold") != whole


def test_a_problem_is_told_in_the_same_words_and_nothing_changes(site: Site) -> None:
    before = tree_of(site.folder / "out")
    page = next(path for path in site.documents("acts") if path.suffix == ".yml")
    replace(page, r"^title: .*$", "titel: Без назви")
    assert site.build() == site.cold() and site.build()[0] == 1
    assert tree_of(site.folder / "out") == before


# --------------------------------------------------------------------------- random edits

Edit = Callable[[Site, random.Random], None]


def _of(site: Site, chance: random.Random) -> Path:
    return chance.choice(site.documents())


def append(site: Site, chance: random.Random) -> None:
    page = chance.choice([path for path in site.documents() if path.suffix == ".md"])
    page.write_text(page.read_text(encoding="utf-8") + f"\nЩе одне речення {chance.randrange(99)}.\n", encoding="utf-8")


def rewrite(pattern: str, words: str) -> Edit:
    """Give a field of a random document other words."""
    def edit(site: Site, chance: random.Random) -> None:
        page = _of(site, chance)
        text = page.read_text(encoding="utf-8")
        number = "" if words == "order" else f" {chance.randrange(99)}"
        page.write_text(re.sub(pattern, lambda match: f"{match[1]}{words}{number}", text, count=1, flags=re.M),
                        encoding="utf-8")
    return edit


def other_day(site: Site, chance: random.Random) -> None:
    page = _of(site, chance)
    text = page.read_text(encoding="utf-8")
    if found := list(re.finditer(r"(20\d\d)-\d\d-\d\d", text)):
        day = chance.choice(found)
        year = int(day[1]) + chance.choice((0, 0, -1, 1))
        new = f"{year}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 28):02d}"
        page.write_text(text[:day.start()] + new + text[day.end():], encoding="utf-8")


def delete(site: Site, chance: random.Random) -> None:
    page = _of(site, chance)
    if (page.parent / "index.yml").exists():
        shutil.rmtree(page.parent)
    else:
        page.unlink()


def copy(site: Site, chance: random.Random) -> None:
    page = _of(site, chance)
    shutil.copyfile(page, page.with_name(f"{chance.randrange(1000, 9999)}-копія{page.suffix}"))


def rename(site: Site, chance: random.Random) -> None:
    page = _of(site, chance)
    page.rename(page.with_name(f"{chance.randrange(1000, 9999)}-інша{page.suffix}"))


def other_words_in_a_name(site: Site, chance: random.Random) -> None:
    page = _of(site, chance)
    prefix = re.match(r"[0-9a-z-]*", page.stem)
    page.rename(page.with_name(f"{prefix[0] if prefix else ''}{chance.choice('абвщюя')}{page.suffix}"))


def other_address(site: Site, chance: random.Random) -> None:
    page = _of(site, chance)
    text = page.read_text(encoding="utf-8")
    if page.suffix == ".yml":
        page.write_text(f"id: i{chance.randrange(99)}\n{text}", encoding="utf-8")


def alert(site: Site, chance: random.Random) -> None:
    until = site.now + chance.randrange(1, 90) * LATER
    (site.folder / "data" / "alert.yml").write_text(
        f"level: warning\nlead: Тривога\ntext: Будьте в укритті.\nuntil: {until:%Y-%m-%d %H:%M}\n", encoding="utf-8")


def a_month_goes_by(site: Site, chance: random.Random) -> None:
    site.now += datetime.timedelta(days=chance.choice((10, 31)))


def time_goes_back(site: Site, chance: random.Random) -> None:
    site.now -= datetime.timedelta(hours=chance.randrange(1, 60))


def drop_a_line(site: Site, chance: random.Random) -> None:
    page = _of(site, chance)
    lines = page.read_text(encoding="utf-8").split("\n")
    del lines[chance.randrange(len(lines))]
    page.write_text("\n".join(lines), encoding="utf-8")


def correct_a_vote(site: Site, chance: random.Random) -> None:
    tables = [path for path in site.documents("meetings") if path.name == "votes.csv"]
    if not tables:
        return
    table = chance.choice(tables)
    lines = table.read_text(encoding="utf-8").split("\n")
    one, other = (chance.randrange(1, len(lines)) for _ in range(2))
    (a, _, x), (b, _, y) = lines[one].rpartition(","), lines[other].rpartition(",")
    if a and b:
        lines[one], lines[other] = f"{a},{y}", f"{b},{x}"
    table.write_text("\n".join(lines), encoding="utf-8")


def link(site: Site, chance: random.Random) -> None:
    texts = [path for path in site.documents() if path.suffix == ".md"]
    page, target = chance.choice(texts), _of(site, chance)
    if target.suffix != ".csv":
        page.write_text(page.read_text(encoding="utf-8") + f"\n[Див.]({os.path.relpath(target, page.parent)})\n",
                        encoding="utf-8")


def cite(site: Site, chance: random.Random) -> None:
    """Name an act by day and number, sometimes one that is not there."""
    acts = [path.read_text(encoding="utf-8") for path in site.documents("acts") if path.suffix == ".yml"]
    facts = [dict(re.findall(r"^(number|adopted_on): (.*)$", text, re.M)) for text in acts]
    known = [fact for fact in facts if len(fact) == 2]
    page = chance.choice([path for path in site.documents() if path.suffix == ".md"])
    if known:
        fact = chance.choice(known)
        year, month, day = fact["adopted_on"].split("-")
        page.write_text(page.read_text(encoding="utf-8") + (
            f"\nПункт 1 рішення ради від {day}.{month}.{year} № {fact['number']}{chance.choice(('', '', '1'))}.\n"),
            encoding="utf-8")


def register(site: Site, chance: random.Random) -> None:
    page = chance.choice(sorted((site.folder / "data").rglob("*.yml")))
    text = page.read_text(encoding="utf-8")
    page.write_text(re.sub(r"^(\s*-?\s*(?:title|party): ).*$", lambda match: f"{match[1]}Назва {chance.randrange(99)}",
                           text, count=1, flags=re.M), encoding="utf-8")


def membership_ends(site: Site, chance: random.Random) -> None:
    table = site.folder / "data" / "memberships.csv"
    if table.exists():
        lines = table.read_text(encoding="utf-8").split("\n")
        lines[1:] = [line for line in lines[1:] if line.strip() and chance.random() < 0.9]
        table.write_text("\n".join([*lines, ""]), encoding="utf-8")


def time_goes_on(site: Site, chance: random.Random) -> None:
    site.now += chance.randrange(1, 60) * LATER


def commit(site: Site, chance: random.Random) -> None:
    if (site.folder / ".git").exists():
        site.git("add", "-A", "content", "data")
        site.git("commit", "-q", "--allow-empty", "-m", "Зміни")


def forget(site: Site, chance: random.Random) -> None:
    shutil.rmtree(site.folder / "cache", ignore_errors=True)


def lose_a_page(site: Site, chance: random.Random) -> None:
    chance.choice(sorted((site.folder / "out").rglob("*.html"))).unlink()


EDITS: tuple[Edit, ...] = (
    append, append, rewrite(r"^(\s*-?\s*title: ).*$", "Інша назва"), rewrite(r"^(summary: ).*$", "Коротко"),
    rewrite(r"^(location: ).*$", "Мала зала"), rewrite(r"^(number: ).*$", ""), other_day, other_day, delete, copy,
    rename, other_words_in_a_name, other_address, alert, a_month_goes_by, time_goes_back,
    rewrite(r"^(type: )(?:decision|order)$", "order"), drop_a_line, correct_a_vote, link, register, membership_ends,
    time_goes_on, commit, commit, commit, forget, lose_a_page, cite, cite)


@pytest.mark.parametrize(("case", "seed"), [("every-kind", 1), ("every-kind", 2), ("from-draft-to-act", 3),
                                            ("community", 4)])
def test_fifty_sequences_of_edits_come_out_as_if_all_were_made(
        tmp_path: Path, taken: Counter[str], monkeypatch: pytest.MonkeyPatch, case: str, seed: int) -> None:
    """In one process on one tree that goes from edit to edit; what cannot be built is undone."""
    monkeypatch.setattr(making, "MANY", 1)  # with two jobs, two workers
    monkeypatch.setattr(making, "AT_ONCE", 3)
    monkeypatch.setattr(making, "HELD", 2)  # rendered texts wait in a file
    chance = random.Random(seed)
    site = Site(tmp_path / "site", case)
    if seed % 2:
        site.git("init", "-q")
        commit(site, chance)
    assert site.build() == (0, [])
    for number in range(50):
        shutil.rmtree(tmp_path / "undo", ignore_errors=True)
        for name in ("content", "data"):
            shutil.copytree(site.folder / name, tmp_path / "undo" / name)
        before, now, done = tree_of(site.folder / "out"), site.now, []
        for edit in chance.sample(EDITS, chance.choice((1, 1, 2, 3))):
            edit(site, chance)
            done.append(edit.__name__)
            status = site.build(jobs=1 + number % 2)
            if status[0]:
                break
        assert status == site.cold(), (number, done)
        if status[0]:
            for name in ("content", "data"):
                shutil.rmtree(site.folder / name)
                shutil.copytree(tmp_path / "undo" / name, site.folder / name)
            site.now = now
            assert len(done) > 1 or "lose_a_page" in done or tree_of(site.folder / "out") == before
        else:
            assert tree_of(site.folder / "out") == tree_of(site.folder / "cold"), (number, done)
    assert taken["incremental"] > 20


def test_every_word_of_the_registers_reaches_every_page_that_shows_it(site: Site) -> None:
    for file in sorted((site.folder / "data").rglob("*.yml")):
        text = file.read_text(encoding="utf-8")
        for found in list(re.finditer(r"^(\s*-?\s*[a-z_]+: )([^\W\d_][^#:\n\"\[]*)$", text, re.M))[:6]:
            file.write_text(f"{text[:found.end(1)]}Інше {text[found.end(1):].lstrip()}", encoding="utf-8")
            if site.build()[0] == 0:
                assert site.cold()[0] == 0
                assert tree_of(site.folder / "out") == tree_of(site.folder / "cold"), (file.name, found[0])
        file.write_text(text, encoding="utf-8")


def test_news_of_a_category_without_letters_are_the_councils_own_also_in_the_feed(
        tmp_path: Path, taken: Counter[str]) -> None:
    site = Site(tmp_path / "site", "from-pelican")
    (site.folder / "content" / "pages" / "contact.html").unlink()  # its remark belongs to no document
    page = site.folder / "content" / "bez-liter.md"
    page.write_text("Title: Без літер\nDate: 2026-10-01 10:00\nCategory: !!!\n\nТекст.\n", encoding="utf-8")
    assert site.build()[0] == 0
    assert "Без літер" in (site.folder / "out" / "novyny" / "feed.xml").read_text(encoding="utf-8")
    assert "//feed.xml" not in (site.folder / "out" / "stricky" / "index.html").read_text(encoding="utf-8")
    page.write_text(page.read_text(encoding="utf-8") + "\nЩе.\n", encoding="utf-8")
    assert site.build()[0] == 0 and taken == {"incremental": 1}
    site.cold()
    assert tree_of(site.folder / "out") == tree_of(site.folder / "cold")


@pytest.fixture
def shuffled(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Folders list their files in another order."""
    walk = os.walk

    def other_way(*arguments: object, **options: object) -> Iterator[tuple[str, list[str], list[str]]]:
        for here, folders, names in walk(*arguments, **options):  # type: ignore[call-overload]
            folders.reverse()
            yield here, folders, names[::-1]

    monkeypatch.setattr(os, "walk", other_way)
    yield


def test_the_order_of_folders_decides_nothing(site: Site, shuffled: None) -> None:
    assert site.cold()[0] == 0 and tree_of(site.folder / "out") == tree_of(site.folder / "cold")


def test_a_fresh_clone_with_a_restored_state_makes_only_what_changed(tmp_path: Path) -> None:
    """The path of `publish.yml`: clone, restore `.cache` and `output` from an archive, build."""
    origin, clone = Site(tmp_path / "origin", "every-kind"), tmp_path / "clone"
    origin.git("init", "-q", "-b", "main")
    commit(origin, random.Random(0))
    script = ("import sys; from pathlib import Path; from plugins.builder.options import BuildOptions; "
              "from plugins.builder.run import build; s = Path(sys.argv[1]); sys.exit(build(BuildOptions("
              "s / 'content', s / 'data', s / 'output', as_of=sys.argv[2], state=s / '.cache')))")

    def publish(moment: datetime.datetime) -> str:
        shutil.rmtree(clone, ignore_errors=True)
        subprocess.run(["git", "clone", "-q", str(origin.folder), str(clone)], check=True)
        if (tmp_path / "kept.tar").exists():
            subprocess.run(["tar", "--posix", "-xf", str(tmp_path / "kept.tar"), "-C", str(clone)], check=True)
        said = subprocess.run([sys.executable, "-c", script, str(clone), moment.isoformat()], cwd=ROOT, check=True,
                              capture_output=True, text=True).stdout
        subprocess.run(["tar", "--posix", "-cf", str(tmp_path / "kept.tar"), "-C", str(clone), ".cache", "output"],
                       check=True)
        return said

    publish(START)
    append(origin, random.Random(1))
    commit(origin, random.Random(0))
    assert re.search(r"змінено \d\d?,", publish(START + LATER))
    assert not (clone / ".cache" / "unsure.txt").exists(), "the index was not begun anew either"
    told = (clone / ".cache" / "changed-files.txt").read_text(encoding="utf-8")
    assert "M search/uk/meta.gz\n" in told and told.count("/text/") <= 2
    assert "Без змін" in publish(START + LATER + LATER)
    assert build_folder(clone, tmp_path / "cold", cache=tmp_path / "none", cold=True, search=True,
                        as_of=(START + LATER).isoformat())[0] == 0
    assert tree_of(clone / "output") == tree_of(tmp_path / "cold")
