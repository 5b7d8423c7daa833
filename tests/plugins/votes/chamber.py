"""A council made for tests of imports: 26 deputies and a mayor with hard names; files of its votes in every format."""

from __future__ import annotations

import io
import json
import random
import shutil
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from plugins.builder.options import BuildOptions
from plugins.records import Library
from plugins.ukrainian import slug
from plugins.votes.imports import Asked, Outcome, perform
from plugins.votes.model import VoteOption
from tests.conftest import AS_OF, ROOT, SITES

NAMES = """Левадна Олена Мирославівна
Береговий Тарас Юліанович
В’юнник Марія Степанівна
Ґерета Богдан Орестович
Дем’янчук-Рись Оксана Ярославівна
Євтушок Ірина Василівна
Їжакевич Любов Петрівна
Гук Анна-Марія Романівна
Бойко Іван Петрович
Бойко Ігор Павлович
Семенов Олексій Ігорович
Кобилецький Остап Ількович
Мар’яненко Софія Тарасівна
Нетреба Віталій Олегович
Паламар-Зінчук Лідія Богданівна
Різник Павло Андрійович
Сойка Данило Маркович
Тернова Юлія Вікторівна
Ульянич Степан Федорович
Хом’як Надія Ігорівна
Цимбалист Андрій Юрійович
Чорнота Оксана Василівна
Шпичка Євген Ростиславович
Щегельська Катерина Дмитрівна
Юхновець Ростислав Павлович
Яцун Галина Остапівна
Косар Артем Ярославович""".splitlines()
"""The mayor first. The two Бойко are namesakes by initials."""
FEMALE = {name for name in NAMES if name.endswith("на")}
DAY = date(2026, 10, 15)
SEATS, BASE, MAJORITY = 26, 27, 14


def key_of(name: str) -> str:
    """The identifier of a person."""
    family, given, _ = name.split()
    return f"{slug(family)}-{slug(given)}"


KEYS = {name: key_of(name) for name in NAMES}


def short(name: str) -> str:
    """«Гук А.-М. Р.»"""
    family, given, patronymic = name.split()
    first = "-".join(f"{part[0]}." for part in given.split("-"))
    return f"{family} {first} {patronymic[0]}."


def lay_out(folder: Path) -> Path:
    """Registers and empty content of the council; returns the folder."""
    shutil.copytree(SITES / "base" / "data", folder / "data")
    shutil.rmtree(folder / "data" / "people")
    (folder / "data" / "people").mkdir()
    (folder / "content" / "meetings").mkdir(parents=True)
    (folder / "content" / "meetings" / "README.md").write_text("Засідання\n", encoding="utf-8")
    council = folder / "data" / "council.yml"
    council.write_text(council.read_text(encoding="utf-8").replace("seats: 3", f"seats: {SEATS}"), encoding="utf-8")
    rows = ["id,person,organization,role,post,starts_on,ends_on"]
    for number, name in enumerate(NAMES):
        family, given, patronymic = name.split()
        key = KEYS[name]
        (folder / "data" / "people" / f"{key}.yml").write_text(
            f"family_name: {family}\ngiven_name: {given}\npatronymic: {patronymic}\n"
            f"gender: {'female' if name in FEMALE else 'male'}\nvoting_id: \"{number + 100}\"\n", encoding="utf-8")
        rows.append(f"m{number},{key},rada,{'deputy' if number else 'mayor'},,2020-11-24,")
    (folder / "data" / "people" / "kolyshnii-oleh.yml").write_text(
        "family_name: Колишній\ngiven_name: Олег\npatronymic: Іванович\ngender: male\n", encoding="utf-8")
    rows.append("m99,kolyshnii-oleh,rada,deputy,,2015-11-24,2020-11-23")
    (folder / "data" / "memberships.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


def library_of(folder: Path) -> Library:
    """All records of the folder."""
    import tasks

    return tasks.read_records(BuildOptions(folder / "content", folder / "data", folder / "out", as_of=AS_OF))


def no_check(_: Path) -> list[Any]:
    """For tests that look at something else than the rules of the site."""
    return []


def site_check(folder: Path) -> Callable[[Path], list[Any]]:
    """What `check` says."""
    import tasks

    tree = BuildOptions(folder / "content", folder / "data", folder / "out", as_of=AS_OF, state=folder / "cache",
                        search=False)
    return lambda staged: tasks.problems_of(tree, staged)


def bring(folder: Path, path: Path, *accepted: str, check: Callable[[Path], Sequence[Any]] = no_check,
          **asked: Any) -> Outcome:
    """Import a path into the content of a folder."""
    return perform(Asked(path, folder / "content", accepted=frozenset(accepted), **asked), library_of(folder), check)


# --------------------------------------------------------------------------- votes

@dataclass
class Told:
    """A vote as it was: what every file of it is made from, and what must come out of it."""

    number: int
    at: datetime
    text: str
    item: str
    options: dict[str, VoteOption]
    session: str = "Пленарне засідання 36 сесії VІІІ скликання"
    masked: set[str] = field(default_factory=set)

    def count(self, option: VoteOption) -> int:
        return sum(chosen is option for chosen in self.options.values())

    @property
    def is_passed(self) -> bool:
        return self.count(VoteOption.YES) >= MAJORITY


Y, N, U, NV, A = VoteOption
WORDS = {
    Y: ["За", "ЗА", " за ", "Зa", "за."],
    N: ["Проти", "ПРОТИ", " проти  ", "Пpоти"],
    U: ["Утримався", "Утрималась", "Утрималася", "УТРИМАВСЯ ", "утримався(лась)"],
    NV: ["Не голосував", "Не голосувала", "НЕ ГОЛОСУВАВ", "не  голосувала"],
    A: ["Відсутній", "Відсутня", "ВІДСУТНІЙ", "...", ".........", "0", 0, "Вiдсутня"],
}
SESSIONS = ("Пленарне засідання 36 сесії 8 скликання", "Пленарне засідання 36 сесії VIII скликання",
            "Пленарне засідання 36 сесії VІІІ скликання", "Пленарне засідання XXXVI сесії VІІІ скликання",
            "36 (позачергова) сесія восьмого скликання", "ПЛЕНАРНЕ ЗАСІДАННЯ  36-ї СЕСІЇ VIII СКЛИКАННЯ")
ITEMS = ("{n}", " {n} ", "{n}.", "{n}.1", "", "{n}.2.")
LATIN = str.maketrans("аеіосрАВЕІКМНОРСТХ", "aeiocpABEIKMHOPCTX")


def spelt(name: str, chance: random.Random) -> str:
    """A name as systems write it."""
    family, given, patronymic = name.split()
    is_boiko = family == "Бойко"
    forms = [name, f"{given} {patronymic} {family}", f"{family}  {given}  {patronymic}"]
    if not is_boiko:
        forms += [short(name), short(name), short(name), short(name).replace(". ", "."), short(name).replace(" ", "  "),
                  short(name).upper(), f"{given[0]}. {patronymic[0]}. {family}"]
    found = chance.choice(forms)
    return chance.choice([
        found, found, found.upper(), found.translate(LATIN), found.replace("’", "'"), found.replace("’", "ʼ"),
        found.replace("’", "`"), found.replace("Семенов", "Семёнов"), f"  {found} ", found.replace("-", " - ")
        if "А.-М." not in found and "А.-М." not in found.upper() else found])


def votes(chance: random.Random, count: int, day: date = DAY) -> list[Told]:
    """Votes of one sitting with every oddity; times run forward past midnight."""
    at = datetime.combine(day, time(10, 0, 5))
    step = timedelta(minutes=15 * 60 // max(count, 1)) if count > 1 else timedelta()
    told = []
    for number in range(1, count + 1):
        weights = chance.choice(([22, 1, 2, 1, 2], [10, 6, 6, 3, 3], [1, 20, 2, 2, 2], [27, 0, 0, 0, 0]))
        options = {name: chance.choices(list(VoteOption), weights)[0] for name in NAMES}
        present = sum(options[name] is not A for name in NAMES[1:])
        if sum(option is Y for option in options.values()) >= MAJORITY and present < 14:
            options = dict.fromkeys(NAMES, Y)
        text = f"Про питання № {number} «Зелена\nмiська {chance.choice(['площа', 'вулиця', 'лікарня'])}» у ж. м. Липки"
        told.append(Told(number, at, text.replace("мiська", "міська"),
                         chance.choice(ITEMS).format(n=number), options, SESSIONS[1]))
        at += max(step, timedelta(minutes=1))
    session = chance.choice(SESSIONS)
    for vote in told:
        vote.session = session
    return told


def as_json(vote: Told, chance: random.Random) -> bytes:
    """The file of a voting system."""
    def number(value: int) -> Any:
        return chance.choice([value, str(value), f" {value} "])

    present = sum(option is not A for option in vote.options.values())
    order = list(vote.options)
    chance.shuffle(order)
    data = {
        "DocTime": f"{vote.at:%d.%m.%Y} 23:59:59", "GLTime": f"{vote.at:%d.%m.%Y %H:%M:%S}",
        "OrgName": chance.choice(["Мала міська рада", "МАЛА МІСЬКА РАДА", "Малої міської ради "]),
        "SName": vote.session, "GLType": "ПОІМЕННЕ ГОЛОСУВАННЯ", "PD_NPP": vote.item, "GL_Text": vote.text,
        "DPList": [{"DPName": ". .. .." if name in vote.masked else spelt(name, chance),
                    "DPGolos": chance.choice(WORDS[vote.options[name]])} for name in order],
        "YESCnt": number(vote.count(Y)), "NOCnt": number(vote.count(N)), "UTRCnt": number(vote.count(U)),
        "NGCnt": number(vote.count(NV)), "TotalCnt": number(chance.choice([present, BASE])),
        "RESULT": chance.choice([" РІШЕННЯ ПРИЙНЯТЕ ", "РІШЕННЯ ПРИЙНЯТО", "Рiшення прийняте"]) if vote.is_passed else
        chance.choice([" РІШЕННЯ НЕ ПРИЙНЯТО ", "РІШЕННЯ НЕ ПРИЙНЯТЕ"]),
    }
    text = json.dumps(data, ensure_ascii=False, indent=chance.choice([None, 1, 4]))
    text = text.replace("\\n", "\n") if chance.random() < 0.7 else text
    encoding = chance.choice(["utf-8", "utf-8", "utf-8-sig", "cp1251", "utf-16"])
    return text.encode(encoding, "replace") if encoding != "cp1251" or "ʼ" not in text else text.encode("utf-8")


def write_json(folder: Path, told: Iterable[Told], chance: random.Random) -> Path:
    """A folder of files, one a vote, as they are published."""
    folder.mkdir(parents=True, exist_ok=True)
    for vote in told:
        (folder / f"{DAY:%y%m%d}_{vote.number}.json").write_bytes(as_json(vote, chance))
    return folder


def write_zip(file: Path, told: Iterable[Told], chance: random.Random) -> Path:
    """A quarterly archive."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for vote in told:
            archive.writestr(f"голосування/{DAY:%y%m%d}_{vote.number}.json", as_json(vote, chance))
    return file


def write_xlsx(file: Path, told: Sequence[Told], chance: random.Random) -> Path:
    """One row a vote, one column a deputy."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Мала міська рада"])
    sheet.append([told[0].session])
    names = list(NAMES)
    sheet.append(["№ з/п", "Дата і час", "№ питання", "Питання", *names, "За", "Проти", "Утрималися", "Не голосували",
                  "Всього", "Результат"])
    for vote in told:
        sheet.append([vote.number, chance.choice([vote.at, f"{vote.at:%d.%m.%Y %H:%M:%S}"]), vote.item, vote.text,
                      *(chance.choice(WORDS[vote.options[name]]) for name in names), vote.count(Y), str(vote.count(N)),
                      vote.count(U), vote.count(NV), BASE, "Прийнято" if vote.is_passed else "Не прийнято"])
    stream = io.BytesIO()
    book.save(stream)
    file.write_bytes(stream.getvalue())
    return file


PDF_FONT = ROOT / "theme" / "fonts" / "arsenal-400.ttf"


def write_pdf(file: Path, told: Sequence[Told], chance: random.Random, *, columns: int = 2,
              is_ruled: bool = False) -> Path:
    """Protocols, a page a vote: names and votes in pairs of columns, with rules or without."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(TTFont("Arsenal", str(PDF_FONT)))
    style = ParagraphStyle("text", fontName="Arsenal", fontSize=10, leading=13)
    middle = ParagraphStyle("middle", parent=style, alignment=1)
    story: list[Any] = []
    for vote in told:
        head = ["Мала міська рада", vote.session, "РЕЗУЛЬТАТИ ПОІМЕННОГО ГОЛОСУВАННЯ",
                f"№ {vote.number} від {vote.at:%d.%m.%Y %H:%M:%S}"]
        story += [Paragraph(line, middle) for line in head]
        if vote.item.strip():
            story.append(Paragraph(f"Питання № {vote.item.strip().rstrip('.')}", style))
        story.append(Paragraph(f"«{' '.join(vote.text.split())}»", middle))
        cells = [[str(number), short(name) if not name.startswith("Бойко") else name,
                  str(chance.choice([word for word in WORDS[vote.options[name]] if isinstance(word, str)])).strip()]
                 for number, name in enumerate(NAMES, 1)]
        height = -(-len(cells) // columns)
        cells += [["", "", ""]] * (height * columns - len(cells))
        rows = [[part for column in range(columns) for part in cells[column * height + row]] for row in range(height)]
        look: list[Any] = [("FONT", (0, 0), (-1, -1), "Arsenal", 9)]
        look += [("GRID", (0, 0), (-1, -1), 0.5, "black")] if is_ruled else []
        story += [Table(rows, style=look), Paragraph(
            f"ЗА: {vote.count(Y)}   ПРОТИ: {vote.count(N)}   УТРИМАЛИСЬ: {vote.count(U)}   "
            f"НЕ ГОЛОСУВАЛИ: {vote.count(NV)}   ВІДСУТНІ: {vote.count(A)}", style), Paragraph(f"ВСЬОГО: {BASE}", style),
            Paragraph("РІШЕННЯ ПРИЙНЯТО" if vote.is_passed else "РІШЕННЯ НЕ ПРИЙНЯТО", middle), PageBreak()]
    SimpleDocTemplate(str(file), pagesize=A4).build(story)
    return file


def totals(outcome_folder: Path) -> dict[str, tuple[int, int, int, int, int, str]]:
    """Identifier of each recorded vote → its five totals and the result, read back from the records."""
    from plugins.votes.model import VoteEvent

    return {event.id: (event.counts.yes, event.counts.no, event.counts.abstain, event.counts.not_voting,
                       event.counts.absent, event.result.value)
            for event in library_of(outcome_folder).records if isinstance(event, VoteEvent)}


def expected(told: Iterable[Told]) -> dict[str, tuple[int, int, int, int, int, str]]:
    """The same as the files say."""
    return {f"{DAY}-{vote.number}": (*(vote.count(option) for option in VoteOption),
                                     "pass" if vote.is_passed else "fail") for vote in told}
