"""The mayor's office alters the repository."""

from __future__ import annotations

import json
import shutil

from plugins.audit.findings import LACKING
from plugins.audit.layout import BUILDS, PAGES, SALTS
from plugins.audit.pages_root import parse_salts
from plugins.proof.append import create
from plugins.proof.leaves import canonical, leaf
from plugins.proof.pageproof import pages_root

from ..council import ACT, DRAFT, HOUR, LOG_KEY, NEWS, ORIGIN, ROLES, SECOND, Council, Event, policy_text
from .honest import HIDDEN, shown_by_the_machine, text_hidden_by_the_register
from .steps import added, redact


def force_push(council: Council) -> None:
    """History begins anew with the texts of today."""
    shutil.copytree(council.repo, council.folder / "old-repo")
    council.git("checkout", "-q", "--orphan", "new")
    council.git("commit", "-q", "-m", "усе спочатку")
    council.git("branch", "-q", "-M", "new", "main")


def last_commit_dropped(council: Council) -> None:
    council.git("reset", "-q", "--hard", "HEAD~1")


def commit_amended(council: Council) -> None:
    council.git("commit", "-q", "--amend", "-m", "та сама зміна", "--date", "2026-01-01T00:00:00Z")


def tip_replaced_before_it_was_logged(council: Council) -> None:
    """The auditor saw a commit that was not logged yet; then it is gone."""
    council.commit({DRAFT: "title: Про бюджет\ntext: Інше.\n"})
    assert council.verify("history").status == LACKING
    last_commit_dropped(council)


def document_erased(council: Council) -> None:
    council.commit({ACT: None})


def document_erased_by_force(council: Council) -> None:
    """The commit of the act never happened."""
    council.git("reset", "-q", "--hard", "HEAD~1")
    council.build()


def added_again_with_another_text(council: Council) -> None:
    """Deleted and added again; the log is told of an amendment."""
    council.commit({ACT: None})
    again = council.commit({ACT: "number: 7\ntitle: Зовсім інше\n"})
    council.publish(Event("amend", "acts/2026/7", ACT, again))


def silent_edit(council: Council) -> None:
    """A small edit between two logged changes, in no entry."""
    council.commit({ACT: "title: Про бюджет\nnumber: 7\ntext: без обговорення\n"})
    logged = council.commit({NEWS: "---\ntitle: Відкрито парк\n---\nПарк відкрито знову.\n"})
    council.publish(Event("amend", "news/2026/novyna", NEWS, logged))


def silent_edit_put_back(council: Council) -> None:
    """Changed for a day, and changed back."""
    council.commit({ACT: "title: Про бюджет\nnumber: 7\ntext: інше\n"})
    council.commit({ACT: "title: Про бюджет\nnumber: 7\n"})
    logged = council.commit({NEWS: "---\ntitle: Парк\n---\n"})
    council.publish(Event("amend", "news/2026/novyna", NEWS, logged))


def silent_document(council: Council) -> None:
    """A decision that is on the site and not in the log."""
    council.commit({"content/acts/2026/8.yml": "title: Про землю\n"})
    council.publish()


def silent_attachment(council: Council) -> None:
    council.commit({"content/drafts/2026/2-p/annex-1.md": "Інший додаток\n"})
    council.publish()


def silent_restoration(council: Council) -> None:
    """The notice of withdrawal is taken away again."""
    council.commit({SECOND: "title: Про матеріальну допомогу\n"})
    council.publish()


def silent_move(council: Council) -> None:
    council.commit({ACT: None, "content/acts/2025/7.yml": "title: Про бюджет\nnumber: 7\n"})
    council.publish()


def edit_that_is_not_logged_yet(council: Council) -> None:
    """Published from a commit that the log does not know."""
    council.commit({ACT: "title: Про бюджет\nnumber: 7\ntext: інше\n"})
    council.build()


def hidden_until_later(council: Council) -> None:
    """A decision is put off: its page is gone, nothing was withdrawn, and it is all logged."""
    commit = council.commit({ACT: "title: Про бюджет\nnumber: 7\npublished_at: 2099-01-01 10:00\n"})
    council.publish(Event("amend", "acts/2026/7", ACT, commit))


def built_from_another_branch(council: Council) -> None:
    """The branch is as it was; the site was built of another one."""
    council.git("checkout", "-q", "-b", "other")
    council.commit({ACT: "title: Про бюджет\nnumber: 7\ntext: інше\n"})
    council.publish()
    council.git("checkout", "-q", "main")


def built_from_yesterday(council: Council) -> None:
    """Today's changes are logged, and the site is built without them."""
    commit = council.commit({DRAFT: "title: Про бюджет\ntext: 3\n"})
    entry = council.leaf_of(Event("amend", "drafts/2026/1-p", DRAFT, commit))
    council.git("checkout", "-q", "--detach", "HEAD~1")
    council.build()
    before = council.newest.size
    build = council.build_leaf(before + 1, before)
    council.git("checkout", "-q", "main")
    added(council, entry, build)


def built_before_the_change(council: Council) -> None:
    """Today's change is logged with its commit, and the pages are those of yesterday."""
    commit = council.commit({DRAFT: "title: Про бюджет\ntext: 3\n"})
    entry = council.leaf_of(Event("amend", "drafts/2026/1-p", DRAFT, commit))
    salts, size = (council.salts / PAGES).read_bytes(), council.newest.size
    build = council.build_leaf(size + 1, size)
    (council.salts / PAGES).write_bytes(salts)
    root = pages_root(council.files(), parse_salts(salts))
    added(council, entry, leaf("build", build.by, build.seen, **(dict(build.values) | {"root": root})))


def declared_day_of_last_year(council: Council) -> None:
    """Built as of a day on which nothing was overdue yet."""
    council.clock += HOUR
    council.build()
    before = council.newest.size
    entry = council.build_leaf(before, before)
    added(council, leaf("build", entry.by, entry.seen, **(dict(entry.values) | {"day": "2026-01-01"})))


def silent_kind(council: Council) -> None:
    """The first document of its kind, of which the log knows nothing."""
    council.commit({"content/greetings/2026/1.md": "---\ntitle: Вітання\n---\n"})
    council.publish()


def silent_link(council: Council) -> None:
    """A document that is a link to a file that is none."""
    (council.repo / "content/acts/2026/8.yml").symlink_to("README.md")
    council.commit({"content/acts/2026/README.md": "title: Про землю\n"})
    council.publish()


def only_its_text_says_that_it_waits(council: Council) -> None:
    council.commit({"content/news/2026/tykho.md": "---\ntitle: Тихо\n---\n\ndate: 2099-01-01\n"})
    council.publish()


def event_of_a_day_to_come(council: Council) -> None:
    """The day of the event is not the day of its publication."""
    council.commit({"content/events/2026/den.md": "---\ntitle: День міста\ndate: 2099-01-01\n---\n"})
    council.publish()


def shown_long_before_it_was_logged(council: Council) -> None:
    """Another text stood there for days; then its second one is logged as the first."""
    path = "content/acts/2026/8.yml"
    council.commit({path: "title: Про землю\n"})
    council.publish()
    council.publish(Event("publish", "acts/2026/8", path, council.commit({path: "title: Про воду\n"})))


def edit_of_another_name(council: Council) -> None:
    """An edit is logged, as the first revision of a document that nobody looks for."""
    commit = council.commit({ACT: "title: Про бюджет\nnumber: 7\ntext: інше\n"})
    council.publish(Event("publish", "news/2026/inshe", ACT, commit))


def moved_and_left_behind(council: Council) -> None:
    """A move is logged; in the old place stands another text now."""
    path = "content/acts/2026/7-про-бюджет.yml"
    commit = council.commit({path: (council.repo / ACT).read_text(encoding="utf-8"), ACT: "title: Інше\n"})
    council.publish(Event("move", "acts/2026/7", path, commit))


def withdrawn_without_a_notice(council: Council) -> None:
    commit = council.commit({ACT: "title: Про бюджет\nnumber: 7\npublished_at: 2099-01-01 10:00\n"})
    council.publish(Event("withdraw", "acts/2026/7", ACT, commit, {"basis": "стаття 6"}))


def withdrawal_called_an_amendment(council: Council) -> None:
    commit = council.commit({ACT: "title: Про бюджет\nwithdrawn:\n  reason: так треба\n"})
    council.publish(Event("amend", "acts/2026/7", ACT, commit))


def erased_between_others(council: Council) -> None:
    """A silent edit beside the one revision that was declared redacted."""
    council.publish(Event("amend", "acts/2026/7", ACT, council.commit({ACT: "title: 2\n"})))
    council.commit({ACT: "title: мовчки\n"})
    council.publish(Event("amend", "acts/2026/7", ACT, council.commit({ACT: "title: 3\n"})))
    redact(council, "acts/2026/7", 2)


def log_without_documents(council: Council) -> None:
    """A log that starts today, and names nothing of what there is."""
    shutil.rmtree(council.log)
    shutil.rmtree(council.salts)
    council.salts.mkdir()
    council.state.unlink()
    create(council.log, ORIGIN, [LOG_KEY], council.clock)
    council.set_policy(policy_text())
    for number in range(3):
        (council.folder / f"witness-{number}").unlink()
    council.publish(policies=("policy", "signers", "roles"))


def register_taken_back(council: Council) -> None:
    """A register was published, and then it never was."""
    council.commit({"data/memberships.csv": "мер\n"})
    council.publish()
    council.git("reset", "-q", "--hard", "HEAD~1")
    council.commit({"data/memberships.csv": "інший мер\n"})
    council.publish()


def rules_for_a_day(council: Council) -> None:
    council.commit({"data/rules.yml": "rules: []\n"})
    council.publish()
    council.commit({"data/rules.yml": None})
    council.publish()


def commits_of_builds_gone(council: Council) -> None:
    (council.evidence / SALTS / BUILDS).unlink()


def commits_of_builds_doctored(council: Council) -> None:
    file = council.evidence / SALTS / BUILDS
    known = json.loads(file.read_bytes())
    known[min(known, key=int)]["commit"] = council.head
    file.write_bytes(canonical(known) + b"\n")


def past_replaced(council: Council) -> None:
    old = council.git("rev-parse", "HEAD~1").strip()
    other = council.git("commit-tree", "-m", "інше", f"{old}^{{tree}}").strip()
    council.git("replace", "-f", old, other)


def past_grafted(council: Council) -> None:
    (council.repo / ".git/info").mkdir(exist_ok=True)
    (council.repo / ".git/info/grafts").write_text(f"{council.head}\n", encoding="utf-8")


def shallow_copy(council: Council) -> None:
    council.repo.rename(council.folder / "whole")
    council.repo.mkdir()
    council.git("clone", "-q", "--depth", "1", f"file://{council.folder / 'whole'}", str(council.repo))


def signer_added_silently(council: Council) -> None:
    council.commit({"data/allowed_signers": council.keys.list({"mayor": "-"})})
    logged = council.commit({NEWS: "---\ntitle: Парк\n---\n"})
    council.publish(Event("amend", "news/2026/novyna", NEWS, logged))


def roles_changed_silently(council: Council) -> None:
    council.commit({"data/roles.yml": ROLES.replace("theme/**", "**")})
    logged = council.commit({NEWS: "---\ntitle: Парк\n---\n"})
    council.publish(Event("amend", "news/2026/novyna", NEWS, logged))


def old_signers_again(council: Council) -> None:
    """The list of signers of the past comes back, in due form."""
    old = (council.repo / "data/allowed_signers").read_text(encoding="utf-8")
    council.commit({"data/allowed_signers": council.keys.list({"clerk": "-"})})
    council.publish(policies=("signers",))
    council.commit({"data/allowed_signers": old})
    council.publish(policies=("signers",))


def unsigned(council: Council) -> None:
    council.clock += HOUR
    (council.repo / DRAFT).write_text("title: Про бюджет\ntext: 3\n", encoding="utf-8")
    council.git("commit", "-q", "-a", "--no-gpg-sign", "-m", "без підпису")
    council.publish(Event("amend", "drafts/2026/1-p", DRAFT, council.head))


def signed_by_a_stranger(council: Council) -> None:
    council.clock += HOUR
    (council.repo / DRAFT).write_text("title: Про бюджет\ntext: 3\n", encoding="utf-8")
    council.git("-c", f"user.signingkey={council.keys.folder / 'stranger'}", "commit", "-q", "-a", "-m", "чужий ключ")
    council.publish(Event("amend", "drafts/2026/1-p", DRAFT, council.head))


def in_the_name_of_the_mayor(council: Council) -> None:
    """The editor's key under the mayor's name: git alone calls it good."""
    council.clock += HOUR
    (council.repo / DRAFT).write_text("title: Про бюджет\ntext: 3\n", encoding="utf-8")
    council.git("commit", "-q", "-a", "-m", "від мера", GIT_AUTHOR_EMAIL="mayor@rada.example",
                GIT_COMMITTER_EMAIL="mayor@rada.example")
    council.publish(Event("amend", "drafts/2026/1-p", DRAFT, council.head))


def without_the_right(council: Council) -> None:
    """A signer who has no role."""
    commit = council.commit({DRAFT: "title: Про бюджет\ntext: 3\n"}, who="clerk")
    council.publish(Event("amend", "drafts/2026/1-p", DRAFT, commit))


def admits_himself(council: Council) -> None:
    """A new list of signers, signed by the key that it brings."""
    key = council.keys.public("stranger")
    council.clock += HOUR
    (council.repo / "data/allowed_signers").write_text(
        f"{council.keys.list()}editor@rada.example {key}\n", encoding="utf-8")
    council.git("-c", f"user.signingkey={council.keys.folder / 'stranger'}", "commit", "-q", "-a", "-m", "я теж")
    council.publish(policies=("signers",))


def document_as_a_link(council: Council) -> None:
    """A decision that is a link to a note to editors, logged in due form; then the note is another."""
    path = "content/acts/2026/8.yml"
    (council.repo / path).symlink_to("README.md")
    commit = council.commit({"content/acts/2026/README.md": "title: Про землю\n"})
    council.publish(Event("publish", "acts/2026/8", path, commit))
    council.commit({"content/acts/2026/README.md": "title: Про воду\n"})
    council.publish()


def file_that_became_a_link(council: Council) -> None:
    """The same bytes, and they lead elsewhere now."""
    annex = "content/drafts/2026/2-p/annex-1.md"
    commit = council.commit({annex: "../1-p.yml"})
    council.publish(Event("withdraw", "drafts/2026/2-p", SECOND, commit, {"basis": "стаття 6"}))
    (council.repo / annex).unlink()
    (council.repo / annex).symlink_to("../1-p.yml")
    council.commit({})
    council.publish()


def another_repository_inside(council: Council) -> None:
    """Documents of a repository within the repository, of which git keeps a name only."""
    council.git("update-index", "--add", "--cacheinfo", f"160000,{council.head},content/acts/2026/8")
    council.clock += HOUR
    council.git("commit", "-q", "-m", "ще одне сховище")
    council.publish()


def withdrawn_in_escapes(council: Council) -> None:
    """YAML lets a key be written so that no search finds it."""
    commit = council.commit({ACT: 'title: Про бюджет\n"with\\u0064rawn":\n  reason: так треба\n'})
    council.publish(Event("amend", "acts/2026/7", ACT, commit))


def put_off_in_escapes(council: Council) -> None:
    commit = council.commit({ACT: 'title: Про бюджет\npublished_at: "2099\\u002d01-01 10:00"\n'})
    council.publish(Event("amend", "acts/2026/7", ACT, commit))


def hidden_by_its_status(council: Council) -> None:
    """Pelican lists no document of this status."""
    commit = council.commit({NEWS: "Title: Відкрито парк\nDate: 2026-11-19\nStatus: hidden\n\nПарк відкрито.\n"})
    council.publish(Event("amend", "news/2026/novyna", NEWS, commit))


def index_above(council: Council) -> None:
    """An index in the folder of all acts: the engine takes them for its files, and shows none of them."""
    council.commit({"content/acts/index.yml": "title: Акти\npublished_at: 2099-01-01 10:00\n"})
    council.publish()


def second_index(council: Council) -> None:
    """Of two indexes the engine takes the other one."""
    other = SECOND.replace("index.yml", "index.md")
    commit = council.commit({other: "---\ntitle: Інше\n---\n"})
    council.publish(Event("withdraw", "drafts/2026/2-p", SECOND, commit, {"basis": "стаття 6"}))


def moved_into_another_kind(council: Council) -> None:
    """An act goes on as a piece of news; the log calls it a move."""
    path = "content/news/2026/7.yml"
    commit = council.commit({ACT: None, path: (council.repo / ACT).read_text(encoding="utf-8")})
    council.publish(Event("move", "acts/2026/7", path, commit))


def hidden_file_changed(council: Council) -> None:
    """A file beside a document, of a name that no walk through the folders would see."""
    path = "content/acts/2026/9/index.yml"
    council.publish(Event("publish", "acts/2026/9", path, council.commit({
        path: "title: Про плани\n", "content/acts/2026/9/.plan.pdf": b"%PDF"})))
    council.commit({"content/acts/2026/9/.plan.pdf": b"%PDF 2"})
    council.publish()


def loose_picture_swapped(council: Council) -> None:
    """A file that documents of several folders show."""
    council.commit({"content/images/plan.jpg": b"\xff\xd8"})
    council.publish()
    council.commit({"content/images/plan.jpg": b"\xff\xd8 another"})
    council.publish()


def annex_of_one_is_another_s(council: Council) -> None:
    """An annex goes over to another document; only the one that lost it tells of that."""
    path = "content/acts/2026/9/index.yml"
    council.publish(Event("publish", "acts/2026/9", path, council.commit({path: "title: Про плани\n"})))
    commit = council.commit({"content/drafts/2026/2-p/annex-1.md": None, "content/acts/2026/9/annex-1.md": "Додаток\n"})
    council.publish(Event("withdraw", "drafts/2026/2-p", SECOND, commit, {"basis": "стаття 6"}))


def merge_that_brings_more(council: Council) -> None:
    """A merge says a thing that none of its sides says."""
    council.git("checkout", "-q", "-b", "work")
    council.commit({NEWS: "---\ntitle: Парк\n---\n"})
    council.git("checkout", "-q", "main")
    council.git("merge", "-q", "--no-ff", "--no-commit", "work")
    commit = council.commit({ACT: "title: Про бюджет\nnumber: 7\ntext: інше\n"})
    council.publish(Event("amend", "news/2026/novyna", NEWS, commit))


def merged_over_another_past(council: Council) -> None:
    """History begins anew, and what was logged hangs on it as a side branch."""
    council.git("checkout", "-q", "--orphan", "new")
    council.commit({ACT: "title: Інше\n"})
    council.git("merge", "-q", "-s", "ours", "--allow-unrelated-histories", "-m", "злиття", "main")
    council.git("branch", "-q", "-M", "new", "main")


def records_of_deployments_gone(council: Council) -> None:
    """Evidence that somebody does not like any more."""
    shown_by_the_machine(council)
    council.commit({"data/deployments.csv": "path,version,at\n"})
    council.publish()


def text_hidden_and_not_logged(council: Council) -> None:
    """The site shows a revision no more; the log, written by another program, says nothing of it."""
    council.commit({"data/redactions.yml": HIDDEN})
    council.publish()


def row_of_a_hidden_text_taken_away(council: Council) -> None:
    """The text of a revision was hidden for a time, and the register has never heard of it."""
    text_hidden_by_the_register(council)
    council.commit({"data/redactions.yml": None})
    council.publish()


def two_branches_with_one_log(council: Council) -> None:
    """One log tells now of what the auditor's branch has, now of another branch."""
    council.git("checkout", "-q", "-b", "other")
    commit = council.commit({NEWS: "---\ntitle: Парк\n---\nІнше.\n"})
    council.publish(Event("amend", "news/2026/novyna", NEWS, commit))
    council.git("checkout", "-q", "main")
    commit = council.commit({ACT: "title: Про бюджет\nnumber: 7\ntext: інше\n"})
    council.publish(Event("amend", "acts/2026/7", ACT, commit))


def silent_edit_behind_settings(council: Council) -> None:
    """The copy that the auditor was given calls all files unchanged, binary and ordered, and lends its objects."""
    silent_edit(council)
    git = council.repo / ".git"
    (git / "info").mkdir(exist_ok=True)
    (git / "info/attributes").write_text("* -diff -text ident merge=ours\n", encoding="utf-8")
    (git / "info/exclude").write_text("*\n", encoding="utf-8")
    (git / "objects").rename(council.folder / "lent")
    (git / "objects/info").mkdir(parents=True)
    (git / "objects/info/alternates").write_text(f"{council.folder / 'lent'}\n", encoding="utf-8")
    for name, value in (("diff.orderFile", "/dev/null"), ("diff.ignoreSubmodules", "all"), ("core.ignoreCase", "true"),
                        ("log.mailmap", "true"), ("diff.renames", "copies"), ("core.sparseCheckout", "true")):
        council.git("config", name, value)
