"""Renders the theme's examples with the settings of the site: the same filters, escaping and strictness."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import yaml

import pelicanconf
from plugins.builder.filters import filters
from plugins.builder.printing import memory

THEME = Path(__file__).parents[2] / "theme"
COMPONENTS = THEME / "templates" / "components"
CALL_BLOCK = "caller()"


@dataclass(frozen=True, slots=True)
class Example:
    """One named set of values for one macro; `words` is the language of the theme's own words, if it takes them."""

    component: str
    name: str
    args: dict[str, Any]
    body: str = ""
    words: str = ""

    @property
    def macro(self) -> str:
        return self.component.replace("-", "_")


def environment() -> jinja2.Environment:
    """The environment of the builder, without a site."""
    settings: dict[str, Any] = pelicanconf.JINJA_ENVIRONMENT
    env = jinja2.Environment(loader=jinja2.FileSystemLoader(THEME / "templates"), **settings)
    env.filters.update(filters(""))
    env.globals["remember"] = memory()
    return env


def components() -> list[str]:
    """Names of the components, in order."""
    return sorted(file.stem for file in COMPONENTS.glob("*.html"))


def examples(component: str) -> Iterator[Example]:
    """The examples of one component as they stand in its file."""
    for entry in yaml.load((THEME / "examples" / f"{component}.yml").read_text(encoding="utf-8"), yaml.CSafeLoader):
        yield Example(component, **entry)


def render(env: jinja2.Environment, example: Example) -> str:
    """The HTML of one example, as a page would get it."""
    args = dict(example.args)
    if example.words:
        args["words"] = env.get_template("words.html").module.words[example.words]  # type: ignore[attr-defined]
    takes_body = CALL_BLOCK in (COMPONENTS / f"{example.component}.html").read_text(encoding="utf-8")
    call = f"call {example.macro}(**args)" if takes_body else ""
    source = (f'{{% from "components/{example.component}.html" import {example.macro} %}}'
              + (f"{{% {call} %}}<p>{{{{ body }}}}</p>{{% endcall %}}" if takes_body
                 else f"{{{{ {example.macro}(**args) }}}}"))
    return env.from_string(source).render(args=args, body=example.body)


@functools.cache
def stylesheet() -> str:
    """All style sheets in their layers, in the order of `main.css`, without comments."""
    css = THEME / "static" / "css"

    def inline(match: re.Match[str]) -> str:
        return f"@layer {match[2]}{{{(css / match[1]).read_text(encoding='utf-8')}}}"

    main = re.sub(r'@import url\("([^"]+)"\) layer\((\w+)\);', inline, (css / "main.css").read_text(encoding="utf-8"))
    return re.sub(r"/\*.*?\*/", "", main, flags=re.S)


def script(name: str) -> str:
    """The source of one enhancement."""
    return (THEME / "static" / "js" / name).read_text(encoding="utf-8")


def document(body: str, scripts: str = "") -> str:
    """A whole page around some rendered components."""
    return (f'<!DOCTYPE html><html lang="uk" data-js><head><meta charset="utf-8"><title>Складники</title>'
            f'<meta name="viewport" content="width=device-width"><style>{stylesheet()}</style></head>'
            f'<body><main class="wrap page"><h1>Складники</h1>{body}</main>'
            f'<script type="module">{scripts}</script></body></html>')
