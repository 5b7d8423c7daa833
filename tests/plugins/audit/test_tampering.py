"""The tamper suite: each attack that a mayor's office, a hosting company, a thief of the log's key, a bribed witness or
an editor may try is found by the check that is meant for it; honest work never raises an alarm.

A new attack is a short function in `attacks/` and a row of `ATTACKS`; new honest work is a function in `honest.ALL`.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from plugins.audit.checking.checkout import is_same_engine
from plugins.audit.checking.report import Report
from plugins.audit.findings import LACKING, TAMPERING, Weight

from .attacks import clock, files, honest, keyholder, log, office
from .attacks.steps import Attack
from .council import DAY, DRAFT, HOUR, NEWS, ROLES, Council, Event

ATTACKS: list[tuple[Attack, str, str, dict[str, object]]] = [
    (files.altered_page, "page", "page-altered", {}),
    (files.removed_page, "page", "page-removed", {}),
    (files.added_page, "page", "page-added", {}),
    (files.altered_page_and_list, "page", "manifest", {}),
    (files.added_page_and_list, "page", "manifest", {}),
    (files.removed_tombstone_and_list, "page", "manifest", {}),
    (files.doctored_history_and_list, "page", "manifest", {}),
    (files.altered_page_list_and_salts, "page", "manifest", {}),
    (files.list_gone, "page", "manifest-missing", {}),
    (files.list_cut, "page", "manifest", {}),
    (files.list_in_another_order, "page", "manifest", {}),
    (files.page_as_a_link, "page", "page-removed", {}),
    (files.page_among_the_evidence, "page", "page-added", {}),
    (files.page_with_the_name_of_a_kept_file, "page", "page-added", {}),
    (files.words_hidden, "page", "page-altered", {}),
    (files.page_that_leads_on, "page", "page-altered", {}),
    (files.worker_added, "page", "page-added", {}),
    (files.rules_of_the_host_added, "page", "page-added", {}),
    (files.page_packed_in_advance, "page", "page-added", {}),
    (files.page_in_capitals, "page", "page-added", {}),
    (files.folder_as_a_link, "page", "page-added", {}),
    (log.old_site_again, "log", "shrunk", {}),
    (log.old_site_without_memory, "log", "stale", {"later": 30 * DAY}),
    (log.log_gone, "log", "log-gone", {}),
    (log.log_never_there, "log", "log-missing", {}),
    (log.entry_altered, "log", "entry", {}),
    (log.entries_swapped, "log", "entry", {}),
    (log.entry_left_out, "log", "tile-length", {}),
    (log.tile_altered, "log", "root", {}),
    (log.tile_gone, "log", "tile-missing", {}),
    (log.witness_forged, "log", "signature", {}),
    (log.witness_of_an_older_checkpoint, "log", "signature", {}),
    (log.witness_signed_twice, "log", "signature-twice", {}),
    (log.log_signature_gone, "log", "signature-missing", {}),
    (log.root_altered, "log", "signature", {}),
    (log.size_written_oddly, "log", "number", {}),
    (log.kept_checkpoint_gone, "log", "kept-missing", {}),
    (log.checkpoint_left_out_of_the_list, "log", "kept-missing", {}),
    (log.cosignatures_of_another_log, "log", "signature", {}),
    (log.kept_checkpoint_doctored, "log", "signature", {}),
    (log.another_log, "log", "origin", {}),
    (log.policy_of_the_host, "log", "signature-missing", {}),
    (log.policy_of_the_host, "log", "signature-missing", {"policy": ""}),
    (log.policy_file_swapped, "log", "policy-swapped", {}),
    (log.opening_gone, "history", "opening-missing", {}),
    (log.opening_elsewhere, "history", "opening", {}),
    (log.opening_that_is_none, "history", "salt", {}),
    (log.facts_of_the_build, "page", "build-facts", {}),
    (log.facts_gone, "page", "build-facts", {}),
    (office.force_push, "history", "force-push", {}),
    (office.last_commit_dropped, "history", "force-push", {}),
    (office.commit_amended, "history", "force-push", {}),
    (office.tip_replaced_before_it_was_logged, "history", "force-push", {}),
    (office.document_erased, "history", "vanished", {}),
    (office.document_erased_by_force, "history", "force-push", {}),
    (office.added_again_with_another_text, "history", "vanished", {}),
    (office.silent_edit, "history", "unlogged", {}),
    (office.silent_edit_put_back, "history", "unlogged", {}),
    (office.silent_document, "history", "unlogged", {}),
    (office.silent_attachment, "history", "unlogged", {}),
    (office.silent_restoration, "history", "unlogged", {}),
    (office.silent_move, "history", "vanished", {}),
    (office.edit_that_is_not_logged_yet, "page", "manifest", {}),
    (office.edit_that_is_not_logged_yet, "history", "not-yet-logged", {}),
    (office.hidden_until_later, "history", "hidden", {}),
    (office.built_from_another_branch, "history", "force-push", {}),
    (office.built_from_yesterday, "history", "build-late", {}),
    (office.built_before_the_change, "page", "build-late", {}),
    (office.declared_day_of_last_year, "log", "clock", {}),
    (office.silent_kind, "history", "unlogged", {}),
    (office.silent_link, "history", "unlogged", {}),
    (office.only_its_text_says_that_it_waits, "history", "unlogged", {}),
    (office.event_of_a_day_to_come, "history", "unlogged", {}),
    (office.shown_long_before_it_was_logged, "history", "unlogged", {}),
    (office.edit_of_another_name, "history", "two-documents", {}),
    (office.moved_and_left_behind, "history", "unlogged", {}),
    (office.withdrawn_without_a_notice, "history", "kind", {}),
    (office.withdrawal_called_an_amendment, "history", "kind", {}),
    (office.erased_between_others, "history", "unlogged", {}),
    (office.log_without_documents, "history", "unlogged", {}),
    (office.register_taken_back, "history", "force-push", {}),
    (office.rules_for_a_day, "history", "unlogged", {}),
    (office.commits_of_builds_gone, "history", "build-facts", {}),
    (office.commits_of_builds_doctored, "history", "build-facts", {}),
    (office.two_branches_with_one_log, "history", "force-push", {}),
    (office.silent_edit_behind_settings, "history", "unlogged", {}),
    (office.past_replaced, "history", "replaced", {}),
    (office.past_grafted, "history", "replaced", {}),
    (office.shallow_copy, "history", "shallow", {}),
    (office.signer_added_silently, "history", "unlogged", {}),
    (office.roles_changed_silently, "history", "unlogged", {}),
    (office.old_signers_again, "history", "policy-rollback", {}),
    (office.document_as_a_link, "history", "link", {}),
    (office.file_that_became_a_link, "history", "unlogged", {}),
    (office.another_repository_inside, "history", "unlogged", {}),
    (office.withdrawn_in_escapes, "history", "kind", {}),
    (office.put_off_in_escapes, "history", "hidden", {}),
    (office.hidden_by_its_status, "history", "hidden", {}),
    (office.index_above, "history", "hidden", {}),
    (office.second_index, "history", "elsewhere", {}),
    (office.moved_into_another_kind, "history", "elsewhere", {}),
    (office.hidden_file_changed, "history", "unlogged", {}),
    (office.loose_picture_swapped, "history", "unlogged", {}),
    (office.annex_of_one_is_another_s, "history", "unlogged", {}),
    (office.merge_that_brings_more, "history", "unlogged", {}),
    (office.merged_over_another_past, "history", "force-push", {}),
    (office.merged_over_another_past, "signers", "force-push", {}),
    (office.text_hidden_and_not_logged, "history", "text-hidden", {}),
    (office.row_of_a_hidden_text_taken_away, "history", "redaction-row", {}),
    (office.records_of_deployments_gone, "history", "deployment-gone", {}),
    (office.unsigned, "signers", "commit-unsigned", {}),
    (office.signed_by_a_stranger, "signers", "signer-unknown", {}),
    (office.in_the_name_of_the_mayor, "signers", "signer-is-not-author", {}),
    (office.without_the_right, "signers", "role-none", {}),
    (office.admits_himself, "signers", "signer-unknown", {}),
    (office.old_signers_again, "signers", "policy-rollback", {}),
    (clock.record_of_a_deployment_written_later, "history", "deployment-late", {}),
    (clock.shown_for_some_hours, "history", "unlogged", {}),
    (clock.put_off_from_day_to_day, "history", "unlogged", {}),
    (clock.built_as_of_tomorrow, "log", "clock", {}),
    (clock.seen_before_yesterday, "log", "clock", {}),
    (clock.seen_long_ago, "log", "clock", {}),
    (clock.seen_a_month_ago, "log", "clock", {}),
    (clock.seen_tomorrow, "log", "clock", {}),
    (clock.witness_before_the_event, "log", "clock", {}),
    (clock.witness_of_the_future, "log", "future", {}),
    (keyholder.log_rebuilt, "log", "consistency", {}),
    (keyholder.log_rebuilt_without_memory, "log", "quorum", {}),
    (keyholder.log_rebuilt_with_one_witness, "log", "quorum", {}),
    (keyholder.log_rebuilt_shorter_with_the_quorum, "log", "shrunk", {}),
    (keyholder.log_rebuilt_longer_with_the_quorum, "log", "consistency", {}),
    (keyholder.log_cut, "log", "shrunk", {}),
    (keyholder.entry_of_nothing, "history", "opening-missing", {}),
    (keyholder.text_that_was_never_committed, "history", "content", {}),
    (keyholder.revision_skipped, "log", "order", {}),
    (keyholder.changed_while_withdrawn, "log", "order", {}),
    (keyholder.policy_without_its_witnesses, "log", "policy-waits", {}),
    (keyholder.policy_of_strangers, "log", "policy-weaker", {}),
    (keyholder.policy_of_fewer, "log", "policy-weaker", {}),
    (keyholder.strangers_for_a_while, "history", "policy-rollback", {}),
    (keyholder.key_that_was_given_up, "log", "signature-missing", {}),
    (keyholder.opening_destroyed_beside_a_redaction, "history", "opening-missing", {}),
    (keyholder.second_change_in_a_rewrite, "history", "content", {}),
    (keyholder.second_change_in_a_rewrite, "rewrite", "rewrite-file", {"old": "old-repo"}),
    (keyholder.rewrite_that_takes_nothing_out, "history", "rewrite-for-nothing", {}),
    (keyholder.commit_dropped_in_a_rewrite, "history", "force-push", {}),
    (keyholder.rewrite_that_nobody_declared, "history", "opening", {}),
    (office.force_push, "rewrite", "rewrite-undeclared", {"old": "old-repo"}),
    (keyholder.witness_with_the_key_of_the_log, "log", "no-witnesses", {}),
    (keyholder.size_of_a_giant, "log", "tile-missing", {}),
    (keyholder.anchor_altered, "log", "anchor", {}),
    (keyholder.anchor_that_is_no_token, "log", "token", {}),
    (keyholder.entry_with_a_name, "log", "leaf", {}),
]
"""Attack, the check that is run, the code that must be told, options of the auditor."""
LIMITED = {"old_site_without_memory", "log_never_there", "kept_checkpoint_gone", "facts_gone", "shallow_copy",
           "log_rebuilt_without_memory", "log_rebuilt_with_one_witness", "policy_without_its_witnesses",
           "witness_of_the_future", "seen_long_ago", "commits_of_builds_gone", "policy_of_strangers",
           "policy_of_fewer", "built_before_the_change", "record_of_a_deployment_written_later",
           "records_of_deployments_gone", "text_hidden_and_not_logged", "row_of_a_hidden_text_taken_away",
           "checkpoint_left_out_of_the_list", "witness_with_the_key_of_the_log"}
"""Attacks of which the auditor learns only that evidence is missing."""


def alarms(report: Report) -> set[str]:
    return {one.code for one in report.findings if one.weight is not Weight.NOTE}


NAMES = [f"{number}-{attack.__name__}-{what}" for number, (attack, what, *_) in enumerate(ATTACKS, 1)]


@pytest.mark.parametrize(("attack", "what", "code", "options"), ATTACKS, ids=NAMES)
def test_an_attack_is_found_by_its_check(council: Council, attack: Attack, what: str, code: str,
                                         options: dict[str, object]) -> None:
    attack(council)
    if "old" in options:
        options = options | {"old": str(council.folder / str(options["old"]))}
    before = council.state.read_bytes() if council.state.exists() else b""
    report = council.verify(what, **options)  # type: ignore[arg-type]
    assert not report.broken
    assert code in alarms(report), report.findings
    assert attack.__name__ in LIMITED or code == "not-yet-logged" or report.status == TAMPERING
    if report.status == TAMPERING:
        assert before == (council.state.read_bytes() if council.state.exists() else b"")


@pytest.mark.parametrize("work", honest.ALL, ids=lambda work: work.__name__)
def test_honest_work_raises_no_alarm(council: Council, work: Attack) -> None:
    work(council)
    report = council.verify()
    assert (set(), 0) == (alarms(report), report.status), report
    assert f'"size":{council.newest.size}' in council.state.read_text(encoding="utf-8")


# --------------------------------------------------------------------------- what cannot be found, said plainly

def test_a_quorum_that_lies_together_is_found_only_by_memory(council: Council) -> None:
    """R1: the log's key and all witnesses collude, and the auditor comes for the first time."""
    keyholder.log_rebuilt_longer_with_the_quorum(council)
    council.state.unlink()
    report = council.verify("log")
    assert (set(), 0) == (alarms(report), report.status)
    assert "first-time" in {one.code for one in report.findings}


def test_a_site_that_is_asked_for_its_own_policy_proves_nothing(council: Council) -> None:
    log.policy_of_the_host(council)
    report = council.verify("log", policy="", state="")
    assert LACKING == report.status and "policy-from-site" in alarms(report)


def test_the_policy_that_was_believed_before_is_remembered(council: Council) -> None:
    assert 0 == council.verify("log", policy="").status


def test_a_theme_that_is_not_ours_is_noticed_in_a_rebuild(council: Council) -> None:
    """An engine that lies makes the same lie again, byte for byte."""
    assert is_same_engine(council.repo, council.head, "theme")
    commit = council.commit({"theme/templates/page.html": "Брехня\n"})
    assert is_same_engine(council.repo, commit) and not is_same_engine(council.repo, commit, "theme")


def test_a_text_that_was_false_from_the_start_is_no_matter_of_the_log(council: Council) -> None:
    path = "content/news/2026/nepravda.md"
    council.publish(Event("publish", "news/2026/nepravda", path, council.commit({path: "Сніг чорний.\n"})))
    assert 0 == council.verify().status


def test_a_repository_with_long_names_is_checked_like_any_other(tmp_path: Path) -> None:
    council = Council(tmp_path)
    council.begin("--object-format=sha256")
    first = council.commit({NEWS: "---\ntitle: Парк\n---\n", "data/allowed_signers": council.keys.list(),
                            "data/roles.yml": ROLES})
    council.publish(Event("publish", "news/2026/novyna", NEWS, first), policies=("policy", "signers", "roles"))
    assert 64 == len(first) and 0 == council.verify().status
    council.clock += HOUR
    council.git("commit", "-q", "--allow-empty", "--no-gpg-sign", "-m", "без підпису")
    office.silent_document(council)
    assert {"unlogged", "commit-unsigned"} <= alarms(council.verify())


def test_a_list_of_signers_struck_out_before_the_log_began_was_never_promised(tmp_path: Path) -> None:
    """A council takes the site over with its past, and strikes out the sample's list."""
    council = Council(tmp_path)
    council.begin()
    sample = council.commit({NEWS: "---\ntitle: Парк\n---\n", "data/allowed_signers": council.keys.list()})
    own = council.commit({DRAFT: "title: Про бюджет\n", "data/allowed_signers": None})
    council.publish(Event("publish", "news/2026/novyna", NEWS, sample),
                    Event("publish", "drafts/2026/1-p", DRAFT, own), policies=("policy",))
    assert "unlogged" not in alarms(council.verify("history"))


def test_a_copy_that_was_not_updated_is_told_apart_from_a_history_that_was_cut(council: Council) -> None:
    """Of a fresh copy nobody can tell; of one that had the commits everybody can."""
    shutil.copytree(council.repo, council.folder / "yesterday")
    honest.amended(council)
    fresh = council.repo.rename(council.folder / "today")
    (council.folder / "yesterday").rename(council.repo)
    report = council.verify()
    assert ({"behind"}, LACKING) == (alarms(report), report.status), report
    shutil.rmtree(council.repo)
    fresh.rename(council.repo)
    office.last_commit_dropped(council)
    assert "force-push" in alarms(council.verify("history"))


def test_branches_that_were_merged_the_wrong_way_round_are_told_from_a_history_that_was_rewritten(
        council: Council) -> None:
    """`git pull` does that. The same with another text in place of a logged one is no slip."""
    council.git("checkout", "-q", "-b", "published")
    honest.amended(council)
    council.git("checkout", "-q", "main")
    council.commit({NEWS: "---\ntitle: Парк\n---\n"})
    council.git("merge", "-q", "-m", "Merge branch 'main'", "published")
    assert {"aside", "not-yet-logged"} == alarms(council.verify("history"))
    council.git("reset", "-q", "--hard", "HEAD~1")
    council.git("merge", "-q", "-s", "ours", "-m", "Merge branch 'main'", "published")
    assert "force-push" in alarms(council.verify("history"))


def test_a_copy_without_contents_is_no_evidence_of_anything(council: Council) -> None:
    council.repo.rename(council.folder / "whole")
    council.repo.mkdir()
    council.git("clone", "-q", "--no-checkout", "--filter=blob:none", f"file://{council.folder / 'whole'}", ".")
    report = council.verify("history")
    assert ({"shallow"}, LACKING) == (alarms(report), report.status), report
