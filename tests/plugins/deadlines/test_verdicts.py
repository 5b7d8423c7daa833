"""Verdicts of records: which version, which anchor, which evidence, what is said of it. Evidence is a stand-in here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from plugins.deadlines import facts
from plugins.deadlines.model import Outcome, Rule
from plugins.history.model import Evidence, Grade, Publication, Revision
from plugins.ukrainian import KYIV, NBSP
from plugins.votes.model import VoteEvent
from tests.plugins.deadlines.conftest import NOW, library_of, of_the_sample


@pytest.mark.parametrize(("name", "outcome", "margin"), [
    ("1", "pass", 0), ("2", "borderline", -1), ("3", "fail", -2), ("4", "exempt", -2), ("5", "exempt", -2),
    ("6", "pending", None), ("7", "na", None), ("9", "pass", 31)])
def test_a_draft_is_judged_by_its_lead(judge, name, outcome, margin):
    verdict = judge(f"draft/2026/{name}-p")["draft.lead"]
    assert (outcome, margin) == (verdict.outcome.value, verdict.margin)


def test_a_verdict_says_what_was_when_in_one_sentence(judge):
    verdict = judge("draft/2026/1-p")["draft.lead"]
    assert "Оприлюднено 13 листопада 2026 року — за 10 повних робочих днів до розгляду 30 листопада; потрібно 10." == (
        verdict.sentence.replace(NBSP, " "))
    assert (date(2026, 11, 15), date(2020, 10, 4), "Стаття 15") == (
        verdict.latest, verdict.version_from, verdict.norm)
    assert Evidence.COMMIT is verdict.evidence


def test_a_late_draft_says_by_how_much(judge):
    assert judge("draft/2026/3-p")["draft.lead"].sentence.endswith(f"потрібно 10, бракує{NBSP}2.")


def test_an_exception_is_named_and_hides_no_days(judge):
    verdict = judge("draft/2026/4-p")["draft.lead"]
    assert verdict.exemption and ("Стаття 15", "Прорив труби.") == (verdict.exemption.basis, verdict.exemption.reason)
    assert "за 8 повних робочих днів" in verdict.sentence.replace(NBSP, " ")


def test_martial_law_is_no_exception_after_its_end(judge, tmp_path):
    judge("draft/2026/5-p")
    file = tmp_path / "site" / "data" / "calendar.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("  - from: 2022-02-24\n",
                                                             "  - from: 2022-02-24\n    to: 2026-11-29\n"), "utf-8")
    assert Outcome.FAIL is judge("draft/2026/5-p")["draft.lead"].outcome


def test_the_version_in_force_on_the_day_of_the_event_judges(judge):
    def earlier(text: str) -> str:
        return text.replace("valid_to: 2020-10-03", "valid_to: 2026-11-30").replace(
            "valid_from: 2020-10-04", "valid_from: 2026-12-01", 1)

    verdict = judge("draft/2026/1-p", earlier)["draft.lead"]
    assert (date(2011, 5, 9), Outcome.FAIL, -10) == (verdict.version_from, verdict.outcome, verdict.margin)


def test_a_claim_alone_proves_nothing(judge):
    def claimed(document, library, part="", claimed_at=None):
        return Publication(document.published_at, Evidence.CLAIM, document.published_at)

    verdict = judge("draft/2026/1-p", publication=claimed)["draft.lead"]
    assert Outcome.UNKNOWN is verdict.outcome
    assert "є лише слова редактора. За словами редактора — 13" in verdict.sentence


def test_a_backdated_publication_is_judged_by_its_evidence(judge):
    def later(document, library, part="", claimed_at=None):
        return Publication(datetime(2026, 11, 18, 10, tzinfo=KYIV), Evidence.DEPLOYMENT, document.published_at, True)

    verdict = judge("draft/2026/1-p", publication=later)["draft.lead"]
    assert (True, Outcome.FAIL, date(2026, 11, 13)) == (verdict.is_backdated, verdict.outcome, verdict.claimed_on)
    assert "названо раніший день" in verdict.sentence


def revision(text: str) -> Revision:
    return Revision(datetime.fromisoformat(text), "text", Evidence.COMMIT)


def test_a_change_shortly_before_the_vote_is_flagged(judge):
    verdict = judge("draft/2026/9-p", revisions=(revision("2026-11-20T12:00:00+02:00"),))["draft.restart"]
    assert (Outcome.FAIL, -5) == (verdict.outcome, verdict.margin)
    assert "Текст змінено 20 листопада 2026 року — за 5 повних робочих днів до розгляду 30 листопада" in (
        verdict.sentence.replace(NBSP, " "))


def test_a_correction_of_an_error_restarts_nothing(judge):
    assert "draft.restart" not in judge("draft/2026/8-p", revisions=(revision("2026-11-20T12:00:00+02:00"),))
    assert "draft.restart" in judge("draft/2026/8-p", revisions=(revision("2026-11-19T12:00:00+02:00"),))


def test_a_change_after_the_last_sitting_is_of_no_account(judge):
    assert "draft.restart" not in judge("draft/2026/9-p", revisions=(revision("2026-12-01T00:00:00+02:00"),))


def test_what_a_draft_must_have_is_named_where_it_is_missing(judge):
    assert ("Бракує: день розгляду.", Outcome.FAIL) == (
        (verdict := judge("draft/2026/6-p")["draft.elements"]).sentence, verdict.outcome)
    assert Outcome.PASS is judge("draft/2026/1-p")["draft.elements"].outcome


@pytest.mark.parametrize(("name", "rule", "outcome"), [
    ("11", "act.publish", "pass"), ("13", "act.publish", "fail"), ("11", "act.sign", "pass"),
    ("12", "act.sign", "fail"), ("14", "act.sign", "pass")])
def test_an_act_is_signed_and_public_in_time(judge, name, rule, outcome):
    assert outcome == judge(f"act/2026/{name}")[rule].outcome.value


@pytest.mark.parametrize(("name", "outcome"), [
    ("pl-2026-02-19", "pass"), ("pl-2026-05-22", "fail"), ("pl-2026-08-23", "unknown"), ("pl-2026-11-19", "pending")])
def test_sittings_follow_each_other(judge, name, outcome):
    assert outcome == judge(f"meeting/2026/{name}")["session.frequency"].outcome.value


def test_a_council_that_meets_no_more_is_late_at_last(judge):
    verdict = judge("meeting/2026/pl-2026-11-19", now=datetime(2027, 2, 20, tzinfo=KYIV))["session.frequency"]
    assert (Outcome.FAIL, date(2027, 2, 20)) == (verdict.outcome, verdict.settled_on)


def test_roll_call_results_are_public_that_day_and_secret_ones_not_at_all(judge):
    assert Outcome.PASS is judge("vote_event/2026-11-19-1")["vote.sameday"].outcome
    assert Outcome.NA is judge("vote_event/2026-11-19-2")["vote.sameday"].outcome
    assert VoteEvent.kind == "vote_event"


CORRECTION = """      corrections:
        - at: 2026-12-01
          reason: Число переплутали.
          was:
            valid_from: 2020-10-04
            only: [decision, normative]
            without:
              - {trait: ended_early, reason: Проєкт не дійшов до розгляду.}
            terms:
              - {point: published, direction: before, count: 10, unit: wd, from: [considered]}
            exceptions:
              - {kind: urgent, basis: Стаття 15, needs_publication: так}
              - {kind: martial_law, basis: Стаття 9, in_martial_law: так}
"""


def corrected(text: str, *, at: str = "2026-12-01") -> str:
    """The second version of draft.lead asks for five days since a day; before it asked for ten."""
    lines = text.split("\n")
    start = next(index for index, line in enumerate(lines) if "valid_from: 2020-10-04" in line)
    count = next(index for index in range(start, len(lines)) if "count: 10" in lines[index])
    lines[count] = lines[count].replace("count: 10", "count: 5")
    lines.insert(start + 1, CORRECTION.replace("at: 2026-12-01", f"at: {at}").rstrip("\n"))
    return "\n".join(lines)


def test_a_correction_of_a_rule_shows_both_verdicts(judge):
    verdict = judge("draft/2026/3-p", corrected)["draft.lead"]
    assert (Outcome.PASS, date(2026, 11, 22)) == (verdict.outcome, verdict.latest)
    [former] = verdict.former
    assert (Outcome.FAIL, date(2026, 12, 1), "Число переплутали.") == (
        former.verdict.outcome, former.corrected_on, former.reason)


def test_events_after_a_correction_know_only_the_new_text(judge):
    assert () == judge("draft/2026/3-p", lambda text: corrected(text, at="2026-11-30"))["draft.lead"].former


def test_a_rule_that_is_ended_backwards_keeps_its_former_verdict(judge):
    def ended(text: str) -> str:
        begins = "valid_from: 2020-10-04\n"
        return corrected(text).replace(begins, f"{begins}      valid_to: 2026-01-01\n", 1)

    verdict = judge("draft/2026/3-p", ended)["draft.lead"]
    assert (Outcome.NA, Outcome.FAIL) == (verdict.outcome, verdict.former[0].verdict.outcome)


def test_the_digest_of_a_former_text_is_that_of_the_version_it_was(judge, tmp_path):
    judge("draft/2026/3-p")
    library = library_of(tmp_path / "site", NOW)
    before = next(rule for rule in library.of(Rule) if rule.id == "draft.lead").versions[1].made_digest()
    judge("draft/2026/3-p", corrected)
    library = library_of(tmp_path / "site", NOW)
    version = next(rule for rule in library.of(Rule) if rule.id == "draft.lead").versions[1]
    assert before == version.corrections[0].was.made_digest() != version.made_digest()


SUSPENDED = """suspension:
  at: 2026-11-10
  reason: Рішення створює видатки.
"""


@pytest.mark.parametrize(("more", "now", "outcome"), [
    ("", datetime(2026, 11, 24, 23, tzinfo=KYIV), "pending"), ("", datetime(2026, 11, 25, tzinfo=KYIV), "fail"),
    ("  reconsidered:\n    at: 2026-11-24\n", datetime(2026, 12, 31, tzinfo=KYIV), "pass"),
    ("  reconsidered:\n    at: 2026-11-25\n", datetime(2026, 12, 31, tzinfo=KYIV), "fail")])
def test_a_decision_is_suspended_in_time_and_considered_again_in_time(judge, tmp_path, more, now, outcome):
    judge("act/2026/11", of_the_sample)
    act = next((tmp_path / "site" / "content" / "acts").rglob("11-*.yml"))
    kept = [line for line in act.read_text(encoding="utf-8").splitlines() if not line.startswith("signed_on")]
    act.write_text("\n".join(kept) + f"\n{SUSPENDED}{more}", encoding="utf-8")
    verdicts = judge("act/2026/11", now=now)
    assert ("pass", outcome) == (verdicts["act.sign"].outcome.value, verdicts["act.reconsider"].outcome.value)


def test_remarks_to_a_regulatory_draft_have_the_days_of_its_notice(judge, tmp_path):
    judge("draft/2026/1-p", of_the_sample)
    draft = next((tmp_path / "site" / "content" / "drafts").rglob("1-p-*.yml"))
    draft.write_text(draft.read_text(encoding="utf-8") + "is_regulatory: так\nregulatory:\n"
                     "  notice_at: 2026-11-06 10:00\n  comments_until: 2026-12-05\n  send_to: вул. Соборна, 1\n",
                     encoding="utf-8")
    verdicts = judge("draft/2026/1-p")
    assert {"reg.notice": "fail", "reg.remarks": "pending", "reg.draft": "pass", "reg.ria": "fail"} == {
        name: verdict.outcome.value for name, verdict in verdicts.items() if name.startswith("reg.")}


REPORT = """---
title: Звіт
summary: Звіт.
published_at: 2026-{published} 10:00
act_text: Рішення про кіоски
stage: base
done_on: 2026-10-02
---

Показники.
"""


@pytest.mark.parametrize(("published", "outcome"), [("10-12", "pass"), ("10-13", "fail")])
def test_a_report_on_the_effect_of_an_act_is_public_in_time(judge, tmp_path, published, outcome):
    judge("draft/2026/1-p", of_the_sample)
    file = tmp_path / "site" / "content" / "regulatory" / "tracking" / "2026" / "1.md"
    file.parent.mkdir(parents=True)
    file.write_text(REPORT.format(published=published), encoding="utf-8")
    assert judge("tracking_report/2026/1")["reg.track"].outcome.value == outcome
    assert facts.body_of(library_of(tmp_path / "site", NOW).find("tracking_report", "2026/1")) == ""


PLAN = """title: План
summary: План.
published_at: 2026-12-{published} 10:00
for_year: 2027
approved_on: 2026-12-{approved}
items: []
"""


@pytest.mark.parametrize(("approved", "published", "outcomes"), [
    ("15", "25", ("pass", "pass")), ("16", "27", ("fail", "fail")), ("10", "10", ("pass", "pass"))])
def test_the_plan_of_a_year_is_approved_and_public_in_time(judge, tmp_path, approved, published, outcomes):
    judge("draft/2026/1-p", of_the_sample)
    file = tmp_path / "site" / "content" / "regulatory" / "plans" / "2027" / "plan.yml"
    file.parent.mkdir(parents=True)
    file.write_text(PLAN.format(published=published, approved=approved), encoding="utf-8")
    verdicts = judge("regulatory_plan/2027/plan", now=datetime(2027, 2, 1, tzinfo=KYIV))
    assert outcomes == tuple(verdicts[name].outcome.value for name in ("reg.plan", "reg.plan_public"))


@pytest.mark.parametrize(("evidence", "grade", "shown", "proof"), [
    (Evidence.STAMP, Grade.A, Outcome.PASS, "Доказ A: кваліфікована позначка часу й свідки журналу."),
    (Evidence.WITNESSES, Grade.B, Outcome.PASS, "Доказ B: свідки журналу оприлюднень."),
    (Evidence.DEPLOYMENT, Grade.C, Outcome.PASS, "Доказ C: запис про викладення сайту."),
    (Evidence.COMMIT, Grade.D, Outcome.UNPROVEN, "Вчасно за історією змін, не доведено (рівень D).")])
def test_a_verdict_carries_its_grade_and_only_the_first_three_are_proven(judge, evidence, grade, shown, proof):
    def published(document, library, part="", claimed_at=None):
        return Publication(document.published_at, evidence, document.published_at)

    verdict = judge("draft/2026/1-p", publication=published)["draft.lead"]
    assert (Outcome.PASS, grade, shown, proof) == (verdict.outcome, verdict.grade, verdict.shown, verdict.proof)
    late = judge("draft/2026/3-p", publication=published)["draft.lead"]
    assert (Outcome.FAIL, Outcome.FAIL, grade) == (late.outcome, late.shown, late.grade)
    assert proof.replace("Вчасно", "День") == late.proof


def test_a_day_that_the_document_bears_itself_is_a_claim(judge):
    verdict = judge("act/2026/11")["act.sign"]
    assert (Outcome.PASS, Outcome.UNPROVEN, Grade.D) == (verdict.outcome, verdict.shown, verdict.grade)
    assert "Вчасно за датами самого документа, не доведено (рівень D)." == verdict.proof


def test_a_verdict_is_proven_as_far_as_the_weaker_of_its_two_days(judge):
    verdict = replace(judge("draft/2026/1-p")["draft.lead"], evidence=Evidence.WITNESSES,
                      anchor_evidence=Evidence.COMMIT)
    assert (Grade.D, Outcome.UNPROVEN) == (verdict.grade, verdict.shown)
    assert "Початок строку — за історією змін, не доведено (рівень D)." == verdict.proof


def test_content_that_is_judged_needs_no_proof_of_time(judge):
    verdict = judge("draft/2026/1-p")["draft.elements"]
    assert (None, Outcome.PASS, "") == (verdict.grade, verdict.shown, verdict.proof)


def test_weaker_evidence_of_an_earlier_day_is_told_and_does_not_count(judge):
    def witnessed(document, library, part="", claimed_at=None):
        return Publication(datetime(2026, 11, 18, 10, tzinfo=KYIV), Evidence.WITNESSES, document.published_at,
                           weaker=(Evidence.DEPLOYMENT, datetime(2026, 11, 13, 15, tzinfo=KYIV)))

    verdict = judge("draft/2026/1-p", publication=witnessed)["draft.lead"]
    assert (Outcome.FAIL, Grade.B) == (verdict.outcome, verdict.grade)
    assert ("Доказ B: свідки журналу оприлюднень. Слабший доказ — запис про викладення сайту — називає раніший день: "
            "13 листопада 2026 року.") == verdict.proof.replace(NBSP, " ")
