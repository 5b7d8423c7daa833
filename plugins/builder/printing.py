"""The templates' environment: Pelican's loader and settings, and each template looked up and imported once.

Jinja asks its loader for a component at every import of every page, and makes the imported module anew where the page
knows more names than the component. Components here see their arguments and the environment's globals, nothing else.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping, MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import jinja2
from jinja2.environment import TemplateModule
from jinja2.runtime import Context

KEPT = 8
"""Folders of compiled templates that stay: of other base paths, of the code before the last change."""


class _Template(jinja2.Template):
    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


class Printing(jinja2.Environment):
    """Jinja's environment without a second look at a template that is known."""

    template_class = _Template

    def __init__(self, loader: jinja2.BaseLoader, options: Mapping[str, Any], compiled: Path) -> None:
        """`compiled` is the folder for compiled templates.

        A constant such as `"/"|href` is computed when a template is compiled: the folder holds for one base path and
        one state of the code.
        """
        compiled.mkdir(parents=True, exist_ok=True)
        os.utime(compiled)  # in use: the last to go
        with suppress(OSError):  # another build may be clearing up at the same time
            for old in sorted(compiled.parent.iterdir(), key=lambda folder: folder.stat().st_mtime)[:-KEPT]:
                shutil.rmtree(old, ignore_errors=True)
        super().__init__(loader=loader, auto_reload=False, **options,
                         bytecode_cache=jinja2.FileSystemBytecodeCache(str(compiled)))
        self._known: dict[str, jinja2.Template] = {}

    def get_template(self, name: str | jinja2.Template, parent: str | None = None,
                     globals: MutableMapping[str, Any] | None = None) -> jinja2.Template:
        """The template of this name. Errors: jinja2.TemplateNotFound."""
        if not isinstance(name, str):
            return name
        if name not in self._known:
            self._known[name] = super().get_template(name, parent, globals)
        return self._known[name]


def memory() -> Callable[..., str]:
    """`remember(key…)` of templates: a call block that is the same on many pages is printed once for each key."""
    known: dict[tuple[Any, ...], str] = {}

    def remember(*key: Any, caller: Callable[[], str]) -> str:
        if key not in known:
            known[key] = caller()
        return known[key]

    return remember
