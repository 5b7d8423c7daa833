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

from .compiling import NAMES, PlainCode, PlainContext

REMEMBERED = 5_000
"""Pieces of pages that are kept; rows of long lists come again soon or not at all."""
KEPT = 8
"""Folders of compiled templates that stay: of other base paths, of the code before the last change."""


class _Template(jinja2.Template):
    @classmethod
    def _from_namespace(cls, environment: jinja2.Environment, namespace: MutableMapping[str, Any],
                        globals: MutableMapping[str, Any]) -> jinja2.Template:
        namespace.update(NAMES)
        return super()._from_namespace(environment, namespace, globals)

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return self._module or super()._get_default_module()


class Printing(jinja2.Environment):
    """Jinja's environment without a second look at a template that is known."""

    template_class = _Template
    context_class = PlainContext
    code_generator_class = PlainCode

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
        if (known := self._known.get(name)) is None:
            known = self._known[name] = super().get_template(name, parent, globals)
        return known

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The names that a template knows. Each page copies them: from Jinja's chain of mappings that takes long."""
        return {**self.globals, **d} if d else self.globals

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`words.skip`: of a dictionary the value first, as nearly all that templates ask of one is its values."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)


def memory() -> Callable[..., str]:
    """`remember(key…)` of templates: a call block that is the same on many pages is printed once for each key.

    Keys are texts and the frozen values of pages; a key that is neither (an example of the theme) is not remembered.
    """
    known: dict[tuple[Any, ...], str] = {}

    def remember(*key: Any, caller: Callable[[], str]) -> str:
        try:
            found = known.get(key)
        except TypeError:
            return caller()
        if found is None:
            if len(known) >= REMEMBERED:
                known.clear()
            found = known[key] = caller()
        return found

    return remember
