"""Names in a source → persons: by who had a vote in that body on that day, never by likeness alone."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from plugins.people.model import Person, council_of, mayor_on, spelled, voters_on
from plugins.records import Library
from plugins.ukrainian import clean, counted, name_key, short_day
from plugins.votes.model import Vote, VoteOption

from .raw import Notes, RawMotion, RawVote, Spot
from .words import is_masked, option_of

NEAR = 0.75
"""How alike a name is that a message suggests."""


@dataclass(slots=True)
class Tally:
    """The votes of one motion, matched: who chose what, and how many votes have no name.

    `unplaced` counts the votes that are listed and have no person, accepted or not.
    """

    votes: list[Vote] = field(default_factory=list)
    unnamed: dict[VoteOption, int] = field(default_factory=lambda: defaultdict(int))
    unplaced: int = 0
    listed: Counter[VoteOption] = field(default_factory=Counter)
    """What the source lists, whoever it is; a vote that stands there twice counts once."""
    has_unknown_words: bool = False
    mayor_votes: bool = True

    def count(self, option: VoteOption) -> int:
        """How many votes are this option."""
        return sum(vote.option is option for vote in self.votes) + self.unnamed.get(option, 0)


@dataclass(frozen=True, slots=True)
class Names:
    """Spellings → persons: of those who had a vote that day, and of everybody else in the register."""

    persons: frozenset[str]
    holders: Mapping[str, frozenset[str]]
    others: Mapping[str, frozenset[str]]
    idents: Mapping[str, frozenset[str]]


class Matcher:
    """Matches the names of votes; remembers the spellings of a body and a day, and what the editor has settled.

    `matches` are names → identifiers of persons, `words` are words → options, both as the editor gave them.
    """

    def __init__(self, library: Library, notes: Notes, matches: Mapping[str, str],
                 words: Mapping[str, VoteOption]) -> None:
        self.library, self.notes = library, notes
        self.matches = {name_key(name): person for name, person in matches.items()}
        self.words = {clean(word).lower(): option for word, option in words.items()}
        self.everybody = spelled(library.of(Person))
        self.names: dict[tuple[str, date], Names] = {}

    def holders(self, body: str, day: date) -> tuple[str, ...]:
        """Persons with a vote in that body on that day."""
        return voters_on(self.library, body, day)

    def match(self, motion: RawMotion, body: str, day: date) -> Tally:
        """The votes of a motion by person. What does not match is noted."""
        names, tally = self._names(body, day), Tally()
        ambiguous: dict[frozenset[str], list[tuple[RawVote, VoteOption]]] = defaultdict(list)
        taken: dict[str, tuple[RawVote, VoteOption]] = {}
        for vote in motion.votes:
            option = self._option(vote)
            if option is None:
                tally.unplaced += 1
                tally.has_unknown_words = True
                continue
            tally.listed[option] += 1
            found = self._find(vote, names)
            if len(found) > 1:
                ambiguous[found].append((vote, option))
            elif found:
                self._take(next(iter(found)), vote, option, names, day, taken, tally)
            else:
                self._nameless(self._unmatched(vote, names, day), option, tally)
        for persons, votes in ambiguous.items():
            self._share(persons, votes, names, day, taken, tally)
        tally.votes += [Vote(person=key, name=self._name(key), option=option) for key, (_, option) in taken.items()]
        self._missing(motion, body, day, tally)
        return tally

    def _names(self, body: str, day: date) -> Names:
        key = (body, day)
        if key not in self.names:
            holders = {person.id: person for key_ in self.holders(body, day)
                       if (person := self.library.get(Person, key_))}
            idents: dict[str, set[str]] = defaultdict(set)
            for person in self.library.of(Person):
                idents[person.id].add(person.id)
            for person in holders.values():
                if person.voting_id:
                    idents[person.voting_id].add(person.id)
            self.names[key] = Names(frozenset(holders), spelled(holders.values()), self.everybody,
                                    {ident: frozenset(found) for ident, found in idents.items()})
        return self.names[key]

    def _option(self, vote: RawVote) -> VoteOption | None:
        option = self.words.get(clean(vote.word).lower()) or option_of(vote.word)
        if option is None:
            self.notes.add("option-words", vote.spot, f"голос «{vote.word[:40]}» ({vote.name[:60]}) невідомий. Можна: "
                           f"{', '.join(option.label for option in VoteOption)}; скажіть, що він значить: "
                           f"--word \"{vote.word[:40]}=Не голосував\".")
        return option

    def _find(self, vote: RawVote, names: Names) -> frozenset[str]:
        """Persons whom a name may mean: those settled by the editor, those with a vote that day, the others."""
        key = name_key(vote.name)
        if settled := self.matches.get(key):
            return frozenset((settled,))
        by_name = names.holders.get(key) if key else None
        by_ident = names.idents.get(vote.ident) if vote.ident else None
        if by_ident and len(by_ident) == 1 and (not key or not by_name or by_ident <= by_name):
            person = self.library.get(Person, next(iter(by_ident)))
            is_same = person is not None and (not key or key in person.spellings())
            if is_same:
                return by_ident
        return by_name or (names.others.get(key, frozenset()) if key else frozenset())

    def _take(self, person: str, vote: RawVote, option: VoteOption, names: Names, day: date,
              taken: dict[str, tuple[RawVote, VoteOption]], tally: Tally) -> None:
        """A vote of a person who is known."""
        if person not in names.persons:
            self._nameless(self.notes.add(
                "no-mandate", vote.spot, f"«{vote.name}» — це {self._name(person)} ({person}), але {short_day(day)} ця "
                "особа не мала голосу. Перевірте строки в memberships.csv."), option, tally)
            return
        if person not in taken:
            taken[person] = vote, option
            return
        first, other = taken[person]
        tally.listed[option] -= 1
        if other is option:
            self.notes.add("duplicate-votes", vote.spot, f"«{vote.name}» уже голосує так само: {first.spot}.")
        else:
            self.notes.add("conflicting-votes", vote.spot, f"«{vote.name}» уже голосує інакше ({other.label}): "
                           f"{first.spot}. З’ясуйте й виправте джерело.")

    def _share(self, persons: frozenset[str], votes: Sequence[tuple[RawVote, VoteOption]], names: Names, day: date,
               taken: dict[str, tuple[RawVote, VoteOption]], tally: Tally) -> None:
        """Namesakes: who is left when the others are known; as many votes as persons, all alike, are theirs."""
        free = sorted(person for person in persons if person not in taken)
        if len(free) == len(votes) and (len(free) == 1 or len({option for _, option in votes}) == 1):
            for person, (vote, option) in zip(free, votes, strict=True):
                self._take(person, vote, option, names, day, taken, tally)
            return
        who = ", ".join(f"{self._name(person)} ({person})" for person in sorted(persons))
        for vote, option in votes:
            way = f"Скажіть, хто це: --match \"{vote.name}={min(persons)}\"." if len(votes) == 1 else \
                "У переліку їх кілька: допишіть у файлі повні імена."  # one spelling cannot mean two persons
            is_taken = self.notes.add("ambiguous-names", vote.spot, f"«{vote.name}» може бути: {who}. {way}")
            self._nameless(is_taken, option, tally)

    @staticmethod
    def _nameless(is_accepted: bool, option: VoteOption, tally: Tally) -> None:
        tally.unplaced += 1
        if is_accepted:
            tally.unnamed[option] += 1

    def _unmatched(self, vote: RawVote, names: Names, day: date) -> bool:
        """A name that nobody has. True if its vote counts without it."""
        if is_masked(vote.name):
            return self.notes.add("masked-names", vote.spot, f"прізвище приховано: «{vote.name}».")
        key = name_key(vote.name)
        near = difflib.get_close_matches(key, names.holders, 1, NEAR)
        hint = ""
        if near:
            person = min(names.holders[near[0]])
            hint = f" Може, {self._name(person)}? Тоді --match \"{vote.name}={person}\"."
        return self.notes.add("unknown-people", vote.spot, f"«{vote.name}» немає серед тих, хто мав голос "
                              f"{short_day(day)}.{hint}")

    def _missing(self, motion: RawMotion, body: str, day: date, tally: Tally) -> None:
        """All who have a vote are named; those who are not were absent, if the editor says so."""
        if not motion.votes:
            return
        here = {vote.person for vote in tally.votes}
        missing = [person for person in self.holders(body, day) if person not in here]
        mayor = mayor_on(self.library, day)
        if mayor and [mayor.id] == missing and not tally.unplaced and is_council(self.library, body):
            if self.notes.add("no-mayor", Spot(motion.spot.file), f"міського голови ({mayor.name}) у переліку немає."):
                tally.mayor_votes = False
            return
        extra = len(missing) - tally.unplaced
        if extra <= 0:
            return
        names = ", ".join(self._name(person) for person in missing)
        few = f"; без імені {counted(tally.unplaced, 'голос', 'голоси', 'голосів')}" if tally.unplaced else ""
        if not self.notes.add("missing-members", motion.spot, f"у переліку немає: {names}{few}."):
            return
        if tally.unplaced:  # who of them was absent cannot be told
            tally.unnamed[VoteOption.ABSENT] += extra
            tally.listed[VoteOption.ABSENT] += extra
        else:
            tally.listed[VoteOption.ABSENT] += len(missing)
            tally.votes += [Vote(person=key, name=self._name(key), option=VoteOption.ABSENT) for key in missing]

    def _name(self, key: str) -> str:
        person = self.library.get(Person, key)
        return person.name if person else key


def is_council(library: Library, body: str) -> bool:
    """True for the body in which the mayor has a vote."""
    council = council_of(library)
    return council is not None and council.council_id == body
