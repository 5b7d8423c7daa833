"""Nothing vanishes: what was published stays, is withdrawn with a reason, or leads on to its new address."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from plugins.builder.options import BuildOptions
from plugins.builder.run import run
from plugins.builder.vanished import vanished
from plugins.records.report import Report, as_text
from tests.conftest import AS_OF, build_folder

NEWS = "---\ntitle: Новина\npublished_at: 2026-11-20 10:30\n{more}---\n\nТекст.\n"


def publish(site: Path, previous: str) -> tuple[int, list[str]]:
    report = Report()
    status = run(BuildOptions(site / "content", site / "data", site / "out", as_of=AS_OF, state=site / "cache",
                              search=False, public=True, previous=previous), report, quiet=True)
    return status, as_text(report)


def published(lay_out: Callable[[str], Path]) -> tuple[Path, Path, str]:
    site = lay_out("")
    folder = site / "content" / "news" / "2026"
    folder.mkdir(parents=True)
    (folder / "11-19.md").write_text(NEWS.format(more=""), encoding="utf-8")
    (folder / "11-20.md").write_text(NEWS.format(more=""), encoding="utf-8")
    assert build_folder(site, site / "out")[0] == 0
    manifest = site / "manifest-before.txt"
    manifest.write_bytes((site / "out" / "manifest.txt").read_bytes())
    return site, folder, str(manifest)


def test_a_removed_document_ends_the_public_build(lay_out: Callable[[str], Path]) -> None:
    site, folder, manifest = published(lay_out)
    (folder / "11-20.md").unlink()
    status, lines = publish(site, manifest)
    assert status == 1
    assert lines == ["/novyny/2026/11-20/: сторінка була на сайті й зникла. Додайте withdrawn або стару адресу в "
                     "aliases. [VANISHED]"]
    assert (site / "out" / "novyny" / "2026" / "11-20" / "index.html").is_file()


def test_a_withdrawn_document_keeps_its_page_as_a_notice(lay_out: Callable[[str], Path]) -> None:
    site, folder, manifest = published(lay_out)
    (folder / "11-20.md").write_text(NEWS.format(
        more="withdrawn:\n  at: 2026-11-21 10:00\n  reason: Помилкові дані\n  basis: Рішення суду\n"), encoding="utf-8")
    assert publish(site, manifest) == (0, [])
    page = (site / "out" / "novyny" / "2026" / "11-20" / "index.html").read_text(encoding="utf-8")
    assert "Помилкові дані" in page
    assert "Текст." not in page


def test_an_alias_leads_on_from_the_old_address(lay_out: Callable[[str], Path]) -> None:
    site, folder, manifest = published(lay_out)
    (folder / "11-20.md").rename(folder / "11-21.md")
    text = (folder / "11-21.md").read_text(encoding="utf-8")
    (folder / "11-21.md").write_text(text.replace("title:", "aliases: [/novyny/2026/11-20/]\ntitle:"), encoding="utf-8")
    assert publish(site, manifest) == (0, [])
    assert "/novyny/2026/11-21/" in (site / "out" / "novyny" / "2026" / "11-20" / "index.html").read_text("utf-8")


def test_only_the_history_of_an_unchanged_document_that_stands_may_go(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.txt"
    unchanged, changed, gone = (f"novyny/2026/11-2{day}/index.html" for day in range(3))
    histories = [f"istoriia/{path}" for path in (unchanged, changed, gone)]
    second = histories[1].replace("index", "2/index")
    elsewhere = f"arkhiv/{unchanged}"
    manifest.write_text("".join(f"0  {path}\n" for path in (*histories, second, elsewhere)), encoding="utf-8")
    found = [finding.path for finding in vanished(str(manifest), [unchanged, changed])]
    assert ["/istoriia/novyny/2026/11-21/", "/istoriia/novyny/2026/11-22/", "/arkhiv/novyny/2026/11-20/"] == found


def test_a_manifest_that_cannot_be_read_is_named(lay_out: Callable[[str], Path]) -> None:
    site, _, _ = published(lay_out)
    status, lines = publish(site, str(site / "nemaie.txt"))
    assert status == 1
    assert "[PREVIOUS]" in lines[0]
