"""The press: nothing of the disk is read, nothing hangs, what is wrong is told, the same data give the same bytes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from plugins.documents import press
from plugins.documents.press import DoesNotFit, Unprintable, recipe, templates


@pytest.fixture
def template(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Prints a template given as text."""
    def print_it(source: str, data: Any = None, **options: Any) -> list[bytes]:
        monkeypatch.setattr(press, "templates", lambda name: {name: source.encode()})
        return press.press("t.typ", data or {}, **options)

    return print_it


@pytest.mark.parametrize("path", ["/etc/passwd", "../../../etc/passwd", "base.typ", "engine.py"])
def test_a_template_reads_nothing_that_it_was_not_given(template: Any, path: str) -> None:
    with pytest.raises(Unprintable, match=r"not found|escape"):
        template(f'#read("{path}")')


def test_data_are_words_and_never_source(template: Any) -> None:
    source = '#let data = json(bytes(sys.inputs.data))\n#set text(font: "Arsenal", lang: "uk")\n#data.text'
    for text in ('#read("/etc/passwd")', "#panic()", "*a* _b_ = c", "\\", "$x$", '"] #[', "// a", "/* a", "<b>", "@a"):
        assert template(source, {"text": text}, form="png")


def test_what_does_not_fit_is_told_with_its_field(template: Any) -> None:
    with pytest.raises(DoesNotFit) as caught:
        template('#panic("REFUSED " + json.encode((field: "poster.lines.2", over: 12), pretty: false))')
    assert ("poster.lines.2", 12) == (caught.value.field, caught.value.over)


def test_a_layout_without_end_is_given_up_and_the_next_document_is_made(template: Any,
                                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "SECONDS", 0.5)
    with pytest.raises(Unprintable, match="верстка не скінчилася"):
        template("#for x in range(100000) { for y in range(100000) { let z = x + y } }")
    monkeypatch.setattr(press, "SECONDS", 60)
    assert template("#rect()")[0].startswith(b"%PDF")


def test_an_engine_that_was_killed_is_replaced(template: Any) -> None:
    assert template("#rect()")
    process = press._engine().process  # asked once: the next time there would be another
    process.kill()
    process.wait()
    assert template("#rect()")


def test_a_forked_process_prints_with_an_engine_of_its_own(template: Any) -> None:
    """A whole build forks after pictures were drawn; threads of an engine survive no fork."""
    assert template("#rect()")
    if not hasattr(os, "fork"):
        return
    child = os.fork()
    if child == 0:
        try:
            os._exit(0 if template("#circle()")[0].startswith(b"%PDF") else 1)
        finally:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_the_same_data_give_the_same_bytes_in_another_engine(template: Any) -> None:
    source = '#set document(title: "А")\n#set text(lang: "uk", font: "Arsenal")\n= А\nТекст'
    first = template(source, standards=("ua-1", "a-2a"), at=1_000_000_000)
    press._engine().close()
    assert first == template(source, standards=("ua-1", "a-2a"), at=1_000_000_000)


def test_an_engine_leaves_no_folder_behind(template: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("TEMP", str(tmp_path))
    press.close()
    assert template("#rect()")
    assert len(list(tmp_path.iterdir())) == 1
    press.close()
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize(("part", "other"), [
    ("plugins.documents.press.ENCODING", "other"), ("importlib.metadata.version", lambda name: "other")])
def test_what_works_on_pixels_and_bytes_is_part_of_the_recipe(part: str, other: Any,
                                                              monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a cache would give what an older encoder has made."""
    before = recipe("letter.typ")
    monkeypatch.setattr(part, other)
    assert press.recipe.__wrapped__("letter.typ") != before


def test_fonts_of_the_machine_are_not_used(template: Any) -> None:
    warnings: list[str] = []
    template('#set text(font: "DejaVu Sans")\nА', warnings=warnings, form="png")
    assert any("unknown font" in warning for warning in warnings)


def test_a_template_is_known_with_all_that_it_imports() -> None:
    assert {"card.typ", "base.typ"} <= set(templates("card.typ"))
    assert recipe("card.typ") != recipe("poster.typ")
    assert recipe("card.typ") == recipe("card.typ")
