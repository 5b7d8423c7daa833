"""Fonts of the theme: whose they are, what they draw, how Typst sees them, and that anybody can make them again."""

from __future__ import annotations

import math
import shutil

import pypdfium2
import pytest
import typst
from fontTools.ttLib import TTFont

import tasks
from tooling import fonts, glyphs, program, stress

LOCK = fonts.read_lock()
FACES = pytest.mark.parametrize("face", LOCK["faces"], ids=lambda face: face["file"])
FAMILIES = pytest.mark.parametrize("family", LOCK["families"])
ALLOWED_BYTES = 2_000_000
RUSSIAN_FOUNDRIES = ("paratype", "typetype", "lebedev", "brownfox", "letterhead", "cstm fonts", "type.today")
PARATYPE_VENDOR = "PARA"
TIMES_WIDTHS = {
    400: {" ": 250, "0": 500, "A": 722, "M": 889, "W": 944, "a": 444, "m": 778, "і": 278, "о": 500, "А": 722},
    700: {" ": 250, "0": 500, "A": 722, "M": 944, "W": 1000, "a": 500, "m": 833, "і": 278, "о": 500, "А": 722},
}
"""Of Times, in thousandths of its size (Adobe's Core 14 metrics; Cyrillic letters as their Latin twins)."""
HARD_TEXT = "За́мок, мі́сто, ї́жа, є́дність, Ю́рій; кві‑тка, ліс-парк, 10⁷ м², CO₂, 25°, № 5\u202f₴ — «так» – ’ʼ"


@pytest.fixture(scope="module")
def seen():
    """The fonts as Typst finds them, with nothing of the machine's own."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.PRINT)])


def pdf(seen, face, text):
    """A PDF of the strictest standards with one text in one face, and the warnings."""
    source = f"""#set document(title: "Зразок")
        #set text(lang: "uk", font: "{face['family']}", weight: {face['weight']}, style: "{face['style']}",
                  size: 10pt, fallback: false)
        #sys.inputs.text"""
    return typst.Compiler(font_paths=seen).compile_with_warnings(
        source.encode(), format="pdf", sys_inputs={"text": text}, pdf_standards=["ua-1", "a-3a"])


def opened(face):
    return TTFont(fonts.PRINT / face["file"])


def name_table(font):
    return {record.nameID: record.toUnicode() for record in font["name"].names}


def test_every_font_is_the_one_in_the_lock():
    assert [] == fonts.check()


def test_fonts_are_light():
    assert sum(path.stat().st_size for path in fonts.PRINT.iterdir()) <= ALLOWED_BYTES


def test_the_packages_of_the_lock_make_the_same_bytes():
    assert [] == [fonts.shown(path) for path, make in fonts.recipes(LOCK, fonts.bring()) if path.read_bytes() != make()]


@FAMILIES
def test_licence_is_whole_and_reserves_no_name(family):
    text = (fonts.PRINT / LOCK["families"][family]["licence"]).read_text(encoding="utf-8")
    head, _, body = text.partition("SIL OPEN FONT LICENSE Version 1.1")
    assert head.startswith("Copyright ") and "OTHER DEALINGS IN THE FONT SOFTWARE" in body
    assert "reserved" not in head.lower()


@FACES
def test_name_table_agrees_with_the_licence(face):
    names = name_table(opened(face))
    assert "SIL Open Font License, Version 1.1" in names[13]
    assert "reserved" not in names[0].lower()
    assert names.get(16, names[1]) == face["family"]
    assert "changed for Prozora rada" in names[5]


@FACES
def test_no_font_is_of_a_russian_foundry(face):
    font = opened(face)
    told = " ".join(name_table(font).values()).lower()
    assert [] == [foundry for foundry in RUSSIAN_FOUNDRIES if foundry in told]
    assert font["OS/2"].achVendID != PARATYPE_VENDOR
    assert not face["family"].startswith("PT ")


@FACES
def test_a_face_may_be_put_into_documents_and_draws_what_the_lock_says(face):
    font = opened(face)
    assert font["OS/2"].fsType == 0
    assert set(font.getBestCmap()) == fonts.characters(LOCK, face["family"])


def test_typst_sees_these_faces_and_no_other(seen):
    assert {(face["family"], face["style"], face["weight"]) for face in LOCK["faces"]} == {
        (face.family, face.style, face.weight) for face in seen.fonts()}
    assert len(seen.fonts()) == len(LOCK["faces"])


@FACES
def test_typst_draws_every_character_of_a_face(seen, face):
    signs = " ".join(map(chr, sorted(fonts.characters(LOCK, face["family"]))))
    _, warnings = pdf(seen, face, signs)
    assert [] == warnings


def test_typst_refuses_a_character_that_a_face_has_not(seen):
    with pytest.raises(typst.TypstError, match="could not be displayed"):
        pdf(seen, LOCK["faces"][0], "漢")


@FACES
def test_text_is_read_from_a_pdf_as_it_was_written(seen, face):
    document = pypdfium2.PdfDocument(pdf(seen, face, HARD_TEXT)[0])
    read = document[0].get_textpage().get_text_range()
    assert HARD_TEXT.split() == read.split()


@FACES
def test_the_stress_mark_stands_over_its_vowel(face):
    """And touches nothing: its foot is above the letter, and on the axis of the letter within a tenth of an em."""
    font = opened(face)
    own, near = font.getBestCmap(), font["head"].unitsPerEm / 10
    slant = math.tan(math.radians(-font["post"].italicAngle))
    stressed = {left: each for left, each in ligatures(font).items() if left in {own[ord(v)] for v in stress.VOWELS}}
    assert len(stressed) == len(stress.VOWELS)
    for vowel, ligature in stressed.items():
        letter, mark = font["glyf"][ligature].components
        assert letter.glyphName == vowel
        centre, top = stress.head(glyphs.box(font, vowel))
        middle, foot = stress.foot(glyphs.box(font, mark.glyphName))
        axis = centre + slant * (foot + mark.y - glyphs.middle(font, vowel))
        assert middle + mark.x == pytest.approx(axis, abs=near), vowel
        assert foot + mark.y > top, vowel


def ligatures(font):
    """Glyphs of a vowel and the plain stress mark: the vowel's name → the name of both together."""
    mark = font.getBestCmap()[stress.ACUTE]
    tables = (table for lookup in font["GSUB"].table.LookupList.Lookup for table in lookup.SubTable
              if table.LookupType == 4)
    return {first: each.LigGlyph for table in tables for first, sets in table.ligatures.items()
            for each in sets if each.Component == [mark]}


@pytest.mark.parametrize("face", [face for face in LOCK["faces"] if face["family"] == "Tinos"
                                  and face["style"] == "normal"], ids=lambda face: face["file"])
def test_acts_are_set_in_the_widths_of_times(face):
    font = opened(face)
    own, unit = font.getBestCmap(), font["head"].unitsPerEm
    assert TIMES_WIDTHS[face["weight"]] == {
        letter: round(font["hmtx"][own[ord(letter)]][0] * 1000 / unit) for letter in TIMES_WIDTHS[face["weight"]]}


@FACES
def test_columns_of_figures_can_be_even(face):
    """All families but Arsenal, which sets no tables."""
    font = opened(face)
    widths = {font["hmtx"][font.getBestCmap()[ord(digit)]][0] for digit in "0123456789"}
    features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert len(widths) == 1 or "tnum" in features or face["family"] == "Arsenal"


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """The fonts of another clone, in which something may break."""
    for name in ("PRINT", "WEB"):
        folder = tmp_path / getattr(fonts, name).relative_to(fonts.ROOT)
        shutil.copytree(getattr(fonts, name), folder)
        monkeypatch.setattr(fonts, name, folder)
    monkeypatch.setattr(fonts, "ROOT", tmp_path)
    monkeypatch.setattr(fonts, "LOCK", fonts.PRINT / "fonts.toml")
    return fonts.PRINT


def test_a_font_that_is_not_as_locked_is_named(copied):
    (copied / "onest-400.ttf").write_bytes(b"")
    (copied / "tinos-400.ttf").unlink()
    (copied / "fixel-400.ttf").write_bytes(b"")
    assert ["theme/fonts/onest-400.ttf: не той, що в theme/fonts/fonts.toml.",
            "theme/fonts/tinos-400.ttf: немає файлу.",
            "theme/fonts/fixel-400.ttf: такого файлу немає в theme/fonts/fonts.toml."] == fonts.check()


def test_remaking_mends_fonts_and_hashes_and_leaves_the_rest(copied):
    written = fonts.LOCK.read_text(encoding="utf-8")
    (copied / "onest-400.ttf").write_bytes(b"")
    fonts.LOCK.write_text(written.replace('sha256 = "', 'sha256 = "0'), encoding="utf-8")
    assert ["theme/fonts/onest-400.ttf"] == fonts.remake(fonts.bring())
    assert written == fonts.LOCK.read_text(encoding="utf-8")


def test_the_command_checks_without_a_network(monkeypatch, capsys):
    monkeypatch.setattr(fonts, "bring", lambda: pytest.fail("asked for a package"))
    assert 0 == program.run(tasks.namespace, ["fonts", "--check"])
    assert "Шрифти ті самі, що в замку.\n" == capsys.readouterr().out
