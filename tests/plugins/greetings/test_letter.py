"""A greeting on paper and in social networks: what is read there, how it looks, when it is made again."""

from __future__ import annotations

import io
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pdfplumber
import pymupdf
import pytest
from PIL import Image

from plugins.documents import prints
from plugins.documents.model import FORMATS, Brand, Card, PrintPhoto, flow, pdf
from plugins.documents.press import TEMPLATES, DoesNotFit, press
from plugins.documents.prints import Origin, as_data, pages_of
from plugins.greetings.letter import Letter
from plugins.media.encode import CARD_BYTES, make
from plugins.media.model import Rendition
from plugins.records import Refused
from tests import conftest
from tests.conftest import build_folder, lay_site, tree_of
from tests.pdf import elements, faults, letters_of, pixels_of, plain, spoken_faults, standards, text_of
from tests.plugins.community import links, main_of, page_of

TONES = ("joy", "professional", "remembrance")
BRAND = Brand(
    name="Яворопільська міська рада", name_genitive="Яворопільської міської ради", executive="",
    community="Яворопільська громада", settlement="м. Яворопіль", region="", address="вул. Соборна, 14",
    phone="(03200) 4-14-00", email="rada@yavoropil.example", site="https://rada.example",
    colours=(("navy", "#173058"), ("wheat", "#d9a437"), ("band_a", "#c1121f"), ("band_b", "#2a9d4a")),
    arms=(TEMPLATES / "arms.svg").read_text(encoding="utf-8"))
RED, GREEN = (0xC1, 0x12, 0x1F), (0x2A, 0x9D, 0x4A)
"""Threads of the band that nothing else is drawn with."""
PARAGRAPH = "Дякуємо за витримку, за світло в оселях, за те, що ми є одне в одного і тримаємося разом. "
HOSTILE = ('#read("/etc/passwd")', "#panic()", "*a* _b_ = c", "\\", "$x^2$", '"] #[', "// a", "/* a */", "<b>&amp;</b>",
           "@ключ", "#eval(1)", "`код` ~ <мітка>")
LETTER = Letter(
    title="З Днем міста", brand=BRAND, on=date(2026, 9, 13), tone="joy", office="Міська голова",
    contacts=("вул. Соборна, 14", "(03200) 4-14-00"), recipient="", salutation="Дорогі земляки!",
    text=flow(f"<p>{PARAGRAPH * 2}</p><p>{PARAGRAPH}</p>"), sign_off="З повагою від імені громади",
    post="Міська голова", signer="Олена ЛЕВАДНА", day="13 вересня 2026 року", photo=None)
CARD = Card(title="З Днем Незалежності України", brand=BRAND, on=date(2026, 8, 24), tone="joy", kicker="Вітання",
            note="24 серпня 2026 року")


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> PrintPhoto:
    """A picture in which every pixel differs from its neighbours; green at its right edge."""
    image = Image.effect_noise((900, 600), 90).convert("RGB")
    image.paste((0, 255, 0), (800, 0, 900, 600))
    file = tmp_path_factory.mktemp("photo") / "a.jpg"
    image.save(file, quality=80)
    return PrintPhoto(file, "0123456789", "Площа", "Іван Франко", (1.0, 0.5))


# ----------------------------------------------------------------------------- the letter

@pytest.mark.parametrize("tone", TONES)
def test_every_voice_is_read_aloud_without_faults(tone: str) -> None:
    made = pdf(replace(LETTER, tone=tone, recipient="Педагогам громади"))
    assert faults(made) == []
    assert standards(made) == ("2A", "1")


def test_a_reader_for_the_blind_has_nothing_to_say(photo: PrintPhoto) -> None:
    assert spoken_faults(pdf(replace(LETTER, photo=photo))) == []


def test_a_letter_begins_with_its_head_and_ends_with_its_signature() -> None:
    text = text_of(pdf(replace(LETTER, recipient="Педагогам громади")))
    said = [text.index(part) for part in ("УКРАЇНА", "ЯВОРОПІЛЬСЬКА МІСЬКА РАДА", "(03200) 4-14-00",
                                          "Педагогам громади", "З Днем міста", "Дорогі земляки!", "Дякуємо",
                                          "З повагою", "ЛЕВАДНА", "13 вересня")]
    assert said == sorted(said)


def test_the_same_letter_has_the_same_bytes() -> None:
    assert pdf(LETTER) == pdf(LETTER)
    assert pages_of(CARD, form="png") == pages_of(CARD, form="png")


@pytest.mark.parametrize("text", HOSTILE)
def test_words_are_words(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    made = pdf(replace(LETTER, title=f"Назва {text}", salutation=text, text=flow(f"<p>Перше {escaped}</p>")))
    assert faults(made) == []
    assert text_of(made).count(plain(text)) >= 3


def test_a_short_text_and_a_longer_one_fill_one_sheet_in_letters_of_honest_size() -> None:
    for count in (1, 4, 10):
        made = pdf(replace(LETTER, text=flow(f"<p>{PARAGRAPH * 2}</p>" * count)))
        letters = letters_of(made)
        assert {letter["page"] for letter in letters} == {0}
        size = Counter(round(letter["size"], 1) for letter in letters).most_common(1)[0][0]
        assert 11 <= size <= 13.5


@pytest.mark.parametrize("count", [13, 14, 15, 16, 17, 30])
def test_a_long_text_goes_on_and_the_signature_is_never_alone(count: int) -> None:
    made = pdf(replace(LETTER, text=flow(f"<p>{PARAGRAPH * 3}</p>" * count)))
    with pdfplumber.open(io.BytesIO(made)) as opened:
        pages = [page.extract_text() for page in opened.pages]
    assert len(pages) >= 2
    assert faults(made) == []
    before = pages[-1][:pages[-1].index("З повагою")]
    assert before.count("Дякуємо") >= 1 and before.count("\n") >= 3
    for number, page in enumerate(pages[1:], start=2):
        assert page.startswith("Яворопільська міська рада З Днем міста")
        assert page.rstrip().endswith(str(number))


def test_a_day_of_remembrance_has_no_band() -> None:
    shades = {tone: colours_of(pixels_of(pdf(replace(LETTER, tone=tone)), ppi=200)) for tone in TONES}
    assert amount(RED, shades["joy"]) > 500 and amount(GREEN, shades["joy"]) > 500
    for tone in ("professional", "remembrance"):
        assert not amount(RED, shades[tone]) and not amount(GREEN, shades[tone])


@pytest.mark.parametrize("tone", TONES)
def test_all_of_a_letter_can_be_read(tone: str) -> None:
    made = pdf(replace(LETTER, tone=tone, recipient="Педагогам громади"))
    drawn = pixels_of(made, ppi=144)
    for letter in letters_of(made):
        assert contrast_in(drawn, letter, 2) >= 4.5, letter["text"]


def test_a_long_post_and_a_long_name_stand_apart_and_whole() -> None:
    post = "Перший заступник міського голови з питань діяльності виконавчих органів ради"
    name = "Володимир-Святослав НЕЧУЙ-ЛЕВИЦЬКИЙ-ДОРОШЕНКО"
    made = pdf(replace(LETTER, office="", post=post, signer=name))
    assert plain(f"{post} {name}") in text_of(made)
    with pdfplumber.open(io.BytesIO(made)) as opened:
        words = opened.pages[0].extract_words()
    end = next(word["bottom"] for word in words if word["text"] == "ради")
    assert end <= next(word["top"] for word in words if word["text"].startswith("Володимир"))
    assert len([word for word in words if word["bottom"] > end - 4 and word["text"] in post.split()]) > 3


def test_a_photo_in_another_encoding_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.svg"
    file.write_bytes('<svg xmlns="http://www.w3.org/2000/svg"><title>Їжак</title></svg>'.encode("cp1251"))
    origin = Origin((("title", "content/a.md", 1, "Заголовок"),), (file,))
    with pytest.raises(Refused, match="Збережіть його ще раз як SVG у кодуванні UTF-8"):
        pdf(replace(LETTER, photo=PrintPhoto(file, "0", "Їжак"), origin=origin))


def test_a_word_that_no_line_holds_is_told() -> None:
    with pytest.raises(DoesNotFit) as caught:
        pdf(replace(LETTER, salutation="Щ" * 80))
    assert caught.value.field == "salutation"


def test_a_photo_has_its_words_and_its_author(photo: PrintPhoto) -> None:
    made = pdf(replace(LETTER, photo=photo))
    assert "Площа" in [item.alt for item in elements(made)]
    assert "Іван Франко" in text_of(made)


# ----------------------------------------------------------------------------- the cards

CARDS = [replace(CARD, tone=tone, format=name, kicker="" if tone == "remembrance" else "Вітання")
         for tone in (*TONES, "") for name in FORMATS]


@pytest.mark.parametrize("card", CARDS, ids=lambda card: f"{card.tone or 'plain'}-{card.format}")
@pytest.mark.parametrize("has_photo", [False, True], ids=["words", "photo"])
def test_a_card_can_be_read_and_is_small(card: Card, has_photo: bool, photo: PrintPhoto) -> None:
    card = replace(card, photo=photo) if has_photo else card
    made = make(Rendition("kartka.png", card, card.size[0]))
    image = Image.open(io.BytesIO(made))
    assert image.size == FORMATS[card.format]
    assert len(made) <= CARD_BYTES
    drawn = image.convert("RGB")
    letters, whole = layout_of(card), card.draw()
    assert plain("".join(letter["text"] for letter in letters)).count("Незалежності") == 1
    for letter in letters:
        assert letter["size"] >= 14
        assert contrast_in(drawn, letter, 1) >= 4.5, letter["text"]
        assert letter["x0"] >= 24 and letter["x1"] <= image.width - 24
        assert is_on_one_colour(whole, letter)
    if card.format == "1080x1920":
        assert min(letter["top"] for letter in letters) >= 1920 * 0.13
        assert max(letter["bottom"] for letter in letters) <= 1920 * 0.83


def test_the_point_that_must_stay_stays(photo: PrintPhoto) -> None:
    for name in FORMATS:
        seen = colours_of(replace(CARD, photo=photo, format=name).draw())
        lost = colours_of(replace(CARD, photo=replace(photo, focus=(0.0, 0.5)), format=name).draw())
        green = [sum(count for (r, g, b), count in shades.items() if g > 200 and r < 90 and b < 90)
                 for shades in (seen, lost)]
        assert green[0] > 1_000
        assert name in ("1080x1080", "1080x1350", "1080x1920") or green[1] < green[0] / 10


@pytest.mark.parametrize("name", FORMATS)
def test_the_voice_of_a_card_is_seen(name: str) -> None:
    shades = {tone: colours_of(replace(CARD, tone=tone, format=name).draw()) for tone in (*TONES, "")}
    for tone in ("joy", ""):
        assert amount(RED, shades[tone]) > 500 and amount(GREEN, shades[tone]) > 500
    for tone in ("professional", "remembrance"):
        assert not amount(RED, shades[tone]) and not amount(GREEN, shades[tone])
    fields = {tone: sum(found.most_common(1)[0][0]) for tone, found in shades.items()}
    assert fields["remembrance"] < 3 * 60 and fields["professional"] > 3 * 200


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("title", ["Так", "Про тих, хто вийшов першим, і про тих, хто не повернувся додому цієї осені",
                                   "З Днем працівників радіо, телебачення та зв’язку України",
                                   "Яворопільводоканалсервіс: 65 років"])
def test_a_title_stays_between_the_edges(title: str, name: str) -> None:
    for tone in (*TONES, ""):
        letters = layout_of(replace(CARD, title=title, tone=tone, format=name))
        width, height = FORMATS[name]
        assert all(0 <= letter["x0"] and letter["x1"] <= width - 24 for letter in letters)
        assert all(0 <= letter["top"] and letter["bottom"] <= height for letter in letters)


@pytest.mark.parametrize("title", ["Слово " * 200, "Щ" * 300])
def test_a_title_that_fits_nowhere_is_refused(title: str) -> None:
    for name in FORMATS:
        with pytest.raises(DoesNotFit) as caught:
            replace(CARD, title=title, format=name).draw()
        assert caught.value.field == "title" and caught.value.over > 0


def test_a_line_may_be_small_but_not_endless() -> None:
    for name in FORMATS:
        sizes = {round(letter["size"]) for letter in layout_of(replace(CARD, line="Слово про людей " * 9, format=name))}
        assert min(sizes) >= 20
        with pytest.raises(DoesNotFit) as caught:
            replace(CARD, line="Слово про людей " * 90, format=name).draw()
        assert caught.value.field == "line"


def colours_of(image: Image.Image) -> Counter[tuple[int, ...]]:
    return Counter({colour: count for count, colour in image.getcolors(1 << 24) or []})  # type: ignore[misc]


def amount(colour: tuple[int, ...], shades: Counter[tuple[int, ...]]) -> int:
    """Pixels of a colour, or of what a printer's profile makes of it."""
    return sum(count for shade, count in shades.items()
               if all(abs(one - other) <= 14 for one, other in zip(shade, colour, strict=True)))


def layout_of(card: Card) -> list[dict[str, Any]]:
    """Signs of a card, each with its place in pixels."""
    data = as_data(card)
    files = {data["photo"]["file"]: card.photo.file.read_bytes()} if card.photo else {}
    with pdfplumber.open(io.BytesIO(press(card.template, data, files)[0])) as opened:
        return [letter for letter in opened.pages[0].chars if letter["text"].strip()]


def contrast_in(image: Image.Image, letter: dict[str, Any], scale: float) -> float:
    """The most that two pixels of a letter's box differ; 21 for what has no ink (a space)."""
    if not letter["text"].strip(" \u00a0\u2060\u00ad") or letter["text"] in ".,·’«»:–—-!":
        return 21
    shades = sorted(map(luminance, set(pixels(image, letter, scale))))
    return (shades[-1] + 0.05) / (shades[0] + 0.05)


def pixels(image: Image.Image, letter: dict[str, Any], scale: float = 1) -> list[tuple[int, int, int]]:
    """Those of a letter's box."""
    left, top, right, bottom = (int(letter[side] * scale) for side in ("x0", "top", "x1", "bottom"))
    data = image.crop((left, top, right + 1, bottom + 1)).tobytes()
    return list(zip(data[::3], data[1::3], data[2::3], strict=True))


def is_on_one_colour(image: Image.Image, letter: dict[str, Any]) -> bool:
    """True where a letter has a solid ground: no photo, no pattern."""
    found = pixels(image, letter)
    return Counter(found).most_common(1)[0][1] >= len(found) * 0.25


def luminance(pixel: tuple[int, int, int]) -> float:
    parts = [part / 255 for part in pixel]
    r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


# ----------------------------------------------------------------------------- beside the page

FILES = {"lyst.pdf", *(f"kartka-{name}.png" for name in FORMATS)}


def test_a_page_offers_its_letter_and_its_cards(community: Path) -> None:
    folder = community / "vitannia/2026/08-24"
    assert {file.name for file in folder.iterdir()} == FILES | {"index.html"}
    offered = links(page_of(community, "vitannia/2026/08-24").find_class("greeting-files")[1])
    assert {Path(address).name for address in offered.values()} == FILES
    image = page_of(community, "vitannia/2026/08-24").xpath("//meta[@property='og:image']/@content")[0]
    assert image.endswith("/vitannia/2026/08-24/kartka-1200x630.png")


@pytest.mark.parametrize("address", ["vitannia/2026/08-24", "vitannia/2026/11-21", "vitannia/2026/09-05"])
def test_a_letter_says_what_its_page_says(community: Path, address: str) -> None:
    sheet = main_of(community, address).find_class("greeting")[0]
    letter = text_of((community / address / "lyst.pdf").read_bytes()).casefold()
    said = re.findall(r"[\w’]+", " ".join(sheet.itertext()).casefold())
    rest = iter(re.findall(r"[\w’]+", letter))
    assert [word for word in said if word not in rest] == []


def test_a_letter_to_a_person_names_that_person_in_the_dative(community: Path) -> None:
    assert "Депутату Олесю Бондар" in text_of((community / "vitannia/2026/09-05/lyst.pdf").read_bytes())


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The site with one greeting more: the first of each voice are samples in the brand book too."""
    folder = lay_site(tmp_path / "site", "valid/community")
    year = folder / "content/greetings/2026"
    shutil.copy(next(year.glob("08-24*")), year / "08-25-день.md")
    return folder


@pytest.fixture
def pressed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Titles of what is printed, in order; nothing that another test has kept is taken instead."""
    told: list[str] = []

    def watched(template: str, data: Any, *rest: Any, **options: Any) -> list[bytes]:
        told.append(f"{template} {data['title']}")
        return press(template, data, *rest, **options)

    monkeypatch.setattr(prints, "press", watched)
    monkeypatch.setattr(conftest, "shared", tuple)
    yield told


def greeting(site: Path) -> Path:
    return site / "content/greetings/2026/08-25-день.md"


def test_one_changed_greeting_makes_one_letter_and_its_cards_again(site: Path, pressed: list[str]) -> None:
    assert build_folder(site, site / "out")[0] == 0
    assert len([name for name in pressed if name == "letter.typ З\u00a0Днем Незалежності"]) >= 2
    pressed.clear()
    file = greeting(site)
    file.write_text(file.read_text(encoding="utf-8").replace("title: З Днем", "title: Із Днем"), encoding="utf-8")
    assert build_folder(site, site / "out")[0] == 0
    assert Counter(pressed) == {"letter.typ Із\u00a0Днем Незалежності": 1, "card.typ Із\u00a0Днем Незалежності": 4}
    pressed.clear()
    file.write_text(file.read_text(encoding="utf-8") + "\nГероям слава!\n", encoding="utf-8")
    assert build_folder(site, site / "out")[0] == 0
    assert pressed == ["letter.typ Із\u00a0Днем Незалежності"]


def test_two_folders_have_the_same_files(site: Path, tmp_path: Path) -> None:
    shutil.copytree(site, tmp_path / "other" / "site")
    for folder in (site, tmp_path / "other" / "site"):
        assert build_folder(folder, folder / "out")[0] == 0
    one, other = (tree_of(folder / "out" / "vitannia") for folder in (site, tmp_path / "other" / "site"))
    assert one == other


def test_a_title_too_long_for_a_card_is_told_and_the_site_stays(site: Path) -> None:
    assert build_folder(site, site / "out")[0] == 0
    before = tree_of(site / "out")
    file = greeting(site)
    file.write_text(file.read_text(encoding="utf-8").replace("title: З Днем", f"title: {'З великим днем ' * 30}"),
                    encoding="utf-8")
    status, lines = build_folder(site, site / "out")
    assert status == 1
    assert all(re.search(r"08-25.*\.md:2: Заголовок: не вміщується.*\[DOCUMENT-FIT\]", line) for line in lines), lines
    assert tree_of(site / "out") == before


def test_a_card_may_say_it_shorter(site: Path, pressed: list[str]) -> None:
    file = greeting(site)
    file.write_text(file.read_text(encoding="utf-8").replace(
        "title: З Днем", f"card:\n  heading: Нам 35\n  line: Разом\ntitle: {'З великим днем ' * 20}"), encoding="utf-8")
    assert build_folder(site, site / "out")[0] == 0
    assert pressed.count("card.typ Нам 35") == 4
    file.write_text(file.read_text(encoding="utf-8").replace("Нам 35", "Нам" * 90), encoding="utf-8")
    status, lines = build_folder(site, site / "out")
    assert status == 1
    assert all(re.search(r"08-25.*\.md:3: .*не вміщується", line) for line in lines), lines


def test_a_withdrawn_greeting_leaves_neither_letter_nor_cards(site: Path) -> None:
    file = greeting(site)
    file.write_text(file.read_text(encoding="utf-8").replace(
        "title: З Днем", "withdrawn:\n  at: 2026-09-01 09:00\n  reason: Помилка\n  basis: Доручення\ntitle: З Днем"),
        encoding="utf-8")
    assert build_folder(site, site / "out")[0] == 0
    assert {item.name for item in (site / "out/vitannia/2026/08-25").iterdir()} == {"index.html"}


def test_whoever_acts_for_the_mayor_signs_a_letter_as_such(tmp_path: Path) -> None:
    folder = lay_site(tmp_path / "site", "valid/every-kind")
    table = folder / "data/memberships.csv"
    table.write_text(table.read_text(encoding="utf-8").rstrip("\n") + "\n".join((
        "", "s1,bondar-oles,rada,secretary,секретар ради,2020-11-25,",
        "s2,bondar-oles,rada,member,в. о. міського голови,2026-08-20,2026-08-30", "")), encoding="utf-8")
    text = next((folder / "content/greetings").rglob("*.md"))
    text.write_text(text.read_text(encoding="utf-8").replace("lys-olena", "bondar-oles"), encoding="utf-8")
    assert build_folder(folder, tmp_path / "out") == (0, [])
    page = " ".join(main_of(tmp_path / "out", "vitannia/2026/08-24").text_content().replace("\u00a0", " ").split())
    letter = text_of((tmp_path / "out/vitannia/2026/08-24/lyst.pdf").read_bytes())
    assert "в. о. міського голови" in page.lower() and "секретар" not in page.lower()
    assert "в. о. міського голови" in plain(letter).lower() and "секретар" not in letter.lower()


def test_words_set_wide_stay_words_for_whoever_searches() -> None:
    with pdfplumber.open(io.BytesIO(pdf(LETTER))) as document:
        assert "УКРАЇНА" in (document.pages[0].extract_text() or "")
    with pymupdf.open(stream=pdf(LETTER)) as told:
        assert "УКРАЇНА" in told[0].get_text()
