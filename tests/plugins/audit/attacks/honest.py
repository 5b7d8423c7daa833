"""Honest work, which must never raise an alarm."""

from __future__ import annotations

from plugins.proof.leaves import leaf

from ..council import ACT, BY, DAY, DRAFT, HOUR, NEWS, SECOND, START, WITNESS_KEYS, Council, Event, iso, policy_text
from .steps import MINE, NEW_KEY, Attack, added, erased, own_witnesses, redact, rotated

HIDDEN = ("- doc: drafts/2026/1-p\n  revision: 1\n  at: 2026-11-20 10:00\n  reason: Адреса людини\n"
          "  basis: стаття 15\n")


def nothing(council: Council) -> None:
    """Nothing happened."""


def amended(council: Council) -> None:
    commit = council.commit({DRAFT: "title: Про бюджет\ntext: Уточнено.\n"})
    council.publish(Event("amend", "drafts/2026/1-p", DRAFT, commit))


def published(council: Council) -> None:
    path = "content/acts/2026/8.yml"
    council.publish(Event("publish", "acts/2026/8", path, council.commit({path: "title: Про землю\n"})))


def many_commits_at_once(council: Council) -> None:
    first = council.commit({DRAFT: "title: Про бюджет\ntext: 1\n", NEWS: "---\ntitle: Парк\n---\n"})
    second = council.commit({DRAFT: "title: Про бюджет\ntext: 2\n"})
    council.publish(Event("amend", "drafts/2026/1-p", DRAFT, first), Event("amend", "news/2026/novyna", NEWS, first),
                    Event("amend", "drafts/2026/1-p", DRAFT, second))


def withdrawn(council: Council) -> None:
    commit = council.commit({ACT: "title: Про бюджет\nwithdrawn:\n  reason: Помилка\n"})
    council.publish(Event("withdraw", "acts/2026/7", ACT, commit, {"basis": "стаття 6"}))


def restored(council: Council) -> None:
    commit = council.commit({SECOND: "title: Про матеріальну допомогу\n"})
    council.publish(Event("restore", "drafts/2026/2-p", SECOND, commit))


def moved(council: Council) -> None:
    path = "content/acts/2026/7-про-бюджет.yml"
    commit = council.commit({ACT: None, path: "title: Про бюджет\nnumber: 7\n"})
    council.publish(Event("move", "acts/2026/7", path, commit))


def renamed(council: Council) -> None:
    """Another identifier, its old address kept: the document is logged anew with all of its past."""
    path, text = "content/acts/2026/70.yml", (council.repo / ACT).read_text(encoding="utf-8")
    council.publish(Event("amend", "acts/2026/7", ACT, council.commit({ACT: f"{text}text: а\n"})))
    first, second = council.git("rev-parse", "HEAD~1", "HEAD").split()
    commit = council.commit({ACT: None, path: f"{text}text: а\n"})
    council.publish(Event("publish", "acts/2026/70", ACT, first), Event("amend", "acts/2026/70", ACT, second),
                    Event("move", "acts/2026/70", path, commit))


def made_a_folder(council: Council) -> None:
    path = "content/acts/2026/7/index.yml"
    commit = council.commit({ACT: None, path: "title: Про бюджет\nnumber: 7\n",
                             "content/acts/2026/7/annex-1.md": "Додаток\n"})
    council.publish(Event("move", "acts/2026/7", path, commit))


def made_a_file(council: Council) -> None:
    path = "content/drafts/2026/2-p.yml"
    commit = council.commit({SECOND: None, "content/drafts/2026/2-p/annex-1.md": None,
                             path: "title: Про матеріальну допомогу\nwithdrawn:\n  reason: Інше\n"})
    council.publish(Event("withdraw", "drafts/2026/2-p", path, commit, {"basis": "стаття 6"}))


def attachment_changed(council: Council) -> None:
    commit = council.commit({"content/drafts/2026/2-p/annex-1.md": "Додаток, виправлений\n"})
    council.publish(Event("withdraw", "drafts/2026/2-p", SECOND, commit, {"basis": "стаття 6"}))


def attachment_removed(council: Council) -> None:
    commit = council.commit({"content/drafts/2026/2-p/annex-1.md": None})
    council.publish(Event("withdraw", "drafts/2026/2-p", SECOND, commit, {"basis": "стаття 6"}))


def only_the_engine(council: Council) -> None:
    """A new version of the engine: other pages of the same documents."""
    council.commit({"theme/style.css": "body{}\n", "content/news/README.md": "Новини\n"})
    council.publish()
    (council.site / "index.html").write_text("<h1>Міська рада</h1>", encoding="utf-8")
    council.list_files()
    council.clock += HOUR
    before = council.newest.size
    added(council, council.build_leaf(before, before))


def key_rotated(council: Council) -> None:
    """The auditor has the old policy."""
    rotated(council)
    amended(council)


def key_rotated_and_copy_renewed(council: Council) -> None:
    key_rotated(council)
    council.policy_file.write_bytes(policy_text(NEW_KEY))


def one_witness_down(council: Council) -> None:
    commit = council.commit({DRAFT: "title: Про бюджет\ntext: Уточнено.\n"})
    council.publish(Event("amend", "drafts/2026/1-p", DRAFT, commit), witnesses=(0, 2))


def witnesses_asleep(council: Council) -> None:
    """Publishing never waits for a witness."""
    commit = council.commit({DRAFT: "title: Про бюджет\ntext: Уточнено.\n"})
    council.publish(Event("amend", "drafts/2026/1-p", DRAFT, commit), witnesses=())


def witnesses_looked_again(council: Council) -> None:
    """Nothing was published for a month; witnesses go on looking."""
    council.clock += 30 * DAY
    council.witness()
    council.deploy()


def redacted(council: Council) -> None:
    redact(council, "drafts/2026/1-p", 1)


def redacted_and_rewritten(council: Council) -> None:
    erased(council)


def redacted_in_the_middle(council: Council) -> None:
    amended(council)
    erased(council, "drafts/2026/1-p", number=2)


def works_on_after_a_rewrite(council: Council) -> None:
    redacted_and_rewritten(council)
    amended(council)


def waits_for_its_day(council: Council) -> None:
    council.commit({"content/news/2026/sviato.md": "---\ntitle: Свято\npublished_at: 2027-01-01 10:00\n---\n"})
    amended(council)


def shown_on_its_day(council: Council) -> None:
    path = "content/news/2026/sviato.md"
    council.commit({path: "---\ntitle: Свято\npublished_at: 2027-01-01 10:00\n---\n"})
    amended(council)
    commit = council.commit({path: "---\ntitle: Свято міста\npublished_at: 2026-11-19 10:00\n---\n"})
    council.publish(Event("publish", "news/2026/sviato", path, commit))


def waited_for_its_hour(council: Council) -> None:
    """Put off on the very day, before its hour came; changed before its day."""
    path = "content/news/2026/sviato.md"
    for at in (f"{iso(council.clock + DAY)[:10]} 23:30", "2026-12-25 10:00", "2026-12-26 10:00"):
        council.commit({path: f"---\ntitle: Свято\npublished_at: {at}\n---\n"})
        council.publish()


def another_time_zone(council: Council) -> None:
    council.clock += HOUR
    (council.repo / DRAFT).write_text("title: Про бюджет\ntext: Уточнено.\n", encoding="utf-8")
    council.git("commit", "-q", "-a", "-m", "з дому", GIT_AUTHOR_DATE=f"{council.clock} -1100",
                GIT_COMMITTER_DATE=f"{council.clock} +1400")
    council.publish(Event("amend", "drafts/2026/1-p", DRAFT, council.head))


def merged(council: Council) -> None:
    """Work on a branch lands on main by a merge."""
    council.git("checkout", "-q", "-b", "work")
    council.commit({DRAFT: "title: Про бюджет\ntext: Чернетка.\n"})
    council.commit({DRAFT: "title: Про бюджет\ntext: Готово.\n"})
    council.git("checkout", "-q", "main")
    council.git("merge", "-q", "--no-ff", "-m", "готово", "work")
    council.publish(Event("amend", "drafts/2026/1-p", DRAFT, council.head))


def deleted_by_mistake_and_put_back(council: Council) -> None:
    text = (council.repo / ACT).read_text(encoding="utf-8")
    council.commit({ACT: None})
    back = council.commit({ACT: text})
    council.publish(Event("amend", "acts/2026/7", ACT, back))


def shown_by_the_machine(council: Council) -> None:
    """The machine writes down what it has just shown."""
    amended(council)
    council.commit({"data/deployments.csv": f"path,version,at\n/rishennia/2026/7/,3f9a1c,{iso(council.clock)}\n"})
    council.publish()


def tried_and_left(council: Council) -> None:
    """A file that came and went before anything was published."""
    council.commit({"content/acts/2026/9.yml": "title: Проба\n"})
    council.commit({"content/acts/2026/9.yml": None})
    amended(council)


def tried_and_left_among_others(council: Council) -> None:
    """A file that came and went in one publication, with a change of another document between."""
    path = "content/acts/2026/9.yml"
    council.commit({path: "title: Проба\n"})
    commit = council.commit({DRAFT: "title: Про бюджет\ntext: 3\n"})
    council.commit({path: None})
    council.publish(Event("amend", "drafts/2026/1-p", DRAFT, commit))
    amended(council)


def planned_moved_and_left(council: Council) -> None:
    """A document that waited became a folder, and then its day was cancelled."""
    path, index = "content/news/2026/sviato.md", "content/news/2026/sviato/index.md"
    text = "---\ntitle: Свято\npublished_at: 2027-01-01 10:00\n---\n"
    council.commit({path: text})
    amended(council)
    council.commit({path: None, index: text, "content/news/2026/sviato/foto.jpg": b"\xff\xd8"})
    published(council)
    council.commit({index: None, "content/news/2026/sviato/foto.jpg": None})
    council.publish()


def event_of_next_year(council: Council) -> None:
    """A day to come that is not the day of publication, changed in time."""
    path = "content/events/2026/den.md"
    for kind, title in (("publish", "День"), ("amend", "День міста")):
        commit = council.commit({path: f"---\ntitle: {title}\ndate: 2027-05-01\n---\n"})
        council.publish(Event(kind, "events/2026/den", path, commit))


def linked_attachment(council: Council) -> None:
    path = "content/acts/2026/9/index.yml"
    (council.repo / "content/acts/2026/9").mkdir()
    (council.repo / "content/acts/2026/9/annex-2.pdf").symlink_to("annex-1.pdf")
    commit = council.commit({path: "title: Про плани\n", "content/acts/2026/9/annex-1.pdf": b"%PDF"})
    council.publish(Event("publish", "acts/2026/9", path, commit))


def witness_replaced(council: Council) -> None:
    """One of three is another; the old ones saw the change."""
    own_witnesses(council, policy_text(witnesses=(*WITNESS_KEYS[:2], MINE[1])))


def signers_changed(council: Council) -> None:
    council.commit({"data/allowed_signers": council.keys.list({"mayor": "-"})})
    council.publish(policies=("signers",))


def git_in_many_forms(council: Council) -> None:
    """Empty commits, a right to run, a merge of three, a commit that is picked, taken back and merged once more."""
    council.commit({})
    (council.repo / ACT).chmod(0o755)
    council.commit({})
    council.git("checkout", "-q", "-b", "one")
    picked = council.commit({NEWS: "---\ntitle: Парк\n---\n"})
    council.git("checkout", "-q", "-b", "two", "main")
    council.commit({DRAFT: "title: Про бюджет\ntext: 4\n"})
    council.git("checkout", "-q", "main")
    council.git("cherry-pick", picked)
    first = council.head
    council.git("revert", "--no-edit", "HEAD")
    second = council.head
    council.git("merge", "-q", "--no-ff", "-m", "злиття трьох", "one", "two")
    changed = [Event("amend", "news/2026/novyna", NEWS, commit) for commit in (first, second, council.head)]
    council.publish(*changed, Event("amend", "drafts/2026/1-p", DRAFT, council.head))


def annexes_change_places(council: Council) -> None:
    """An annex goes over to another document, two documents to each other's places; a text comes from Windows."""
    path, other = "content/acts/2026/9/index.yml", "content/acts/2026/8.yml"
    first = council.commit({path: "title: Про плани\r\n", other: "title: Про землю\n"})
    council.publish(Event("publish", "acts/2026/9", path, first), Event("publish", "acts/2026/8", other, first))
    texts = {one: (council.repo / one).read_bytes() for one in (ACT, other)}
    commit = council.commit({"content/drafts/2026/2-p/annex-1.md": None, "content/acts/2026/9/annex-1.md": "Додаток\n",
                             ACT: texts[other], other: texts[ACT]})
    council.publish(Event("withdraw", "drafts/2026/2-p", SECOND, commit, {"basis": "стаття 6"}),
                    Event("amend", "acts/2026/9", path, commit), Event("amend", "acts/2026/7", ACT, commit),
                    Event("amend", "acts/2026/8", other, commit))


def files_that_are_no_documents(council: Council) -> None:
    """What systems leave behind, notes, hidden folders, pictures for many documents, a draft as Pelican has them."""
    council.commit({"content/acts/2026/Thumbs.db": b"x", "content/news/2026/desktop.ini": b"x",
                    "content/acts/.idea/acts.yml": "a: b\n", "content/drafts/2026/2-p/README.md": "Не забути\n",
                    "content/images/mist.jpg": b"\xff\xd8", "content/news/2026/foto.jpg": b"\xff\xd8",
                    "content/news/2026/z.md": "Title: Згодом\nDate: 2026-11-01\nStatus: draft\n\nТекст\n",
                    "content/2099-01-01-sviato.md": "Title: Свято\n\nТекст\n"})
    amended(council)
    council.commit({"content/images/mist.jpg": None})
    council.publish()


def text_hidden_by_the_register(council: Council) -> None:
    """The site does not show the text of a revision, and says so, and so does the log; the repository still has it."""
    council.commit({"data/redactions.yml": HIDDEN})
    council.clock += HOUR
    council.build()
    before = council.newest.size
    added(council, leaf("redact", BY, iso(council.clock), doc="drafts/2026/1-p", n=1, basis="стаття 15"),
          council.build_leaf(before + 1, before))


def text_to_be_hidden_with_the_next_publication(council: Council) -> None:
    council.commit({"data/redactions.yml": HIDDEN})


def clock_of_an_editor_behind(council: Council) -> None:
    """What a commit says of its own time proves nothing, and is no offence."""
    commit = council.commit({DRAFT: "title: Про бюджет\ntext: Уточнено.\n"}, at=START - 50 * DAY)
    council.publish(Event("amend", "drafts/2026/1-p", DRAFT, commit))
    amended(council)


def key_rotated_and_copy_with_remarks(council: Council) -> None:
    """The auditor wrote into their copy of the policy from whom it came."""
    council.policy_file.write_bytes("# узято в бібліотеці\n\n".encode() + policy_text())
    rotated(council)


ALL: list[Attack] = [
    nothing, amended, published, many_commits_at_once, withdrawn, restored, moved, made_a_folder, made_a_file,
    attachment_changed, attachment_removed, only_the_engine, key_rotated, key_rotated_and_copy_renewed,
    one_witness_down, witnesses_asleep, witnesses_looked_again, redacted, redacted_and_rewritten,
    redacted_in_the_middle, works_on_after_a_rewrite, waits_for_its_day, waited_for_its_hour, shown_on_its_day,
    another_time_zone, merged, deleted_by_mistake_and_put_back, tried_and_left, tried_and_left_among_others,
    planned_moved_and_left, event_of_next_year, linked_attachment, renamed, witness_replaced, signers_changed,
    shown_by_the_machine, git_in_many_forms, annexes_change_places, files_that_are_no_documents,
    clock_of_an_editor_behind, text_hidden_by_the_register, text_to_be_hidden_with_the_next_publication,
    key_rotated_and_copy_with_remarks]
