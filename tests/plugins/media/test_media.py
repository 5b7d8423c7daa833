"""Pictures: right sizes, nothing revealed, nothing dangerous let through, the same bytes every time."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from plugins.builder.works import making_of
from plugins.documents.model import share_card
from plugins.media import encode, read, write
from plugins.media.model import Rendition, photo_of, print_picture
from plugins.news.model import News
from plugins.people.model import Council
from plugins.records import BadLink, Library, OutputFile, Source
from plugins.ukrainian import KYIV

NOW = datetime(2026, 11, 22, 12, tzinfo=KYIV)


def photo(size: tuple[int, int] = (1200, 800), kind: str = "JPEG", **options: Any) -> bytes:
    image = Image.radial_gradient("L").resize(size).convert("RGB")
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def bomb() -> bytes:
    """Sixty thousand bytes of 81 million pixels."""
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "GIF")
    return out.getvalue()


def news(folder: Path, name: str = "Міст.jpg", content: bytes | None = None, at: str = "2026-11-20 10:30") -> News:
    (folder / name).write_bytes(photo() if content is None else content)
    record = News.model_validate({"id": "11-20", "title": "Міст", "published_at": at,
                                  "image": {"src": name, "alt": "Міст через річку", "credit": "А. Автор"}})
    record._source = Source("content/index.md", str(folder / "index.md"), folder)
    return record


@pytest.fixture
def council() -> Council:
    found = Council.model_validate({
        "id": "mala", "name": "Мала міська рада", "name_genitive": "Малої міської ради", "community": "Мала громада",
        "community_genitive": "Малої громади", "settlement": "м. Мале", "tagline": "На видноті",
        "edrpou": "04053915", "katottg": "UA71020010000037786", "region": "Мала область", "address": "вул. Соборна, 1",
        "site": "https://mala.example", "council_id": "rada",
        "convocations": [{"number": "8", "starts_on": "2020-11-24", "seats": "3"}]})
    found._source = Source("data/council.yml", "council.yml", Path())
    return found


def made(library: Library) -> dict[str, bytes]:
    return {path: encode.make(rendition) for path, rendition in library.pictures.items()}


def test_a_photo_has_three_avifs_and_one_jpeg_and_is_never_enlarged(tmp_path: Path) -> None:
    library = Library([record := news(tmp_path)], NOW)
    shown = photo_of(record, record.image, library)
    assert shown
    assert [width for _, width in shown.avif] == [480, 960, 1200]
    assert (shown.width, shown.height) == (960, 640)
    assert shown.full == shown.avif[-1][0]
    sizes = {path: Image.open(io.BytesIO(content)).size for path, content in made(library).items()}
    assert {(480, 320), (960, 640), (1200, 800)} == set(sizes.values())
    assert sizes[shown.jpeg.lstrip("/")] == (960, 640)
    assert shown.jpeg.startswith("/media/mist.") and shown.jpeg.endswith("-960.jpg")


def test_a_small_photo_has_one_size(tmp_path: Path) -> None:
    record = news(tmp_path, content=photo((200, 100)))
    shown = photo_of(record, record.image, Library([record], NOW))
    assert shown and [width for _, width in shown.avif] == [200] and (shown.width, shown.height) == (200, 100)


def test_place_device_profile_and_comments_are_not_published(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[2] = (50.0, 27.0, 1.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    content = photo(exif=exif, icc_profile=profile, comment=b"SecretComment", xmp=b"<x:xmpmeta>SecretXmp</x:xmpmeta>")
    assert b"Secret" in content
    library = Library([record := news(tmp_path, content=content)], NOW)
    photo_of(record, record.image, library)
    for path, made_bytes in made(library).items():
        assert not any(word in made_bytes for word in (b"Secret", b"Exif", b"xmpmeta", b"ICC_PROFILE", b"acsp")), path
        opened = Image.open(io.BytesIO(made_bytes))
        assert not opened.getexif() and not {"icc_profile", "exif", "xmp", "comment"} & opened.info.keys(), path


def test_a_photo_is_turned_as_it_was_seen(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    library = Library([record := news(tmp_path, content=photo((1200, 800), exif=exif))], NOW)
    shown = photo_of(record, record.image, library)
    assert shown and (shown.width, shown.height) == (800, 1200)
    assert {Image.open(io.BytesIO(content)).size for content in made(library).values()} == {(480, 720), (800, 1200)}


@pytest.mark.parametrize("mode", ["L", "LA", "RGBA", "P", "CMYK", "1", "I;16"])
def test_every_kind_of_pixels_is_shown(mode: str, tmp_path: Path) -> None:
    source = Image.new("L", (40, 30), 120).convert("L" if mode == "I;16" else mode)
    if mode == "I;16":
        source = Image.new("I;16", (40, 30), 30_000)
    out = io.BytesIO()
    source.save(out, "JPEG" if mode == "CMYK" else "PNG")
    library = Library([record := news(tmp_path, "a.png", out.getvalue())], NOW)
    assert photo_of(record, record.image, library)
    assert len(made(library)) == 2


def test_the_same_photo_gives_the_same_bytes(tmp_path: Path) -> None:
    library = Library([record := news(tmp_path)], NOW)
    photo_of(record, record.image, library)
    assert made(library) == made(library)


def test_another_content_gets_another_name(tmp_path: Path) -> None:
    record = news(tmp_path)
    first = photo_of(record, record.image, Library([record], NOW))
    record = news(tmp_path, content=photo((1200, 801)))
    second = photo_of(record, record.image, Library([record], NOW))
    assert first and second and first.jpeg != second.jpeg


def test_a_record_that_waits_for_its_day_leaves_no_picture(tmp_path: Path) -> None:
    record = news(tmp_path, at="2026-12-01 10:00")
    library = Library([record], NOW)
    print_picture(record, "Міст.jpg", "Міст", "", library)
    assert photo_of(record, record.image, library) and not library.pictures


def test_an_image_of_a_text_is_a_figure_with_its_sizes(tmp_path: Path) -> None:
    library = Library([record := news(tmp_path)], NOW, base="/mala")
    html = print_picture(record, "Міст.jpg", 'Міст «А» & "Б"', "Підпис", library)
    assert html.startswith('<figure class="figure"><picture><source type="image/avif" srcset="/mala/media/mist.')
    assert 'alt="Міст «А» &amp; &#34;Б&#34;" width="960" height="640" loading="lazy"' in html
    assert html.endswith("<figcaption>Підпис</figcaption></figure>")
    assert len(library.pictures) == 4


def test_the_cache_spares_the_work_and_is_only_a_cache(tmp_path: Path) -> None:
    library = Library([record := news(tmp_path)], NOW)
    photo_of(record, record.image, library)

    def files() -> list[OutputFile]:
        return [write.picture(path, rendition) for path, rendition in library.pictures.items()]

    first = {file.path: making_of(file, tmp_path / "cache")() for file in files()}
    assert all(file.is_heavy for file in files())
    (tmp_path / "Міст.jpg").unlink()
    assert first == {file.path: making_of(file, tmp_path / "cache")() for file in files()}
    kept = sorted((tmp_path / "cache" / "made").iterdir())
    assert len(kept) == 4
    for file in kept:
        file.write_bytes(file.read_bytes()[:-1] + b"!")
    (tmp_path / "Міст.jpg").write_bytes(photo())
    assert first == {file.path: making_of(file, tmp_path / "cache")() for file in files()}


def test_a_cache_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"a file where a folder is due")
    (tmp_path / "Міст.jpg").write_bytes(photo())
    rendition = Rendition("media/a.1-40.jpg", tmp_path / "Міст.jpg", 40)
    assert making_of(write.picture(rendition.path, rendition), tmp_path / "cache")().startswith(b"\xff\xd8")


def refused(tmp_path: Path, name: str, content: bytes) -> str:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadLink) as caught:
        picture = read.read_picture(tmp_path / name)
        if fault := read.too_big(picture):
            raise fault
    assert caught.value.code
    return caught.value.code.name


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("part", [0.2, 0.5, 0.9])
def test_half_a_file_is_refused(kind: str, part: float, tmp_path: Path) -> None:
    content = photo((640, 400), kind)
    assert refused(tmp_path, "a.jpg", content[:int(len(content) * part)]) in ("PHOTO-BROKEN", "PHOTO-TYPE")


@pytest.mark.parametrize(("content", "code"), [
    (b"", "PHOTO-TYPE"), (b"%PDF-1.7", "PHOTO-TYPE"), (b"MZ" + b"\0" * 200, "PHOTO-TYPE"),
    (b"<html><script>alert(1)</script></html>", "PHOTO-TYPE"), (b"BM" + b"\0" * 100, "PHOTO-TYPE"),
    (photo((2561, 10), "PNG"), "PHOTO-BIG"), (photo((20, 10), "PNG") + b"\0" * 700_000, "PHOTO-BIG"),
    (bomb(), "PHOTO-BOMB"),
], ids=["empty", "pdf", "program", "html", "bmp", "wide", "heavy", "bomb"])
def test_what_is_no_picture_is_told_by_its_content(content: bytes, code: str, tmp_path: Path) -> None:
    assert refused(tmp_path, "a.jpg", content) == code


SVG = ('<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
       'viewBox="0 0 40 30"{}>{}</svg>')


@pytest.mark.parametrize(("attributes", "inside"), [
    ("", "<script>alert(1)</script>"), (' onload="alert(1)"', ""), ("", '<path ONCLICK="a()"/>'),
    ("", "<foreignObject><p>a</p></foreignObject>"), ("", '<image href="https://example.org/a.png"/>'),
    ("", '<image xlink:href="//example.org/a.png"/>'), ("", '<use href="other.svg#a"/>'),
    ("", '<a href="javascript:alert(1)"><path/></a>'), ("", '<image href="data:image/svg+xml;base64,AAAA"/>'),
    ("", "<style>@import url(https://example.org/a.css);</style>"),
    ("", '<rect fill="url(https://example.org/a.svg#b)"/>'), ("", '<rect style="background:url(//example.org)"/>'),
    ("", '<set attributeName="href" to="javascript:alert(1)"/>'), ("", '<animate attributeName="href" to="//x"/>'),
])
def test_a_drawing_with_a_program_or_a_way_out_is_refused(attributes: str, inside: str, tmp_path: Path) -> None:
    assert refused(tmp_path, "a.svg", SVG.format(attributes, inside).encode()) == "SVG-UNSAFE"


def test_a_drawing_with_entities_is_refused_before_it_is_read(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + SVG.format("", "&b;")
    assert refused(tmp_path, "a.svg", b'<?xml version="1.0"?>' + bomb.encode()) == "SVG-UNSAFE"


def test_a_clean_drawing_is_shown_as_it_is(tmp_path: Path) -> None:
    content = SVG.format("", '<defs><path id="a" d="M0 0h9"/></defs><use href="#a" fill="url(#b)"/>').encode()
    library = Library([record := news(tmp_path, "схема.svg", content)], NOW)
    shown = photo_of(record, record.image, library)
    assert shown and shown.jpeg.endswith(".svg") and (shown.width, shown.height, shown.avif) == (40, 30, ())
    assert list(made(library).values()) == [content]


@given(st.binary(max_size=400), st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF", b"<svg "]))
@settings(max_examples=150, deadline=None)
def test_no_bytes_bring_the_reader_down(noise: bytes, start: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "a.jpg")
        file.write_bytes(start + noise)
        try:
            read.read_picture(file)
        except BadLink as error:
            assert error.code and "a.jpg" in str(error)


def test_a_card_has_the_size_social_networks_ask_for(council: Council) -> None:
    library = Library([council], NOW)
    address = share_card(library, title="Рішення й документи", note="Мала громада", stem="рішення")
    assert address.startswith("/media/rishennia.") and address.endswith(".png")
    image = Image.open(io.BytesIO(made(library)[address.lstrip("/")]))
    assert image.size == (1200, 630) and image.format == "PNG"
