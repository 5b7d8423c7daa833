"""What an amending act changes in the text of another, point by point, so that the new text can be made by a program.

Four operations are enough for all that councils write: a point is put in other words, added, removed, or some words in
it are replaced; the new words stand in `text`, or in an annex of the amending act («викласти додаток 1 у редакції, що
додається»). Each works on the tree of points (`points.py`) and leaves all else letter for letter as it was.
"""

import re
from typing import Annotated

from pydantic import Field

from plugins.records import Line, Lines, Part, Prose, Term, Whole, frozen

from . import points
from .places import ANNEX, WORDS_ONLY

REMOVED, REPEALED = "*Виключено.*", "*Втратив чинність.*"
"""What stands in place of a point that is gone: its number stays, so that others keep theirs."""


class ChangeAction(Term):
    """What is done with a point."""

    REPLACE = "replace", "викладено в новій редакції"
    ADD = "add", "додано"
    REMOVE = "remove", "виключено"
    WORDS = "words", "замінено слова"


class PointChange(Part):
    """One change in the text of an act."""

    point: Line = Field("", title="Що змінюють", description="3.1, пункт 2 додатка 1, додаток 1, преамбула, назва; "
                                                             "порожньо — увесь текст.")
    action: Annotated[ChangeAction, Field()] = Field(
        title="Як", description="replace, add, remove або words (тоді вкажіть old і new).")
    text: Annotated[str, Prose()] = Field("", title="Новий текст", description="Пункт у новій редакції, без номера.")
    annex: Whole | None = Field(
        None, title="Новий текст — у додатку", description="Номер додатка цього акта, який стає новим текстом.")
    old: Lines = Field("", title="Слова", description="Які слова замінюють (для words).")
    new: Lines = Field("", title="На слова", description="На які слова; порожньо — слова виключають.")


@frozen
class AnnexText:
    """An annex as it is in a version."""

    title: str
    text: str


@frozen
class State:
    """The words of an act at some time."""

    title: str
    text: str
    annexes: tuple[AnnexText, ...]


class CannotChange(ValueError):
    """The text has no such place; the words are for the editor."""


def changed(state: State, change: PointChange, own_annexes: tuple[str, ...] = (), removed: str = REMOVED) -> State:
    """The state after a change; `own_annexes` are the texts of the amending act's annexes. Errors: CannotChange."""
    text = _new_text(change, own_annexes)
    if match := ANNEX.search(change.point):
        inner = ANNEX.sub("", change.point).strip()
        return _with_annex(state, int(match[1] or 1), inner if points.path_of(inner) else "", change, text, removed)
    if re.search(r"назв|заголов", change.point, re.I):
        return State(_in_words(state.title, change) if change.action is ChangeAction.WORDS else text.strip(),
                     state.text, state.annexes)
    return State(state.title, _edited(state.text, change.point, change, text, removed), state.annexes)


def _new_text(change: PointChange, own_annexes: tuple[str, ...]) -> str:
    is_asked = change.action in (ChangeAction.REPLACE, ChangeAction.ADD)
    if change.annex is not None:
        if not 1 <= change.annex <= len(own_annexes):
            raise CannotChange(f"додатка {change.annex} в акті, що вносить зміни, немає. Перевірте annex.")
        return own_annexes[change.annex - 1]
    if is_asked and not change.text.strip():
        raise CannotChange("немає нового тексту. Додайте text або annex.")
    if change.action is ChangeAction.WORDS and not change.old.strip():
        raise CannotChange("немає слів, які замінюють. Додайте old і new.")
    return change.text


def _with_annex(state: State, number: int, inner: str, change: PointChange, text: str, removed: str) -> State:
    annexes = list(state.annexes)
    if number == len(annexes) + 1 and change.action is ChangeAction.ADD and not inner:
        annexes.append(AnnexText(f"Додаток {number}", text))
    elif not 1 <= number <= len(annexes):
        raise CannotChange(f"додатка {number} немає: їх {len(annexes)}. Перевірте номер.")
    else:
        annex = annexes[number - 1]
        annexes[number - 1] = AnnexText(annex.title, _edited(annex.text, inner, change, text, removed))
    return State(state.title, state.text, tuple(annexes))


def _edited(source: str, mention: str, change: PointChange, text: str, removed: str) -> str:
    """A text with one of its points changed; without a mention the whole of it."""
    if change.action is ChangeAction.ADD and points.path_of(mention):
        return _with_point(source, mention, text)
    start, words, end = _span(source, mention)
    tail = source[len(source[:end].rstrip()):end]
    body = source[words:end].rstrip()
    if change.action is ChangeAction.WORDS:
        body = _in_words(body, change)
    elif change.action is ChangeAction.REMOVE:
        body = removed
    elif change.action is ChangeAction.REPLACE:
        body = _without_number(text.strip(), mention)
    else:
        raise CannotChange("додати можна пункт або додаток. Назвіть номер нового пункту.")
    return source[:start] + source[start:words] + body + tail + source[end:]


def _span(source: str, mention: str) -> tuple[int, int, int]:
    """(where a part begins, where its words begin after the number, where it ends)."""
    if not mention.strip():
        return 0, 0, len(source)
    if WORDS_ONLY.search(mention):
        tree = points.parse(source)
        if not tree or isinstance(tree[0], points.Point):
            raise CannotChange("преамбули немає. Перевірте point.")
        return 0, 0, len(tree[0].source)
    wanted = points.path_of(mention)
    found = next((span for span in points.spans(points.parse(source)) if points.plain_path(span.point) == wanted), None)
    if found is None:
        raise CannotChange(f"«{mention}» у тексті немає. Перевірте номер пункту.")
    return found.start, found.start + len(found.point.marker), found.end


def _in_words(body: str, change: PointChange) -> str:
    """Words replaced wherever they stand, however their spaces are typed."""
    pattern = r"\s+".join(re.escape(word) for word in change.old.split())
    done, count = re.subn(rf"(?<!\w){pattern}(?!\w)" if change.old.strip()[-1:].isalnum() else pattern,
                          lambda _: change.new.strip(), body)
    if not count:
        raise CannotChange(f"слів «{change.old.strip()}» тут немає. Перевірте old.")
    return done


def _without_number(text: str, mention: str) -> str:
    """The words of a point that an editor gave with its number."""
    match = points.MARKER.match(text)
    wanted = points.path_of(mention)
    if not match or not wanted:
        return text
    typed = points.path_of(match["number"])
    return text[match.end():] if typed in (wanted, wanted[-1:]) else text


def _with_point(source: str, mention: str, text: str) -> str:
    """A text with a new point, after the last one with a lesser number."""
    wanted = points.path_of(mention)
    spans = list(points.spans(points.parse(source)))
    if any(points.plain_path(span.point) == wanted for span in spans):
        raise CannotChange(f"«{mention}» уже є. Для іншого тексту пункту дія — replace.")
    beside = [span for span in spans if points.plain_path(span.point)[:-1] == wanted[:-1]]
    before = [span for span in beside if points.order(span.point.path[-1]) < points.order(wanted[-1])]
    above = [span for span in spans if points.plain_path(span.point) == wanted[:-1]]
    if len(wanted) > 1 and not beside and not above:
        raise CannotChange(f"пункту {'.'.join(wanted[:-1])}, до якого додають «{mention}», немає. Перевірте номер.")
    at = (before[-1].end if before else beside[0].start if beside else above[-1].end if above else len(source))
    marker = _marker(wanted, (before or beside)[-1].point if beside else None)
    head, rest = source[:at].rstrip("\n"), source[at:].lstrip("\n")
    new = f"{marker}{_without_number(text.strip(), mention)}"
    return "\n\n".join(part for part in (head, new, rest) if part) + ("" if rest else "\n")


def _marker(wanted: points.Path, beside: points.Point | None) -> str:
    """«7. », «1.3. », «3) », as its neighbours are numbered."""
    if beside is None:
        return f"{'.'.join(wanted)}. "
    indent = beside.marker[:beside.marker.index(beside.number)]
    end = beside.number[-1] if beside.number[-1] in ".)" else ""
    is_whole = "." in beside.number.rstrip(".)")
    return f"{indent}{'.'.join(wanted) if is_whole else wanted[-1]}{end} "


def label(point: str) -> str:
    """«пункт 1.1» for «1.1»; «текст» for the whole."""
    point = " ".join(point.split())
    if not point:
        return "увесь текст"
    return f"пункт\u00a0{point.rstrip('.')}" if point[:1].isdigit() else point
