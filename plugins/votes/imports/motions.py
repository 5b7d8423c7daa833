"""Raw votes of one meeting → motions as they will be recorded; everything that does not add up is noted."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import datetime

from plugins.meetings.model import AgendaItem, Counts, Meeting, Motion, Requirement, VoteResult
from plugins.people.model import mayor_on, seats_on
from plugins.records import Library
from plugins.ukrainian import NoSuchLocalTime, clean, kyiv, name_key, slug, written_day
from plugins.votes.model import Vote, VoteEvent, VoteOption, members_present, needed, quorum

from .agenda import NO_NUMBER, Agenda, Planned, PlannedItem, item_of, without_number
from .people import Matcher, Tally, is_council
from .raw import Notes, RawMotion
from .sittings import Sitting
from .words import (
    is_not_considered,
    is_not_put,
    motion_type_of,
    option_of,
    requirement_of,
    result_of,
)

LONGEST_TEXT = 5_000
LAST = datetime(2200, 1, 1)  # noqa: DTZ001 — local time, as that of the votes it stands behind
UID = re.compile(r"[0-9a-z]+(?:-[0-9a-z]+)*")
DAY_BEFORE = re.compile(r".*\d{4}-\d{2}-\d{2}-")


CHOSEN = (VoteOption.YES, VoteOption.NO, VoteOption.ABSTAIN)


def put_to_the_vote(raws: Sequence[RawMotion], notes: Notes) -> Iterator[RawMotion]:
    """The votes that took place: a question that nobody considered, or nobody voted on, is named and left out."""
    for raw in raws:
        named = any(option_of(vote.word) in CHOSEN for vote in raw.votes)
        stated = any(raw.counts.get(option) for option in CHOSEN)
        is_all_silent = bool(raw.votes) and not is_not_considered(raw.result)
        if not is_not_put(raw.result) or named or stated or is_all_silent:
            yield raw
            continue
        notes.remark(raw.spot, f"«{clean(raw.result)[:60]}»: голосування не було, тож його не записано. Що сталося з "
                               "питанням, вкажіть у порядку денному (result).")


class Planner:
    """Plans the motions of one meeting; `elsewhere` are identifiers that other meetings of this import have taken."""

    def __init__(self, sitting: Sitting, library: Library, matcher: Matcher, notes: Notes,
                 elsewhere: Container[str] = ()) -> None:
        self.sitting, self.library, self.matcher, self.notes = sitting, library, matcher, notes
        self.recorded = {motion.uid: (item, motion) for item in self._items() for motion in item.votes}
        self.claimed: dict[str, RawMotion] = {}
        self.elsewhere = elsewhere
        self.seats = seats_on(library, sitting.body, sitting.day)
        self.is_national = all(raw.is_national for raw in sitting.raws)

    def _items(self) -> tuple[AgendaItem, ...]:
        return self.sitting.meeting.items if self.sitting.meeting else ()

    def plan(self) -> list[PlannedItem]:
        """The items that get motions, those already on the agenda first."""
        raws = self.sitting.raws
        if not self.is_national:
            raws = sorted(raws, key=lambda raw: (raw.held_at is None, raw.held_at or LAST, not raw.seq))
        own = self._told_apart([(raw, self._own_uid(raw, at)) for at, raw in enumerate(self._once(raws), 1)])
        own = [(raw, self._free(raw, uid)) for raw, uid in own]
        uids = {uid for _, uid in own}
        planned = [motion for raw, uid in own if (motion := self._motion(raw, uid, uids))]
        return list(Agenda(self.sitting, self.library, self.notes, self.is_national).grouped(planned))

    # ----------------------------------------------------------------------- identity

    def _once(self, raws: Sequence[RawMotion]) -> Iterator[RawMotion]:
        """The votes without those that another file tells again, in another spelling or encoding."""
        known: dict[tuple[object, ...], RawMotion] = {}
        for raw in raws:
            names = frozenset((name_key(vote.name), option_of(vote.word)) for vote in raw.votes)
            first = known.setdefault((raw.held_at, item_of(raw), raw.text, raw.uid, names), raw)
            if first is raw or raw.held_at is None:
                yield raw
            else:
                self.notes.remark(raw.spot, f"те саме голосування, що й {first.spot}; прочитано раз.")

    @staticmethod
    def _told_apart(own: Sequence[tuple[RawMotion, str]]) -> list[tuple[RawMotion, str]]:
        """Votes of one second, which have no number, get one each."""
        counted: dict[str, int] = {}
        found: list[tuple[RawMotion, str]] = []
        for raw, uid in own:
            counted[uid] = counted.get(uid, 0) + 1
            is_of_time = not raw.uid and not raw.seq
            found.append((raw, f"{uid}-{counted[uid]}" if is_of_time and counted[uid] > 1 else uid))
        return found

    def _own_uid(self, raw: RawMotion, at: int) -> str:
        """An identifier that depends on the vote alone, so that a second import finds it again."""
        sitting = self.sitting
        if raw.uid:
            uid = raw.uid if UID.fullmatch(raw.uid) and len(raw.uid) <= 80 else slug(raw.uid)[:80].strip("-")
            if uid != raw.uid:
                self.notes.remark(raw.spot, f"ідентифікатор «{raw.uid[:80]}» записано як «{uid}».")
            return uid
        if raw.seq:
            digits, _, number = raw.seq.partition("-")
            said = written_day(f"20{digits[:2]}-{digits[2:4]}-{digits[4:6]}") if digits else None
            is_near = said is not None and abs((said - sitting.day).days) <= 1  # «151026_1» is no day of 2015
            tail = f"{said if is_near else sitting.day}-{number}"
        elif raw.held_at:
            tail = f"{raw.held_at:%Y-%m-%d-%H%M%S}"
        else:
            tail = f"{sitting.day}-n{at}"
        return tail if is_council(self.library, sitting.body) else f"{sitting.body}-{tail}"

    def _free(self, raw: RawMotion, uid: str) -> str:
        """Votes of two sittings of a day may be numbered alike: then the meeting stands in the identifier too."""
        fuller = f"{self.sitting.key.rpartition('/')[2]}-v{DAY_BEFORE.sub('', uid)}"
        if raw.uid or uid in self.recorded:
            return uid
        return fuller if fuller in self.recorded or uid in self.elsewhere or self._is_anothers(raw, uid) else uid

    def _is_anothers(self, raw: RawMotion, uid: str) -> bool:
        """True if another meeting has a vote of that identifier that was taken at another time."""
        other = self.library.find("vote_event", uid)
        if not isinstance(other, VoteEvent) or not other.held_at or not raw.held_at:
            return False
        return f"{other.held_at:%Y-%m-%d %H:%M}" != f"{raw.held_at:%Y-%m-%d %H:%M}"

    def _motion(self, raw: RawMotion, uid: str, uids: set[str]) -> Planned | None:
        found = self.recorded.get(uid) or self._same(raw, uids)
        if found:
            uid = found[1].uid
        if first := self.claimed.get(uid):
            self.notes.add("source", raw.spot, f"голосування {uid} є двічі: ще {first.spot}. Лишіть один файл.")
            return None
        self.claimed[uid] = raw
        other = self.library.find("vote_event", uid)
        if not found and isinstance(other, VoteEvent):
            self.notes.add("recorded", raw.spot, f"голосування {uid} уже записано в засіданні {other.meeting}.")
            return None
        motion = self._planned(raw, uid, found[1] if found else None)
        return self._held_against(motion, found[0], found[1]) if found else motion

    def _same(self, raw: RawMotion, uids: set[str]) -> tuple[AgendaItem, Motion] | None:
        """A motion that an editor recorded by hand: same minute, same totals, same item, and no other like it."""
        if not raw.held_at or not raw.counts or raw.uid:
            return None
        at, (item, _) = f"{raw.held_at:%H:%M}", item_of(raw)
        found = [(known, motion) for known, motion in self.recorded.values()
                 if motion.at == at and motion.uid not in self.claimed and motion.uid not in uids
                 and (item.startswith(NO_NUMBER) or known.number == item)
                 and all(getattr(motion.counts, option.value) == count for option, count in raw.counts.items())]
        return found[0] if len(found) == 1 else None

    def _held_against(self, motion: Planned, item: AgendaItem, known: Motion) -> Planned | None:
        """What is recorded stays; only names that are missing are added."""
        motion.item, motion.is_new = item.number, False
        event = self.library.find("vote_event", known.uid)
        names = {vote.person: vote.option for vote in event.votes} if isinstance(event, VoteEvent) else {}
        said = {vote.person: vote.option for vote in motion.votes}
        differences = [words for words, is_other in (
            (f"підсумок {_counts_words(known.counts)}, у джерелі {_counts_words(motion.counts)}",
             known.counts != motion.counts),
            (f"результат «{known.result.label}», у джерелі «{motion.result.label}»", known.result is not motion.result),
            ("голоси поіменно інші", bool(names) and names != said),
            ("таємне там і поіменне тут або навпаки", known.is_secret is not motion.is_secret)) if is_other]
        if differences:
            self.notes.add("recorded", motion.raw.spot, f"голосування {known.uid} уже записано інакше: "
                           f"{'; '.join(differences)}. Виправте index.yml і votes.csv або вилучіть його звідти.")
            return None
        return motion if motion.votes and not names else None

    # ----------------------------------------------------------------------- facts

    def _planned(self, raw: RawMotion, uid: str, known: Motion | None) -> Planned:
        item, title = item_of(raw)
        text = without_number(raw.text or raw.title, item)
        is_secret, tally = self._names(raw, known)
        counts = self._counts(raw, tally, is_secret)
        requirement = known.requirement if known else requirement_of(text)
        mayor_votes = known.mayor_votes if known else tally.mayor_votes
        result, requirement, note = self._result(raw, counts, requirement, mayor_votes)
        if len(text) > LONGEST_TEXT:
            self.notes.remark(raw.spot, f"текст питання має {len(text)} знаків; записано перші {LONGEST_TEXT}.")
            text = text[:LONGEST_TEXT - 1].rstrip() + "…"
        kind = known.type if known else motion_type_of(text, item != NO_NUMBER)
        votes = [] if is_secret else tally.votes
        is_short = result is VoteResult.PASS and not known and self._lacks_quorum(raw, counts, votes, mayor_votes)
        return Planned(raw, uid, self._at(raw, known), item, kind, requirement, counts, result, text, _nameless(tally),
                       is_secret, mayor_votes, is_short, votes, note=note, title=title)

    def _lacks_quorum(self, raw: RawMotion, counts: Counts, votes: Sequence[Vote], mayor_votes: bool) -> bool:
        """True if it passed where too few members were, and that was accepted."""
        has_mayor = mayor_votes and is_council(self.library, self.sitting.body)
        mayor = mayor_on(self.library, self.sitting.day) if has_mayor else None
        present = members_present(counts, votes, mayor.id if mayor else "")
        if not self.seats or present >= quorum(self.seats):
            return False
        return self.notes.add("quorum", raw.spot, f"у джерелі «{clean(raw.result)[:60]}», а присутніх {present}; для "
                              f"кворуму потрібно {quorum(self.seats)} із {self.seats}.")

    def _names(self, raw: RawMotion, known: Motion | None) -> tuple[bool, Tally]:
        """Is it secret, and whose votes there are."""
        if not raw.votes:
            is_told = raw.is_secret or "таємн" in raw.text.lower() or (known is not None and known.is_secret)
            if not is_told:
                self.notes.add("secret", raw.spot, "голосів поіменно немає. Якщо голосування таємне, прийміть це; якщо "
                               "ні, знайдіть імена.")
            return True, Tally()
        if raw.is_secret and self.notes.add("secret", raw.spot, "голосування названо таємним, а в ньому є імена."):
            return True, Tally()
        return False, self.matcher.match(raw, self.sitting.body, self.sitting.day)

    def _counts(self, raw: RawMotion, tally: Tally, is_secret: bool) -> Counts:
        """The five totals: of the names; of a secret vote as stated, the absent being the rest."""
        if is_secret:
            stated = dict(raw.counts)
            holders = len(self.matcher.holders(self.sitting.body, self.sitting.day))
            if VoteOption.YES not in stated:
                self.notes.add("counts", raw.spot, "немає підсумку «За».")
            if VoteOption.ABSENT not in stated and holders >= sum(stated.values()):
                stated[VoteOption.ABSENT] = holders - sum(stated.values())
            return Counts(**{option.value: stated.get(option, 0) for option in VoteOption})
        for option, count in raw.counts.items():
            listed = tally.listed.get(option, 0)
            if count != listed and not tally.has_unknown_words:
                self.notes.add("counts", raw.spot, f"«{option.label}»: у підсумку {count}, поіменно {listed}.")
        self._total(raw, tally)
        return Counts(**{option.value: tally.count(option) for option in VoteOption})

    def _total(self, raw: RawMotion, tally: Tally) -> None:
        """«TotalCnt» is met as all who are listed, as those present, as those who voted, as the whole composition."""
        if raw.total is None or tally.has_unknown_words:
            return
        listed = sum(tally.listed.values())
        present = listed - tally.listed.get(VoteOption.ABSENT, 0)
        voted = present - tally.listed.get(VoteOption.NOT_VOTING, 0)
        seats = self.seats or 0
        if raw.total not in (listed, present, voted, len(raw.votes), seats, seats + 1):
            self.notes.add("counts", raw.spot, f"разом у джерелі {raw.total}, а в переліку {listed}, з них присутні "
                           f"{present}.")

    def _result(self, raw: RawMotion, counts: Counts, requirement: Requirement, mayor_votes: bool
                ) -> tuple[VoteResult, Requirement, str]:
        """The stated result where arithmetic allows it. Base: seats, and the mayor if he or she takes part."""
        stated = result_of(raw.result)
        has_mayor = is_council(self.library, self.sitting.body) and mayor_on(self.library, self.sitting.day) is not None
        base = self.seats + (mayor_votes and has_mayor) if self.seats else None
        if base is None:
            if stated is None:
                self.notes.add("result", raw.spot, "результату немає, а загальний склад органу невідомий.")
            return stated or VoteResult.FAIL, requirement, ""
        present = counts.total - counts.absent

        def arithmetic(kind: Requirement) -> VoteResult:
            return VoteResult.PASS if counts.yes >= needed(kind, base, present) else VoteResult.FAIL

        right = arithmetic(requirement)
        if stated is right:
            return right, requirement, ""
        said = f"«{clean(raw.result)[:60]}»" if raw.result else "без результату"
        sum_of = f"за — {counts.yes}, потрібно {needed(requirement, base, present)} ({requirement.label}, {base})"
        if stated is None:
            self.notes.add("result", raw.spot, f"у джерелі {said}; {sum_of}: «{right.label}».")
            return right, requirement, f"у джерелі {said}"
        others = (Requirement.PRESENT, Requirement.TWO_THIRDS)
        if fitting := next((kind for kind in others if kind is not requirement and arithmetic(kind) is stated), None):
            self.notes.add("requirement", raw.spot, f"у джерелі {said}; {sum_of}. Сходиться, якщо потрібна інша "
                           f"частка: {fitting.label}.")
            return stated, fitting, ""
        self.notes.add("result", raw.spot, f"у джерелі {said}; {sum_of}: «{right.label}».")
        return right, requirement, f"у джерелі {said}"

    def _at(self, raw: RawMotion, known: Motion | None) -> str:
        """«10:35» inside the meeting; nothing where the time is not known or was accepted to be wrong."""
        meeting = self.sitting.meeting
        if not raw.held_at or known:
            return known.at or "" if known else ""
        try:
            moment = kyiv(raw.held_at.replace(second=0))
        except NoSuchLocalTime as error:
            self.notes.add("time", raw.spot, f"{error}.")
            return ""
        if meeting and not _is_inside(moment, meeting):
            until = f"{meeting.ended_at:%H:%M}" if meeting.ended_at else "…"
            self.notes.add("time", raw.spot, f"голосування о {moment:%H:%M} — поза часом засідання "
                           f"{meeting.key} ({meeting.starts_at:%H:%M}–{until}). Виправте starts_at чи ended_at.")
            return ""
        return f"{moment:%H:%M}"

def _is_inside(moment: datetime, meeting: Meeting) -> bool:
    """As the reader of votes.csv sees it: after midnight only if the meeting is known to have gone on."""
    if moment.date() > meeting.day and not (meeting.ended_at and meeting.ended_at.date() > meeting.day):
        return False
    return meeting.starts_at <= moment and (not meeting.ended_at or moment <= meeting.ended_at)


def _nameless(tally: Tally) -> Counts | None:
    found: Mapping[VoteOption, int] = tally.unnamed
    return Counts(**{option.value: found.get(option, 0) for option in VoteOption}) if any(found.values()) else None


def _counts_words(counts: Counts) -> str:
    return "/".join(str(getattr(counts, option.value)) for option in VoteOption)
