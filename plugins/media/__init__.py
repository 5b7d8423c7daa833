"""Світлини й рисунки: photos in the right size that reveal nothing, posters, cards for social networks.

Gives the reader pictures of a few kilobytes with the words that stand for them, and the person in a photo the
certainty that neither place nor device of the shot is published.

Attachments (`attachment_text.py`): what words stand in a PDF or DOCX, for the search. The council's arms
(`plain_svg.py`): a drawing of plain shapes, which documents print too.
"""

from __future__ import annotations

from plugins import records

from . import model
from .write import picture


def register() -> None:
    """Connect: images of texts, their check at the door, the files that pages asked for."""
    records.print_pictures(model.print_picture, model.check_picture, picture)
