"""Звіти: what was done in a year, in chapters, figures and tables.

Gives the reader the figures against last year and the plan, the chapters with a table of contents, and the files.
"""

from __future__ import annotations

from plugins.records import publish, view

from . import model, pages


def register() -> None:
    """Connect reports with their pages."""
    publish(model.Report, page=pages.page, pages=pages.lists_of_reports)
    view(pages.REPORTS)
