"""Templates print what Jinja itself would, in less time."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from plugins.builder.filters import urlencode
from plugins.builder.printing import Printing, memory

SOURCE = ("{% macro m(a, b='&') %}<i title='{{ a }}'>{{ b }}</i>{% endmacro %}"
          "{% macro n(a) %}{{ m(a) }}{{ caller() }}{% endmacro %}"
          "{{ value }}|{{ value ~ '<' }}|{{ m(value) }}|{% call n(value) %}{{ value }}{% endcall %}"
          "{% for x in [value] %}{{ m(x, b=value) }}{% endfor %}|{{ m(b=value, a='x') }}|{{ {'skip': value}.skip }}|"
          "{% block tail %}{{ value }}{{ m(value) }}{% endblock %}")
WRONG = ("{{ m('a', 'b', 'c') }}", "{{ m('a', c='b') }}", "{{ m() }}", "{{ n('a') }}", "{{ value.nothing }}",
         "{{ {}.nothing }}", "{{ nothing.more }}")
"""What Jinja refuses to print."""


@given(st.text())
def test_addresses_are_quoted_as_by_the_standard_library(text: str) -> None:
    assert quote(text) == urlencode(text)


@pytest.mark.parametrize("value", ["<b> & \"'", Markup("<b>&amp;</b>"), 12, None, ("<", Markup("<"))])
def test_what_is_printed_is_what_jinja_prints(value: Any, tmp_path: Path) -> None:
    loader, options = jinja2.DictLoader({"a.html": SOURCE}), {"autoescape": True, "undefined": jinja2.StrictUndefined}
    own = jinja2.Environment(loader=loader, **options)
    ours = Printing(loader, options, tmp_path / "compiled" / "a")
    assert own.get_template("a.html").render(value=value) == ours.get_template("a.html").render(value=value)


@pytest.mark.parametrize("wrong", WRONG)
def test_what_jinja_refuses_is_refused(wrong: str, tmp_path: Path) -> None:
    loader, options = jinja2.DictLoader({"a.html": SOURCE + wrong}), {"autoescape": True,
                                                                      "undefined": jinja2.StrictUndefined}
    with pytest.raises((TypeError, jinja2.UndefinedError)):
        Printing(loader, options, tmp_path / "compiled" / "a").get_template("a.html").render(value="v")


def test_a_block_is_printed_once_for_each_key() -> None:
    remember, printed = memory(), []

    def caller() -> str:
        printed.append(1)
        return f"{len(printed)}"

    assert ["1", "1", "2"] == [remember("row", key, caller=caller) for key in ("a", "a", "b")]
    assert ["3", "4"] == [remember("row", {}, caller=caller) for _ in range(2)]
