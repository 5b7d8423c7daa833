"""What the invented council tells: news, videos, greetings, reports, weekly meetings and weekly plans."""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from bench.demo import registers
from bench.demo.papers import Decided
from bench.demo.schedule import Sitting
from bench.demo.voice import Voice, day_words, file_words, prose, yaml
from bench.demo.words import (
    AREAS,
    ERRANDS,
    JOY,
    JUBILEES,
    MEMORY,
    OBSERVANCES,
    PLANS,
    SENTENCES,
    SUMMARIES,
    Area,
)

REPORTS = (("mayor", "Звіт міського голови за {year} рік", "org-viddil"),
           ("budget", "Звіт про виконання бюджету громади за {year} рік", "finansove"),
           ("department", "Звіт відділу освіти за {year} рік", "osvita"),
           ("department", "Звіт управління соціального захисту за {year} рік", "sots"),
           ("programme", "Звіт про виконання програми розвитку громади за {year} рік", "zhkh"),
           ("department", "Звіт відділу цивільного захисту за {year} рік", "bezpeka"))
INDICATORS = ("Використано коштів", "Опрацьовано звернень", "Завершено робіт", "Проведено перевірок")
UNITS_OF = ("тис. грн", "шт.", "шт.", "шт.")
TONES = {"joy": "Вітання", "professional": "Вітання з професійним святом", "remembrance": "Слово пам’яті"}


class Names:
    """Names of files by day: `03-14`, then `03-14-2`, as the editors' `new` gives them."""

    def __init__(self) -> None:
        self._taken: Counter[date] = Counter()

    def of(self, folder: str, day: date, title: str) -> str:
        """The path of the next document of a day."""
        self._taken[day] += 1
        number = f"-{self._taken[day]}" if self._taken[day] > 1 else ""
        return f"{folder}/{day.year}/{day:%m-%d}{number}-{file_words(title)}.md"


def day_of(year: int, place: int, number: int) -> date:
    """The days of `number` documents, spread over the year."""
    return date(year, 1, 1) + timedelta(days=place * 365 // number)


def news(year: int, number: int, videos: int, acts: Sequence[Decided],
         sittings: Sequence[Sitting]) -> Iterator[tuple[str, str]]:
    """News, then videos; one in three leads to an act or a meeting that came before it."""
    names = Names()
    links = sorted([(act.adopted_on, f"[рішення № {act.number} «{act.title}»]({act.url})") for act in acts
                    if act.url.startswith("/rishennia/")]
                   + [(sitting.day, f"[засідання {day_words(sitting.day)}](/zasidannia/{year}/{sitting.id}/)")
                      for sitting in sittings])
    for kind, whole in (("news", number), ("video", videos)):
        for place in range(whole):
            day = day_of(year, place, whole)
            voice = Voice(f"{kind}:{year}:{place}", day)
            area = voice.one(AREAS)
            title = voice.say(voice.one(area.news))
            fields = _head(voice, area, day, title) | (_video(voice, f"{year}-{place + 1}") if kind == "video" else {})
            past = [link for held_on, link in links if day - timedelta(days=60) < held_on < day]
            yield names.of("news", day, title), prose(fields, list(_story(voice, area, kind, past)))


def _head(voice: Voice, area: Area, day: date, title: str) -> dict[str, Any]:
    return {"title": title, "summary": voice.say(voice.one(SUMMARIES)),
            "published_at": f"{day} {voice.whole(8, 18):02d}:{voice.whole(0, 59):02d}", "unit": area.unit,
            "topics": [area.id]}


def _video(voice: Voice, name: str) -> dict[str, Any]:
    return {"type": "video", "video": {"url": f"https://video.zrazkiv.example/watch/{name}",
                                       "duration": f"0:{voice.whole(2, 40):02d}:{voice.whole(0, 59):02d}"}}


def _story(voice: Voice, area: Area, kind: str, links: Sequence[str]) -> Iterator[str]:
    yield voice.sentences(area.facts, 2, 3)
    for _ in range(voice.whole(3, 6) if kind == "news" else 1):
        yield voice.sentences((*area.facts, *SENTENCES), 3, 6)
    if voice.chance() < 0.3:
        yield "## Що далі"
        yield "\n".join(f"- {voice.say(errand)}" for errand in voice.some(ERRANDS, voice.whole(2, 4)))
    if links and voice.chance() < 0.33:
        yield f"Підстава — {voice.one(links)}."


def greetings(year: int, number: int) -> Iterator[tuple[str, str]]:
    """Greetings on observances of the year, then to villages, schools, enterprises."""
    names = Names()
    jubilees = number - len(OBSERVANCES)
    for place in range(number):
        if place < len(OBSERVANCES):
            key, title, month, day_of_month, tone = OBSERVANCES[place]
            day = date(year, int(month), int(day_of_month))
            own = {"observance": key}
            voice = Voice(f"greeting:{year}:{place}", day)
            title = f"{TONES[tone]}: {title}"
        else:
            day, tone = day_of(year, place - len(OBSERVANCES), jubilees), "joy"
            voice = Voice(f"greeting:{year}:{place}", day)
            title = voice.say(voice.one(JUBILEES))
            own = {"occasion": title, "tone": tone}
        sentences = MEMORY if tone == "remembrance" else JOY
        fields = {"title": title, "summary": f"Слово міського голови, {day_words(day)}.",
                  "published_at": f"{day} 08:00", "occasion_on": day, **own, "signatory": registers.mayor().id,
                  "unit": "org-viddil",
                  "salutation": "Шановна громадо," if tone == "remembrance" else "Шановні мешканці громади!"}
        yield names.of("greetings", day, title), prose(fields, [voice.sentences(sentences, 2, 4) for _ in range(3)])


def reports(year: int, number: int) -> Iterator[tuple[str, str]]:
    """Reports about the year before, with figures and chapters."""
    for place, (kind, title, unit) in enumerate(REPORTS[:number], 1):
        day = date(year, 2, 3 + place)
        voice = Voice(f"report:{year}:{place}", day)
        title = title.format(year=year - 1)
        fields = {"title": title, "summary": voice.say(SUMMARIES[1]), "type": kind, "published_at": f"{day} 10:00",
                  "period": {"starts_on": date(year - 1, 1, 1), "ends_on": date(year - 1, 12, 31)},
                  "author": registers.mayor().id if kind == "mayor" else registers.head_of(unit).id, "unit": unit,
                  "topics": ["rada"],
                  "indicators": [{"name": name, "value": voice.whole(40, 900), "previous": voice.whole(40, 900),
                                  "unit": measure} for name, measure in zip(INDICATORS, UNITS_OF, strict=True)]}
        text = [part for area in AREAS[:8] for part in _chapter(voice, area)]
        yield f"reports/{year}/{place}-{file_words(title)}.md", prose(fields, text)


def _chapter(voice: Voice, area: Area) -> Iterator[str]:
    yield f"## {area.title}"
    for _ in range(6):
        yield voice.sentences((*area.facts, *SENTENCES), 4, 8)


def _monday(year: int, week: int) -> date:
    first = date(year, 1, 1)
    return first + timedelta(days=-first.weekday() % 7 + 7 * week)


def briefings(year: int, number: int) -> Iterator[tuple[str, str]]:
    """Monday meetings with the mayor: errands and who carries them out."""
    for place in range(number):
        day = _monday(year, place * 52 // number)
        voice = Voice(f"briefing:{year}:{place}", day)
        items = list(_errands(voice))
        folder = f"meetings/{year}/narada-{day}"
        yield f"{folder}/index.yml", yaml({
            "title": f"Нарада при міському голові № {place + 1}",
            "summary": f"Доручень — {len(items)}: хто за що відповідає й до якого дня.", "unit": "org-viddil",
            "published_at": f"{day} 12:00", "topics": ["rada"], "type": "briefing", "body": "vykonkom",
            "starts_at": f"{day} 09:00", "ended_at": f"{day} 10:{voice.whole(5, 55):02d}",
            "location": "мала зала, вул. Соборна, 1", "status": "held", "chair": registers.mayor().id,
            "minutes": {"status": "approved", "number": place + 1, "signed_on": day, "published_at": f"{day} 16:00"},
            "items": items})
        yield f"{folder}/minutes.md", "\n\n".join((
            f"Протокол наради при міському голові від {day_words(day)}.",
            *(f"## {item['no']}. {item['title']}\n\n{voice.sentences(SENTENCES, 2, 4)}\n\n"
              f"**Вирішили:** {item['resolution']}" for item in items))) + "\n"


def _errands(voice: Voice) -> Iterator[dict[str, Any]]:
    for number, area in enumerate(voice.some(AREAS, voice.whole(4, 9)), 1):
        yield {"no": number, "title": area.title, "presenter": registers.head_of(area.unit).id, "result": "noted",
               "resolution": voice.say(voice.one(ERRANDS))}


def plans(year: int, number: int) -> Iterator[tuple[str, str]]:
    """Weekly plans, published on the Friday before."""
    for place in range(number):
        monday = _monday(year, place * 52 // number)
        voice = Voice(f"plan:{year}:{place}", monday)
        entries = [{"at": f"{monday} 09:00", "title": "Нарада при міському голові", "location": "вул. Соборна, 1",
                    "responsible": "міський голова"}]
        entries += [{"at": f"{monday + timedelta(days=day)} {voice.whole(10, 16)}:00",
                     "title": voice.say(voice.one(PLANS)), "location": voice.say("{address}"),
                     "responsible": voice.one(registers.UNITS)[1]} for day in range(5)]
        yield f"events/plans/{year}/w{place + 1:02d}.yml", yaml({
            "starts_on": monday, "published_at": f"{monday - timedelta(days=3)} 15:00", "unit": "org-viddil",
            "entries": entries})
