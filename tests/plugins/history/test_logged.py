"""The transparency log as evidence: a real log, real cosignatures, real git; nothing that does not fit counts."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from plugins.acts.model import DraftAct
from plugins.history.model import Evidence, Grade, publication_of, revisions_of
from plugins.history.steps import contents, doc_name, steps_of
from plugins.proof.append import add_signatures, append, create
from plugins.proof.checkpoints import Checkpoint
from plugins.proof.cosignatures import cosign
from plugins.proof.leaves import leaf
from plugins.proof.log import checkpoint_path, from_folder, read_note
from plugins.proof.salts import Opening, Source, keep_openings, new_salts, read_openings, revision
from plugins.proof.timestamps import token_of
from plugins.ukrainian import KYIV
from tests.conftest import build_folder, tree_of
from tests.plugins.proof.conftest import LOG, ORIGIN, WITNESSES, policy
from tests.plugins.proof.test_timestamps import NONCE, make

from .conftest import Council

SEEN = "2026-11-13T14:00:00Z"


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=KYIV).timestamp())


class Logged(Council):
    """A council with a log beside its documents."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.log, self.salts = folder / "log", folder / "salts"
        create(self.log, ORIGIN, [LOG], at("2026-11-01 10:00"))
        self.size = 0
        lines = (f"log {LOG.verifier}", *(f"witness w{n} {one.verifier}" for n, one in enumerate(WITNESSES, 1)),
                 "group two 2 w1 w2 w3", "quorum two")
        (self.log / "policy").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        (folder / ".gitignore").write_text("/log/\n/salts/\n", encoding="utf-8")

    def record(self, moment: str) -> None:
        """Append what is new, as the job after a build does; then the build itself."""
        library = self.library()
        leaves = []
        for draft in library.of(DraftAct):
            doc = doc_name(draft)
            openings = read_openings(self.salts, doc)
            for step in steps_of(draft, library)[len(openings):]:
                found = contents(draft, step, library)
                source = Source(found.pop(""), step.path, step.commit, found)
                salts = new_salts(tuple(found))
                openings[step.n] = Opening(step.path, step.commit, salts)
                leaves.append(revision(step.kind, "editor:1a2b3c4d", SEEN, doc, step.n, source, salts))
            self.salts.mkdir(exist_ok=True)
            keep_openings(self.salts, doc, openings)
        leaves.append(leaf("build", "editor:1a2b3c4d", SEEN, root="a" * 64, pages=1, lock="b" * 64, day="2026-11-13",
                           commit="c" * 64))
        append(self.log, leaves, [LOG], expected=self.size, at=at(moment))
        self.size += len(leaves)

    def witness(self, *moments: str) -> None:
        """Witnesses cosign the newest checkpoint, one at each moment."""
        checkpoint = Checkpoint.of(read_note(from_folder(self.log)))
        lines = [cosign(checkpoint, one, at(moment)) for one, moment in zip(WITNESSES, moments, strict=False)]
        add_signatures(self.log, self.size, lines, policy())

    def told(self) -> tuple[str, Evidence, Grade | None]:
        found = self.publication()
        assert found.at
        return found.at.strftime("%d %H:%M"), found.evidence, found.grade


@pytest.fixture
def logged(lay_out) -> Logged:
    council = Logged(lay_out(""))
    council.commit("2026-11-10T10:00:00+02:00")
    council.record("2026-11-10 11:00")
    council.write("2026-11-13 09:00")
    council.commit("2026-11-13T09:30:00+02:00")
    return council


def test_witnesses_make_a_publication_proven_by_the_moment_of_their_quorum(logged: Logged) -> None:
    assert logged.told() == ("13 09:30", Evidence.COMMIT, Grade.D)
    logged.record("2026-11-13 09:40")
    assert logged.told() == ("13 09:30", Evidence.COMMIT, Grade.D)
    logged.witness("2026-11-13 10:00")
    assert logged.told() == ("13 09:30", Evidence.COMMIT, Grade.D)
    mark = logged.library().past.mark
    logged.witness("2026-11-13 10:00", "2026-11-13 10:30")
    library = logged.library()
    assert library.past.changed_since(mark) == {"log:drafts/2026/5-p"}
    assert logged.told() == ("13 10:30", Evidence.WITNESSES, Grade.B)
    assert logged.library().past.mark == library.past.mark  # nothing grew, nothing is made again
    logged.draft.write_text(logged.draft.read_text(encoding="utf-8").replace("Виділити кошти.", "Виділити 5 млн."),
                            encoding="utf-8")
    logged.commit("2026-11-18T10:00:00+02:00")
    logged.record("2026-11-18 11:00")
    logged.witness("2026-11-19 08:00", "2026-11-19 09:00")
    library = logged.library()
    draft = library.get(DraftAct, "2026/5-p")
    assert draft
    [change] = revisions_of(draft, library, ("text",))
    assert (change.at.strftime("%d %H:%M"), change.grade) == ("19 09:00", Grade.B)
    assert logged.told() == ("13 10:30", Evidence.WITNESSES, Grade.B)


def test_the_log_outweighs_an_earlier_commit_and_the_record_of_the_machine(logged: Logged) -> None:
    (logged.folder / "data" / "deployments.csv").write_text(
        "path,version,at\n/proiekty/2026/5-p/,aaaaaa,2026-11-13T08:00:00Z\n", encoding="utf-8")
    logged.record("2026-11-14 11:00")
    logged.witness("2026-11-14 12:00", "2026-11-14 12:01")
    found = logged.publication()
    assert (logged.told(), found.is_backdated) == (("14 12:01", Evidence.WITNESSES, Grade.B), True)
    assert found.weaker and (found.weaker[0], found.weaker[1].day) == (Evidence.DEPLOYMENT, 13)


def test_what_was_there_when_the_log_began_came_out_before(lay_out) -> None:
    logged = Logged(lay_out(""))
    logged.write()
    logged.commit("2026-11-13T15:30:00+02:00")
    logged.record("2026-11-20 10:00")
    logged.witness("2026-11-20 10:01", "2026-11-20 10:02")
    assert logged.told() == ("13 15:30", Evidence.COMMIT, Grade.D)


def test_a_stamp_of_a_trusted_authority_outweighs_witnesses_of_the_same_day(logged: Logged, tmp_path: Path) -> None:
    now = datetime.now(KYIV)  # openssl stamps with the machine's clock
    logged.record("2026-11-13 09:40")
    logged.witness(*[f"{now + timedelta(seconds=9):%Y-%m-%d %H:%M:%S}"] * 2)
    (tmp_path / "tsa").mkdir()
    authority = make(tmp_path / "tsa", "rsa:2048")
    text = read_note(from_folder(logged.log)).text.encode()
    token = token_of(authority.stamped(text), text, NONCE)
    (logged.log / "anchors").mkdir()
    (logged.log / "anchors" / f"{logged.size}.tsr").write_bytes(token)
    assert logged.told()[1:] == (Evidence.WITNESSES, Grade.B)  # a stamp by somebody whom nobody trusts
    (logged.folder / "data" / "authorities.pem").write_bytes((tmp_path / "tsa" / "ca.pem").read_bytes())
    assert logged.told()[1:] == (Evidence.STAMP, Grade.A) and logged.problems == []
    (logged.log / "anchors" / f"{logged.size}.tsr").write_bytes(token_of(authority.stamped(b"other"), b"other", NONCE))
    assert logged.told()[2] is Grade.D and "позначка часу стосується іншого" in logged.problems[0]


@pytest.mark.parametrize("harm", ["tile", "policy", "signature", "salt", "leaf", "nothing"])
def test_what_does_not_fit_proves_nothing(logged: Logged, harm: str) -> None:
    logged.record("2026-11-13 09:40")
    logged.witness("2026-11-13 10:00", "2026-11-13 10:30")
    if harm == "tile":
        [file] = [path for path in (logged.log / "tile" / "entries").rglob("*.p/*") if path.name == str(logged.size)]
        file.write_bytes(file.read_bytes().replace(b"editor:1", b"editor:2"))
    elif harm == "policy":
        (logged.log / "policy").unlink()
    elif harm == "signature":
        file = logged.log / checkpoint_path(logged.size)
        file.write_text(file.read_text(encoding="utf-8").replace(f"{ORIGIN} ", f"{ORIGIN} A"), encoding="utf-8")
    elif harm == "salt":
        doc = "drafts/2026/5-p"
        one = read_openings(logged.salts, doc)[1]
        keep_openings(logged.salts, doc, {1: Opening(one.path, one.commit, new_salts())})
    elif harm == "leaf":  # a commit that brings the same document, and is not the one that the entry is of
        logged.git("commit", "-q", "--amend", "-m", "Інше", at="2026-11-13T09:31:00+02:00")
        (logged.folder.parent / "cache" / "history").rename(logged.folder.parent / "old")
    library = logged.library()
    draft = library.get(DraftAct, "2026/5-p")
    assert draft
    grade = publication_of(draft, library).grade
    assert (grade, [line.partition(":")[0] for line in logged.problems]) == {
        "nothing": (Grade.B, []), "salt": (Grade.D, []), "leaf": (Grade.D, [])}.get(harm, (Grade.D, ["log"]))
    if logged.problems:
        assert "Візьміть теку журналу наново" in logged.problems[0] and logged.library().past.head("log") == ""


def test_a_site_says_what_the_log_proves_and_an_update_makes_what_a_cold_build_makes(lay_out) -> None:
    logged = Logged(lay_out("valid/deadlines"))
    logged.commit("2026-11-01T10:00:00+02:00")
    logged.record("2026-11-01 11:00")
    old = logged.draft.with_name("1-p-про-справу.yml")
    logged.draft = logged.draft.with_name("51-p-про-справу.yml")
    logged.draft.write_text(old.read_text(encoding="utf-8").replace("1-П", "51-П"), encoding="utf-8")
    logged.commit("2026-11-13T15:00:00+02:00")
    logged.record("2026-11-13 15:05")
    top, now = logged.folder.parent, "2026-12-02T12:00:00+02:00"

    def told() -> str:
        assert build_folder(logged.folder, top / "out", cache=top / "state", as_of=now) == (0, [])
        page = (top / "out" / "proiekty" / "2026" / "51-p" / "index.html").read_text(encoding="utf-8")
        return next(words for words in ("Вчасно за історією змін, не доведено", "Доказ B: свідки журналу") if words in
                    page.replace("\xa0", " "))

    assert told() == "Вчасно за історією змін, не доведено"
    logged.witness("2026-11-13 15:10", "2026-11-13 15:20")
    assert told() == "Доказ B: свідки журналу"
    assert build_folder(logged.folder, top / "cold", cache=top / "other", cold=True, as_of=now) == (0, [])
    updated, cold = tree_of(top / "out"), tree_of(top / "cold")
    assert [name for name in cold if updated.get(name) != cold[name]] == [] and updated.keys() == cold.keys()
