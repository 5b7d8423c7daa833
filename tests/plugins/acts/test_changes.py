"""What amending acts change, point by point, and the versions that come out of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.acts.changes import AnnexText, CannotChange, PointChange, State, changed
from plugins.acts.comparisons import between, of_draft
from plugins.acts.model import DraftAct
from plugins.acts.versions import current, faults, versions
from plugins.records import Library
from tests.plugins.acts.test_status import NOON, act, draft

TEXT = "Рада вирішила:\n\n1. Перше 16 років.\n\n1.1. Менше.\n\n1.2. Більше.\n\n2. Друге.\n\n3. Третє.\n"
ANNEX = "# Додаток 1\n\n1) рядок;\n\n2) другий.\n"


def state(text: str = TEXT) -> State:
    return State("Про дорогу", text, (AnnexText("Додаток 1", ANNEX),))


def after(**facts: Any) -> State:
    return changed(state(), PointChange.model_validate(facts), ("Зовсім інший додаток.",))


@pytest.mark.parametrize(("facts", "old", "new"), [
    ({"point": "1", "action": "words", "old": "16 років", "new": "14 років"}, "16 років", "14 років"),
    ({"point": "п. 2", "action": "replace", "text": "Інше."}, "2. Друге.", "2. Інше."),
    ({"point": "2", "action": "replace", "text": "2. Інше."}, "2. Друге.", "2. Інше."),
    ({"point": "1.2", "action": "remove"}, "1.2. Більше.", "1.2. *Виключено.*"),
    ({"point": "3", "action": "remove"}, "3. Третє.", "3. *Виключено.*"),
    ({"point": "преамбула", "action": "words", "old": "Рада", "new": "Міська рада"}, "Рада в", "Міська рада в"),
    ({"point": "4", "action": "add", "text": "Четверте."}, "3. Третє.\n", "3. Третє.\n\n4. Четверте.\n"),
    ({"point": "2-1", "action": "add", "text": "Вставка."}, "2. Друге.\n\n", "2. Друге.\n\n2-1. Вставка.\n\n"),
    ({"point": "1.3", "action": "add", "text": "Ще."}, "1.2. Більше.\n\n", "1.2. Більше.\n\n1.3. Ще.\n\n"),
    ({"point": "2.1", "action": "add", "text": "Ще."}, "2. Друге.\n\n", "2. Друге.\n\n2.1. Ще.\n\n"),
    ({"point": "1.0", "action": "add", "text": "Ще."}, "1.1. Менше.", "1.0. Ще.\n\n1.1. Менше.")])
def test_a_change_touches_its_point_alone(facts: dict[str, Any], old: str, new: str) -> None:
    assert after(**facts) == State("Про дорогу", TEXT.replace(old, new), state().annexes)


@pytest.mark.parametrize(("facts", "text"), [
    ({"point": "пункт 2 додатка 1", "action": "replace", "text": "інший."}, ANNEX.replace("другий", "інший")),
    ({"point": "пункт 3 додатка 1", "action": "add", "text": "третій."}, ANNEX + "\n3) третій.\n"),
    ({"point": "додаток 1", "action": "replace", "annex": "1"}, "Зовсім інший додаток.\n"),
    ({"point": "додаток 1", "action": "words", "old": "рядок", "new": "запис"}, ANNEX.replace("рядок", "запис"))])
def test_an_annex_changes_in_the_same_way(facts: dict[str, Any], text: str) -> None:
    assert after(**facts) == State("Про дорогу", TEXT, (AnnexText("Додаток 1", text),))


def test_an_annex_is_added_and_a_title_put_in_other_words() -> None:
    assert after(point="додаток 2", action="add", annex="1").annexes[1].text == "Зовсім інший додаток."
    assert after(point="назва", action="words", old="дорогу", new="міст").title == "Про міст"
    assert after(action="replace", text="1. Усе інакше.").text.strip() == "1. Усе інакше."


@pytest.mark.parametrize(("facts", "words"), [
    ({"point": "9", "action": "remove"}, "«9» у тексті немає"),
    ({"point": "1", "action": "words", "old": "18 років", "new": "14"}, "слів «18 років» тут немає"),
    ({"point": "1", "action": "words", "old": "6 років", "new": "4"}, "слів «6 років» тут немає"),
    ({"point": "2", "action": "add", "text": "Ще."}, "«2» уже є"),
    ({"point": "9.1", "action": "add", "text": "Ще."}, "пункту 9, до якого додають «9.1», немає"),
    ({"point": "додаток 3", "action": "remove"}, "додатка 3 немає: їх 1"),
    ({"point": "2", "action": "replace"}, "немає нового тексту"),
    ({"point": "2", "action": "words"}, "немає слів"),
    ({"point": "2", "action": "replace", "annex": "5"}, "додатка 5 в акті, що вносить зміни, немає"),
    ({"action": "add", "text": "Ще."}, "додати можна пункт або додаток")])
def test_a_change_that_cannot_be_made_is_said(facts: dict[str, Any], words: str) -> None:
    with pytest.raises(CannotChange) as error:
        after(**facts)
    assert words in str(error.value)


@given(st.sampled_from(["1", "1.1", "1.2", "2", "3"]), st.sampled_from(["Слово.", "Два слова.", "**Грубо.**"]))
def test_a_point_put_in_other_words_and_back_is_the_text_again(point: str, words: str) -> None:
    from plugins.acts import points

    own = points.find(points.parse(TEXT), point)
    assert own is not None
    there = changed(state(), PointChange.model_validate({"point": point, "action": "replace", "text": words}))
    back = own.source + points.source(own.children)
    assert changed(there, PointChange.model_validate({"point": point, "action": "replace", "text": back})) == state()


# --------------------------------------------------------------------------- versions

def amending(key: str, old: str, new: str, **facts: Any) -> Any:
    return act(key, **{"amends": [{"act": "2026/1-1-8", "changes": [
        {"point": "1", "action": "words", "old": old, "new": new}]}], **facts})


FIRST = amending("2-1-8", "А", "Б", effective_on="2026-11-20")
SECOND = amending("3-1-8", "Б", "В", effective_on="2026-11-21")
FUTURE = amending("4-1-8", "В", "Г", effective_on="2026-12-21")


def texts(*others: Any) -> list[str | None]:
    subject = act()
    return [version.state.text if version.state else None
            for version in versions(subject, Library([subject, *others], NOON))]


def test_versions_follow_the_days_on_which_amendments_entered_into_force() -> None:
    assert texts() == ["1. А"]
    assert texts(SECOND, FIRST, FUTURE) == ["1. А", "1. Б", "1. В"]


def test_amendments_of_one_day_make_one_version() -> None:
    same = amending("3-1-8", "Б", "В", effective_on="2026-11-20")
    assert texts(FIRST, same) == ["1. А", "1. В"]


def test_what_does_not_say_how_it_changes_ends_the_chain_by_name() -> None:
    vague = act("2-1-8", effective_on="2026-11-20", amends=[{"act": "2026/1-1-8", "points": ["1"]}])
    subject = act()
    found = versions(subject, Library([subject, vague, SECOND], NOON))
    assert [version.missing for version in found] == ["", "2026/2-1-8", "2026/2-1-8"]
    assert texts(vague, SECOND) == ["1. А", None, None]


def test_a_point_that_lost_force_is_a_change_of_the_text() -> None:
    assert texts(act("2-1-8", repeals=[{"act": "2026/1-1-8", "points": ["1"]}])) == ["1. А", "1. *Втратив чинність.*"]


def test_a_suspended_amendment_makes_no_version() -> None:
    stopped = amending("2-1-8", "А", "Б", signed_on=None, effective_on="2026-11-20",
                       suspension={"at": "2026-11-20", "reason": "Немає джерела"})
    assert texts(stopped) == ["1. А"]


def test_a_change_that_does_not_fit_is_told_of_the_act_that_makes_it() -> None:
    subject = act()
    wrong = amending("2-1-8", "Я", "Б")
    assert [(fault.act, fault.place) for fault in faults(subject, Library([subject, wrong], NOON))] == [
        ("2026/2-1-8", "amends.0.changes.0")]


def test_a_version_is_compared_with_the_one_before() -> None:
    subject = act()
    found = versions(subject, Library([subject, FIRST], NOON))
    assert found[0].state and found[1].state
    (row,) = between(found[0].state, found[1].state)
    assert row.point == "п.\u00a01"
    assert [tuple(piece) for piece in row.before] == [("same", "1. "), ("gone", "А")]
    assert [tuple(piece) for piece in row.after] == [("same", "1. "), ("new", "Б")]


# --------------------------------------------------------------------------- drafts

EARLY = {"adopted_on": "2026-10-01", "signed_on": "2026-10-02", "published_at": "2026-10-02 10:00"}


def proposal(**facts: Any) -> DraftAct:
    return draft(amends=[{"act": "2026/1-1-8", "changes": [
        {"point": "1", "action": "words", "old": "А", "new": "Б"}]}], **facts)


def test_what_a_draft_changes_is_a_table_by_itself() -> None:
    subject, proposed = act(**EARLY), proposal()
    ((target, rows),) = of_draft(proposed, Library([subject, proposed], NOON))
    assert (target.key, len(rows)) == ("2026/1-1-8", 1)


def test_the_table_of_an_adopted_draft_shows_the_text_that_it_found() -> None:
    subject, proposed = act(**EARLY), proposal()
    adopted = amending("2-1-8", "А", "Б", draft="2026/1-p")
    library = Library([subject, proposed, adopted], NOON)
    assert current(subject, library).acts == ("2026/2-1-8",)
    assert [len(rows) for _, rows in of_draft(proposed, library)] == [1]
