"""Звіти: what was done in a year, in chapters, charts and tables.

Gives the reader the figures against last year and the plan, charts that are told in words too, the chapters with a
table of contents, the files, and the whole report as one document.
"""

from __future__ import annotations

from plugins.records import publish, show_samples, view

from . import model, pages


def register() -> None:
    """Connect reports with their pages."""
    publish(model.Report, page=pages.page, pages=pages.lists_of_reports)
    view(pages.REPORTS)
    show_samples(pages.samples)
