"""The door of the room: print models, their parts, and how they become files."""

from .brand import COLOURS, Brand, brand_of
from .cards import FORMATS, LINK, Card, Picture, card_beside, card_image_of, share_card
from .flow import Flow, flow, in_print, plain_flow, words_of
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

__all__ = [
    "COLOURS", "FIT", "FORMATS", "LINK", "Attached", "Brand", "Card", "Flow", "Origin", "Picture", "PrintModel",
    "PrintPhoto", "Sample", "brand_of", "card_beside", "card_image_of", "digest_of", "flow", "in_print", "origin_of",
    "pages_of", "pdf", "photo_for_print", "photo_of_sample", "plain_flow", "printed", "share_card", "words_of",
]
