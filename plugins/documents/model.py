"""The door of the room: print models, their parts, and how they become files."""

from .booklet import booklet, sheets_of
from .boxes import PressBoxes
from .brand import COLOURS, Brand, brand_of, site_of
from .cards import FORMATS, LINK, Card, Picture, card_beside, card_image_of, share_card
from .compact import packed
from .docx import word_file
from .flow import Flow, breakable, flow, in_print, on_paper, plain_flow, words_of
from .forms import NOT_AN_ORIGINAL, UNSIGNED, Forms, form_of, forms_of, has_form, place_of_adoption
from .inside import data_inside
from .prints import (
    FIT,
    Attached,
    Origin,
    PrintModel,
    PrintPhoto,
    digest_of,
    origin_of,
    pages_of,
    pdf,
    photo_for_print,
    printed,
)
from .samples import Sample, photo_of_sample
from .sheets import AnnexSheet, Form, FormSheet, Letterhead, OnForm, Signature

__all__ = [
    "COLOURS", "FIT", "FORMATS", "LINK", "NOT_AN_ORIGINAL", "UNSIGNED", "AnnexSheet", "Attached", "Brand", "Card",
    "Flow", "Form", "FormSheet", "Forms", "Letterhead", "OnForm", "Origin", "Picture", "PressBoxes", "PrintModel",
    "PrintPhoto", "Sample", "Signature", "booklet", "brand_of", "breakable", "card_beside", "card_image_of",
    "data_inside", "digest_of", "flow", "form_of", "forms_of", "has_form", "in_print", "on_paper", "origin_of",
    "packed", "pages_of", "pdf", "photo_for_print", "photo_of_sample", "place_of_adoption", "plain_flow", "printed",
    "share_card", "sheets_of", "site_of", "word_file", "words_of",
]
