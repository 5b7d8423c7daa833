"""Posters: what is said fits and can be read, a press gets inks and bleed, a phone reads the code, nothing escapes."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import zxingcpp
from PIL import Image, ImageChops

from bench.posters import run
from bench.posters.checks import see
from bench.posters.titles import HOSTILE, Case, cases
from plugins.documents.model import FORMATS, PrintPhoto, pages_of, pdf
from plugins.documents.press import Unprintable
from plugins.documents.prints import ACCESSIBLE
from plugins.events.model import Event
from plugins.events.posters import _when, large
from plugins.events.sheets import PosterPicture, PosterSheet, as_, card_of, code_of
from plugins.media.encode import make
from plugins.media.model import Rendition
from plugins.records import Refused
from tests import pdf as readers
from tests.plugins.community import links, main_of, page_of, words

URL = "https://rada.yavoropil.example/podii/2026/09-13/"
MM = 72 / 25.4
POSTER = Case("Десятка над Яворинкою", False, "Благодійний забіг", ("10 км · 5 км · дитяча миля",),
              "Стадіон «Колос», вул. Стадіонна, 5", (("price", "Внесок 200 грн"), ("age", "Від 12 років"),
                                                     ("organizer", "Управління освіти")))
SMALLEST = 14
"""Pixels of the smallest letters of a card."""


def poster(design: str = "sport", **more: Any) -> PosterSheet:
    return replace(run.sheet(POSTER, design), **more)


def card(name: str, **more: Any) -> PosterSheet:
    return card_of(poster(**more), name)


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> PrintPhoto:
    """A busy picture with a red point at its focus and a place in its metadata."""
    image = Image.effect_noise((900, 600), 90).convert("RGB")
    image.paste((255, 0, 0), (690, 90, 750, 150))
    exif = Image.Exif()
    exif[0x010E] = "vul. Prykhovana, 7"
    file = tmp_path_factory.mktemp("photo") / "a.jpg"
    image.save(file, exif=exif)
    return PrintPhoto(file, "0123456789", "Стадіон", focus=(0.8, 0.2))


# ------------------------------------------------------------------------------- what fits

@pytest.mark.parametrize("number", range(20))
def test_a_title_fits_whole_on_a_solid_field_or_is_refused_with_its_field(number: int) -> None:
    told, case = run.Told(), cases(20)[number]
    run.try_one(case, run.DESIGNS[number % 6], told)
    assert told.faults == []
    assert told.tame_refused == []
    assert sum(told.fits.values()) + sum(told.refused.values()) == 8
    assert all(name.endswith(("DOCUMENT-FIT", "DOCUMENT-SIGN")) for name in told.fields)


@pytest.mark.parametrize("design", run.DESIGNS)
@pytest.mark.parametrize("name", FORMATS)
def test_letters_of_a_card_are_large_and_contrast_enough(design: str, name: str) -> None:
    sheet = card(name, design=design)
    seen = see(pages_of(sheet, standards=ACCESSIBLE)[0], run.expected(sheet),
               free=run.STORY if name == "1080x1920" else (0, 0))
    assert seen.faults == ()
    assert seen.contrast >= 4.5
    assert seen.size >= SMALLEST


@pytest.mark.parametrize("design", run.DESIGNS)
def test_words_never_stand_on_a_photo(design: str, photo: PrintPhoto) -> None:
    for name in FORMATS:
        sheet = card(name, design=design, photo=photo)
        assert see(pages_of(sheet, standards=ACCESSIBLE)[0], run.expected(sheet)).faults == ()


@pytest.mark.parametrize("palette", ["night", "gold", "day", "dusk"])
@pytest.mark.parametrize("colours", [("#5a1020", "#f3d9b1"), ("#0b5d3b", "#ffe14d"), ("#000000", "#ffffff")])
def test_other_colours_of_a_council_can_be_read_too(palette: str, colours: tuple[str, str]) -> None:
    brand = replace(run.BRAND, colours=(("navy", colours[0]), ("wheat", colours[1]), ("band_a", colours[0]),
                                        ("band_b", colours[1])))
    for design in run.DESIGNS:
        assert see(pdf(poster(design, brand=brand, palette=palette)), ()).faults == ()


def test_the_headline_that_does_not_fit_is_named_with_file_line_and_letters() -> None:
    with pytest.raises(Refused) as caught:
        card("1080x1080", headline="слово " * 90).draw()
    assert re.fullmatch(r"content/events/2026/a\.md:9: poster\.headline: не вміщується: задовге приблизно на \d+"
                        r"\u00a0знак(?:|и|ів)\. Скоротіть\. \[DOCUMENT-FIT\]", str(caught.value.findings[0]))


def test_no_line_of_a_headline_is_left_short() -> None:
    made = pages_of(card("1080x1350", headline=large("Громадське обговорення бюджету нашої громади рік")),
                    standards=ACCESSIBLE)[0]
    lines: dict[float, list[float]] = {}
    letters = [letter for letter in readers.letters_of(made) if "Unbounded" in letter["fontname"]]
    for letter in letters:
        if letter["matrix"][5] > min(one["matrix"][5] for one in letters) + 1:  # the day stands lowest
            lines.setdefault(round(letter["bottom"]), []).extend((letter["x0"], letter["x1"]))
    lengths = [max(sides) - min(sides) for sides in lines.values()]
    assert len(lengths) > 1
    assert min(lengths) > 0.45 * max(lengths)


# ------------------------------------------------------------------------------- hostile words

@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_words_are_printed_as_they_are_or_refused(title: str) -> None:
    case = replace(POSTER, title=title)
    sheet = run.sheet(case, "fair")
    try:
        made = pdf(sheet)
    except (Refused, Unprintable) as refused:
        assert "Traceback" not in str(refused)
        return
    assert see(made, run.expected(sheet)).faults == ()
    assert b"root:" not in made


def test_the_next_poster_is_not_harmed_by_a_hostile_one() -> None:
    before = pdf(poster())
    for title in HOSTILE[:12]:
        with pytest.MonkeyPatch.context():
            try:
                pdf(run.sheet(replace(POSTER, title=title), "fair"))
            except (Refused, Unprintable):
                continue
    assert pdf(poster()) == before


@pytest.mark.parametrize(("title", "sign"), [("Джаз 🎷", "🎷"), ("שלום", "ש"), ("漢字", "漢")])
def test_a_sign_that_no_font_has_is_named(title: str, sign: str) -> None:
    with pytest.raises(Refused) as caught:
        pdf(poster(headline=title))
    assert f"знака «{sign}» (U+{ord(sign):04X}) немає в шрифтах" in str(caught.value)


# ------------------------------------------------------------------------------- the file for screens

@pytest.mark.parametrize("design", run.DESIGNS)
def test_the_poster_for_screens_is_accessible(design: str) -> None:
    made = pdf(poster(design))
    assert readers.faults(made) == []
    assert readers.standards(made) == ("2A", "1")
    tree = readers.elements(made)
    assert [item.alt for item in tree if item.name == "Figure"] == [
        "Малюнок.", "Герб: Яворопільська міська територіальна громада", f"QR-код: {URL}"]
    assert [item.name for item in tree if item.name in ("H1", "Link")] == ["H1", "Link", "Link"]


def test_a_screen_reader_has_nothing_against_it(photo: PrintPhoto) -> None:
    assert readers.spoken_faults(pdf(poster("concert", photo=photo))) == []


def test_its_address_is_a_link() -> None:
    with pikepdf.open(io.BytesIO(pdf(poster()))) as made:
        assert {str(note.A.URI) for note in made.pages[0].Annots} == {URL}  # type: ignore[attr-defined]


def test_the_same_poster_is_the_same_bytes() -> None:
    assert pdf(poster()) == pdf(poster())
    assert run.press_of(poster()) == run.press_of(poster())


# ------------------------------------------------------------------------------- the file for a press

@pytest.fixture(scope="module")
def press(photo: PrintPhoto) -> dict[str, bytes]:
    """Files for a press by design; one of them has a photo."""
    made = {design: run.press_of(poster(design)) for design in run.DESIGNS}
    return made | {"photo": run.press_of(poster("fair", photo=replace(photo, is_in_inks=True)))}


def test_a_press_gets_no_colours_of_a_screen(press: dict[str, bytes]) -> None:
    for name, content in press.items():
        with pikepdf.open(io.BytesIO(content)) as made:
            streams = list(made.pages) + [
                item for item in made.objects
                if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == pikepdf.Name.Form]
            used = {str(step.operator) for stream in streams for step in pikepdf.parse_content_stream(stream)}
            assert {"k"} <= used, name
            assert not used & {"rg", "RG", "g", "G", "cs", "CS", "sc", "SC", "scn", "SCN", "sh", "BI"}, name
            pictures = [item for item in made.objects
                        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == pikepdf.Name.Image]
            assert all(item.ColorSpace == pikepdf.Name.DeviceCMYK for item in pictures), name
            assert bool(pictures) is (name == "photo")


def test_sheets_are_a4_a3_a2_with_bleed_round_them(press: dict[str, bytes]) -> None:
    boxes = readers.boxes_of(press["fair"])
    sizes = [((box["TrimBox"][2] - box["TrimBox"][0]) / MM, (box["TrimBox"][3] - box["TrimBox"][1]) / MM)
             for box in boxes]
    assert [(round(wide, 1), round(high, 1)) for wide, high in sizes] == [(210, 297), (297, 420), (420, 594)]
    for box in boxes:
        assert [round(abs(one - other) / MM, 2) for one, other in zip(box["TrimBox"], box["BleedBox"], strict=True)
                ] == [3, 3, 3, 3]


@pytest.mark.parametrize("design", run.DESIGNS)
def test_ink_reaches_over_the_cut_and_marks_stand_outside_of_the_bleed(design: str, press: dict[str, bytes]) -> None:
    image = readers.pixels_of(press[design], ppi=100)
    slug, bleed = round(10 / 25.4 * 100), round(3 / 25.4 * 100)
    top, foot = ([image.getpixel((x, y)) for x in range(slug - bleed + 2, image.width - slug + bleed - 2, 7)]
                 for y in (slug - bleed + 2, image.height - slug + bleed - 3))
    printed = [sum(pixel != (255, 255, 255) for pixel in row) / len(row) for row in (top, foot)]
    assert max(printed) > 0.25  # hearing and fair are in part on bare paper, the band of a city's day is too
    outside = image.crop((0, 0, slug - bleed - 1, slug - bleed - 1))
    assert outside.getcolors() == [(outside.width * outside.height, (255, 255, 255))]
    row = [image.getpixel((x, slug)) for x in range(slug - bleed - 6)]
    assert min(sum(pixel) for pixel in row) < 500  # a mark


def test_letters_of_a_press_take_black_alone(press: dict[str, bytes]) -> None:
    """Ink of the code is black: four inks would never meet."""
    with pikepdf.open(io.BytesIO(press["hearing"])) as made:
        fills = {tuple(map(float, step.operands)) for step in pikepdf.parse_content_stream(made.pages[0])
                 if str(step.operator) == "k"}
    assert (0, 0, 0, 1) in fills
    assert all(sum(fill) <= 2.61 for fill in fills)


# ------------------------------------------------------------------------------- the code

def read_code(image: Any) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(image)]


@pytest.mark.parametrize("design", run.DESIGNS)
def test_a_phone_reads_the_code_from_every_picture(design: str) -> None:
    for name in FORMATS:
        sheet = card(name, design=design)
        made = Image.open(io.BytesIO(make(Rendition(f"a/{name}.png", sheet, FORMATS[name][0])))).convert("RGB")
        assert read_code(made) == ([] if name == "1200x630" else [URL])
    assert read_code(as_(PosterPicture, poster(design)).draw()) == [URL]


def test_a_phone_reads_the_code_from_paper(press: dict[str, bytes]) -> None:
    for name, content in press.items():
        assert [read_code(readers.pixels_of(content, page, 60)) for page in range(3)] == [[URL]] * 3, name


def test_the_code_is_thirty_millimetres_wide_on_paper() -> None:
    found = zxingcpp.read_barcodes(readers.pixels_of(pdf(poster()), ppi=254))[0].position
    assert found.top_right.x - found.top_left.x >= 300


def test_the_code_bears_a_stain() -> None:
    image = readers.pixels_of(pdf(poster()), ppi=100)
    corner = zxingcpp.read_barcodes(image)[0].position.bottom_right
    image.paste((0, 0, 0), (corner.x - 30, corner.y - 30, corner.x - 12, corner.y - 12))
    assert read_code(image) == [URL]


def test_a_long_address_makes_a_denser_code_of_the_same_size() -> None:
    long = code_of("https://rada.dovha-nazva-hromady.example/sait/podii/2026/duzhe-dovhyi-identyfikator-podii/")
    assert len(long.rows) > len(code_of(URL).rows)
    assert see(pdf(poster(code=long)), ()).faults == ()


# ------------------------------------------------------------------------------- photos

def test_a_photo_is_cut_round_its_focus_in_every_format(photo: PrintPhoto) -> None:
    for name in FORMATS:
        drawn = card(name, design="hearing", photo=photo).draw()
        red, green, blue = drawn.split()
        spot = ImageChops.darker(red, ImageChops.invert(ImageChops.lighter(green, blue)))
        assert sum(spot.histogram()[200:]) > 400, name


def test_a_poster_tells_nothing_of_where_a_photo_was_taken(photo: PrintPhoto) -> None:
    assert b"Prykhovana" in photo.file.read_bytes()
    for content in (pdf(poster(photo=photo)), run.press_of(poster(photo=replace(photo, is_in_inks=True)))):
        with pikepdf.open(io.BytesIO(content)) as made:
            assert all(b"Prykhovana" not in item.read_raw_bytes() for item in made.objects
                       if isinstance(item, pikepdf.Stream))


def test_a_busy_photo_makes_no_heavy_card(photo: PrintPhoto) -> None:
    for name, size in FORMATS.items():
        made = make(Rendition(f"a/{name}.png", card(name, design="remembrance", photo=photo), size[0]))
        assert len(made) <= 300_000, name
        assert Image.open(io.BytesIO(made)).size == size


# ------------------------------------------------------------------------------- the page

def test_the_page_offers_the_poster_and_shows_it_to_networks(community: Path) -> None:
    page = page_of(community, "podii/2026/12-06")
    assert page.xpath("//meta[@property='og:image']/@content") == [
        "https://mala.example/podii/2026/12-06/afisha-1200x630.png"]
    assert page.xpath("//meta[@property='og:image:alt']/@content")[0].startswith("Афіша: ")
    offered = links(main_of(community, "podii/2026/12-06"))
    assert offered["Афіша"] == "/podii/2026/12-06/afisha-web.pdf"
    assert offered["Афіша для друкарні"] == "/podii/2026/12-06/afisha-druk.pdf"
    for name, size in FORMATS.items():
        file = community / f"podii/2026/12-06/afisha-{name}.png"
        assert Image.open(file).size == size
        assert file.stat().st_size <= 300_000


def test_the_poster_says_what_the_event_says(community: Path) -> None:
    text = readers.text_of((community / "podii/2026/12-06/afisha-web.pdf").read_bytes())
    for told in ("Щедрик", "6 грудня", "16:00–18:00", "Палац культури"):
        assert told in text
    assert read_code(Image.open(community / "podii/2026/12-06/afisha-1080x1080.png").convert("RGB")) == [
        "https://mala.example/podii/2026/12-06/"]


def test_a_cancelled_event_invites_nobody(community: Path) -> None:
    assert not list((community / "podii/2026/12-12").glob("afisha*"))
    assert "Афіша" not in words(main_of(community, "podii/2026/12-12"))


@pytest.mark.parametrize(("first", "last", "told"), [
    ("2026-09-13T10:00", "2026-09-15T18:00", "13–15 вересня"),
    ("2026-06-30T10:00", "2026-07-02T18:00", "30 червня — 2"),
    ("2026-05-10T10:00", "2027-05-15T18:00", "10 травня — 15 травня"),
    ("2026-05-10T19:00", "2026-05-11T02:00", "10 травня")])
def test_days_are_joined_only_within_one_month_of_one_year(first: str, last: str, told: str) -> None:
    event = Event.model_construct(starts_at=datetime.fromisoformat(first), ends_at=datetime.fromisoformat(last))
    assert readers.plain(_when(event)).replace("\u2060", "").startswith(told)
    assert ("—" in _when(event)) == ("—" in told)
