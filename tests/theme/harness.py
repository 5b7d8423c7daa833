"""Renders the theme's examples with the settings of the site: the same filters, escaping and strictness."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import yaml

import pelicanconf
from plugins.builder.filters import filters

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
    env = jinja2.Environment(loader=jinja2.FileSystemLoader(THEME / "templates"), **pelicanconf.JINJA_ENVIRONMENT)
    env.filters.update(filters(""))
    return env


def components() -> list[str]:
    """Names of the components, in order."""
    return sorted(file.stem for file in COMPONENTS.glob("*.html"))


def examples(component: str) -> Iterator[Example]:
    """The examples of one component as they stand in its file."""
    for entry in yaml.safe_load((THEME / "examples" / f"{component}.yml").read_text(encoding="utf-8")):
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


def stylesheet() -> str:
    """All style sheets in the order of `main.css`, without comments."""
    css = THEME / "static" / "css"
    names = re.findall(r'@import url\("([^"]+)"\)', (css / "main.css").read_text(encoding="utf-8"))
    return "\n".join(re.sub(r"/\*.*?\*/", "", (css / name).read_text(encoding="utf-8"), flags=re.S) for name in names)
