"""What stands in the way of people who use a page with a screen reader, a keyboard, weak eyes: axe-core looks."""

from __future__ import annotations

import json

from playwright.sync_api import Page

from tests import tools

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
LOOK = """([inside, rules]) => axe.run(inside, {resultTypes: ['violations'], runOnly: rules})
  .then(found => JSON.stringify(found.violations.flatMap(fault => fault.nodes.map(node => [fault.id, node.html]))))"""
"""Only violations are gathered and sent: to describe all that is well takes three times as long."""


def barriers(page: Page, *more: str, inside: str = "html") -> list[tuple[str, str]]:
    """Each violation of WCAG 2.2 AA (and of `more` groups of rules): the rule, the element."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(tools.axe_source().read_text(encoding="utf-8"))
    return [(rule, element) for rule, element in json.loads(page.evaluate(LOOK, [inside, [*WCAG, *more]]))]
