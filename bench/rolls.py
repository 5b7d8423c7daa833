"""Ten councils' worth of votes: sixty deputies, five thousand roll-calls, and one of them corrected.

Gives the figures that the incremental rule is judged by: what a first build costs, what one corrected vote costs, and
how many files of the site it changed. `python3 tasks.py bench votes`.
"""
from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from rich.console import Console

from bench import demo
from bench.demo.registers import GIVEN, PATRONYMICS, SURNAMES
from bench.demo.voice import Voice
from bench.measure import Contender, Cost, decimal, measure
from plugins.ukrainian import slug
from tooling.bootstrap import ROOT, NotReady

SCRATCH = ROOT / ".cache" / "bench" / "votes"
FIRST_DAY = date(2016, 1, 14)
SEATS, MEETINGS, VOTES = 60, 250, 20
EVERY = 14
"""Days from one plenary to the next: 250 of them make nearly ten years."""
AS_OF = "2026-01-01T12:00:00+02:00"
GROUPS = (("fr-rozvytok", "Фракція «Розвиток»", 22), ("fr-hromada", "Фракція «Громада»", 16),
          ("fr-maibutnie", "Фракція «Майбутнє»", 12), ("fr-misto", "Фракція «Місто»", 6))
"""Factions with their members; whoever is left belongs to none."""
TOPICS = (("biudzhet", "Бюджет"), ("zemlia", "Земля"), ("zhkh", "Комунальне господарство"), ("osvita", "Освіта"),
          ("kultura", "Культура"), ("transport", "Транспорт"), ("bezpeka", "Безпека"), ("maino", "Комунальне майно"))
OPTIONS = ("За", "Проти", "Утримався", "Не голосував", "Відсутній")
CODES = ("yes", "no", "abstain", "not_voting", "absent")
LEANING = (0.92, 0.75, 0.6, 0.45, 0.5)
"""How often each faction, and whoever is in none, is for it."""
MAYOR = SEATS
"""The place of the mayor after the deputies."""


def main(runs: int, figures: Path | None, meetings: int = MEETINGS) -> int:
    """Measure and print: a first build, then a corrected vote `runs` times. Status 0."""
    console = Console(highlight=False)
    site = SCRATCH / f"site-{meetings}"
    console.print(f"Складаю раду: депутатів {SEATS}, засідань {meetings}, голосувань {meetings * VOTES}, "
                  f"поіменних голосів {meetings * VOTES * (SEATS + 1)}…", soft_wrap=True)
    shutil.rmtree(SCRATCH, ignore_errors=True)
    demo.write(files(meetings), site)
    begin_history(site)
    cold = measure(_builder(site, "cold"))
    console.print(told("Перша побудова", cold), soft_wrap=True)
    edits = [measure(_builder(site, "edit"), turn) for turn in range(1, runs + 1)]
    for turn, cost in enumerate(edits, 1):
        console.print(told(f"Виправлено один голос, {turn}/{runs}", cost, is_edit=True), soft_wrap=True)
    if figures:
        whole = {"seats": SEATS, "votes": meetings * VOTES, "cold": _plain(cold), "edits": [_plain(c) for c in edits]}
        figures.write_text(json.dumps(whole, indent=2) + "\n", encoding="utf-8")
    return 0


def told(title: str, cost: Cost, *, is_edit: bool = False) -> str:
    """A run in one line."""
    changed = f", змінено файлів {cost.changed}" if is_edit else ""
    return (f"{title}: {decimal(cost.wall)} с, процесор {decimal(cost.cpu)} с, {cost.memory:.0f} МіБ, файлів "
            f"{cost.files}{changed}")


def _plain(cost: Cost) -> dict[str, float | int | None]:
    return {name: getattr(cost, name) for name in ("wall", "cpu", "memory", "files", "written", "changed")}


def _builder(site: Path, name: str) -> Contender:
    """Our build over the site: a first one, or one after a vote was corrected."""
    is_cold = name == "cold"
    command = (sys.executable, str(ROOT / "tasks.py"), "build", "--content", str(site / "content"), "--data",
               str(site / "data"), "--output", str(site / "output"), "--no-search", "--as-of", AS_OF,
               *(("--cold",) if is_cold else ()))
    return Contender(name, command, site, site / "output", dict(os.environ), keeps=not is_cold,
                     prepare=None if is_cold else (lambda turn: correct(site, turn)), watch="" if is_cold else "\0")


def begin_history(site: Path) -> None:
    """A repository of the site's own: changes are found by git."""
    for arguments in (("init", "-q", "-b", "main"), ("add", "content", "data"), ("commit", "-q", "-m", "Архів")):
        _git(site, *arguments)


def _git(site: Path, *arguments: str) -> None:
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    settings = ("-c", "user.name=bench", "-c", "user.email=bench@rada.example", "-c", "gc.auto=0")
    done = subprocess.run(["git", *settings, *arguments], cwd=site, env=os.environ | own, capture_output=True,
                          encoding="utf-8", errors="replace")
    if done.returncode:
        raise NotReady(f"git {arguments[0]}: {done.stderr.strip()}")


def correct(site: Path, turn: int) -> None:
    """One named vote is another now, in a meeting of the middle, and the total with it: «за» → «не голосував».

    A vote with more «за» than it needs, so that its result stays.
    """
    folders = sorted((site / "content" / "meetings").glob("*/*"))
    folder = folders[(len(folders) // 2 + turn) % len(folders)]
    table, index = folder / "votes.csv", folder / "index.yml"
    rows, text = table.read_text(encoding="utf-8").split("\n"), index.read_text(encoding="utf-8")
    for number, row in enumerate(rows):
        uid = row.split(",")[0]
        if not row.endswith(",За"):
            continue
        before, _, after = text.partition(f"uid: {uid}\n")
        head, _, tail = after.partition("counts: {yes: ")
        yes, _, tail = tail.partition(",")
        if int(yes) <= SEATS // 2 + 2:
            continue
        others, _, tail = tail.partition(" not_voting: ")
        given, _, tail = tail.partition(",")
        rows[number] = row.removesuffix("За") + "Не голосував"
        table.write_text("\n".join(rows), encoding="utf-8", newline="\n")
        index.write_text(f"{before}uid: {uid}\n{head}counts: {{yes: {int(yes) - 1},{others} not_voting: "
                         f"{int(given) + 1},{tail}", encoding="utf-8", newline="\n")
        return
    raise NotReady(f"{folder}: немає голосу, який можна виправити.")


# --------------------------------------------------------------------------- the site

def files(meetings: int = MEETINGS) -> Iterator[tuple[str, str]]:
    """Everything of the site: path, text."""
    yield "data/council.yml", COUNCIL
    yield "data/forms.yml", "forms_from: 2027-01-01\n"  # forms of documents have a measure of their own
    yield "data/organizations.yml", "".join(
        f"- id: {key}\n  type: {kind}\n  title: {title}\n{more}" for key, kind, title, more in (
            ("rada", "council", "Рада", ""), ("vykonkom", "executive", "Виконавчий комітет", "  members_total: 11\n"),
            *((key, "group", title, f"  order: {order}\n") for order, (key, title, _) in enumerate(GROUPS, 1))))
    yield "data/memberships.csv", "".join(memberships())
    yield "data/vocabularies/topics.yml", "".join(f"- id: {key}\n  title: {title}\n" for key, title in TOPICS)
    for key, name, is_female in people():
        family, given, patronymic = name.split()
        yield f"data/people/{key}.yml", (f"family_name: {family}\ngiven_name: {given}\npatronymic: {patronymic}\n"
                                         f"gender: {'female' if is_female else 'male'}\n")
    for number in range(meetings):
        yield from meeting(number)


def people() -> list[tuple[str, str, bool]]:
    """(identifier, name, whether a woman) of the deputies and, last, the mayor."""
    found = []
    for place in range(SEATS + 1):
        family, sex = SURNAMES[place % len(SURNAMES)], place % 2
        given = GIVEN[sex][(place * 5 + place // len(SURNAMES)) % len(GIVEN[sex])]
        found.append((slug(f"{family} {given}"), f"{family} {given} {PATRONYMICS[sex][place * 3 % 7]}", bool(sex)))
    return found


def memberships() -> Iterator[str]:
    """The register: mandates and factions, all from the first day."""
    yield "id,person,organization,role,post,starts_on,ends_on\n"
    for place, (key, _, _) in enumerate(people()):
        role = "mayor" if place == MAYOR else "deputy"
        yield f"{key}-rada,{key},rada,{role},,{FIRST_DAY},\n"
        if group := group_of(place):
            yield f"{key}-{group},{key},{group},member,,{FIRST_DAY},\n"


def group_of(place: int) -> str:
    """The faction of a deputy; empty for the mayor and for whoever belongs to none."""
    for key, _, members in GROUPS:
        if place < members:
            return key
        place -= members
    return ""


def leaning(place: int) -> float:
    """How often somebody is for it."""
    return LEANING[next((order for order, (key, *_) in enumerate(GROUPS) if key == group_of(place)), len(GROUPS))]


def meeting(number: int) -> Iterator[tuple[str, str]]:
    """One plenary: its agenda with totals, and the table of names."""
    day, voters = FIRST_DAY + timedelta(days=EVERY * number), people()
    folder = f"content/meetings/{day.year}/pl-{day}"
    voice = Voice(f"rolls-{number}", day)
    away = {place for place in range(len(voters)) if voice.chance() < 0.08}
    items, rows = [], ["motionUid,voterId,voterName,motionTitle,result\n"]
    for item in range(1, VOTES + 1):
        answers = [4 if place in away else answer(voice, leaning(place)) for place in range(len(voters))]
        topic, title = TOPICS[(number + item) % len(TOPICS)]
        items.append(ITEM.format(
            no=item, title=f"Про питання № {item} за темою «{title}»", topic=topic, uid=f"{day}-{item}",
            at=f"{10 + item // 10}:{item % 10 * 6:02d}",
            counts=", ".join(f"{code}: {answers.count(place)}" for place, code in enumerate(CODES)),
            result="pass" if answers.count(0) > (SEATS + 1) // 2 else "fail"))
        rows += [f"{day}-{item},{key},{name},Про питання № {item},{OPTIONS[chosen]}\n"
                 for (key, name, _), chosen in zip(voters, answers, strict=True)]
    here = ", ".join(key for place, (key, _, _) in enumerate(voters) if place not in away)
    missing = ", ".join(voters[place][0] for place in sorted(away))
    yield f"{folder}/index.yml", MEETING.format(day=day, before=day - timedelta(days=12), session=number + 1,
                                                present=here, absent=missing) + "".join(items)
    yield f"{folder}/votes.csv", "".join(rows)


def answer(voice: Voice, for_it: float) -> int:
    """The place of an option in their list."""
    return 0 if (chance := voice.chance()) < for_it else 1 + int(chance * 30) % 3


COUNCIL = """id: zrazkiv
name: Зразківська міська рада
name_genitive: Зразківської міської ради
name_locative: Зразківській міській раді
name_en: Zrazkiv City Council
short_name: Зразківська рада
community: Зразківська міська територіальна громада
community_genitive: Зразківської міської територіальної громади
settlement: м. Зразків
tagline: Десять років голосувань
lead: Рада, складена програмою, щоб виміряти голосування.
edrpou: "99000022"
katottg: UA99010010010099998
region: Зразківський район
address: вул. Соборна, 1, м. Зразків, 00001
hours: пн–пт 8:00–17:00
phones:
  - number: (03200) 2-10-00
    title: Загальний відділ
email: rada@zrazkiv.example
site: https://rada.zrazkiv.example
council_id: rada
executive_id: vykonkom
convocations:
  - number: 7
    starts_on: 2016-01-01
    seats: 60
notice: Рада вигадана.
evidence_from: 2016-01-01
"""
MEETING = """published_at: {before} 12:00
type: plenary
body: rada
convocation: 7
session: {session}
starts_at: {day} 10:00
ended_at: {day} 15:00
location: сесійна зала
status: held
agenda_published_at: {before} 12:00
notice:
  published_at: {before} 12:00
attendance:
  present: [{present}]
  absent: [{absent}]
items:
"""
ITEM = """  - no: {no}
    title: {title}
    topics: [{topic}]
    votes:
      - uid: {uid}
        at: {at}
        text: Прийняти рішення за основу і в цілому.
        type: final
        requirement: majority
        counts: {{{counts}}}
        result: {result}
"""
