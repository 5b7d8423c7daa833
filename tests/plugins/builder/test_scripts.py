"""Scripts are served in fewer bytes and do the same."""

import os

import pytest

from plugins.builder import assets, changes
from plugins.builder.scripts import plain_script, small_script


def test_comments_and_indentation_go():
    assert "let a = 1;\nif (a) {\nopen(); // why not\n}\n" == plain_script(
        "// Why.\nlet a = 1;\n\nif (a) {\n  // Here too.\n  open(); // why not\n}\n")


@pytest.mark.parametrize(("source", "served"), [
    ("const a = [1, 2];\n", "let a=[1,2];"),
    ("const text = \"a  , b\" + `c  ${ d }`;\n", "let text=\"a  , b\"+`c  ${ d }`;"),
    ("let is = (it) => / +, [/ ] x$/.test(it) || a / b / c;\n", "let is=(it)=>/ +, [/ ] x$/.test(it)||a/b/c;"),
    ("if (a) return b;\nelse c()\nd();\n", "if(a)return b;else c()\nd();"),
    ("return { ...a, b };\n", "return{...a,b};"),
    ("a + +b; a + ++b; typeof c;\n", "a+ +b;a+ ++b;typeof c;"),
])
def test_spaces_go_where_nothing_needs_them(source, served):
    assert served == small_script(source).strip()


def test_numbers_stand_for_their_names():
    assert "let a=4*1.5+`${4}`.TITLE;" == small_script(
        "const TITLE = 4;\nconst EXACT = 1.5;\nlet a = TITLE * EXACT + `${TITLE}`.TITLE;\n").strip()


def test_functions_and_constants_have_short_names_if_nothing_else_has_them():
    source = ("const OFTEN = [1];\nfunction sumOf(x) {\n  return [...sumOf(x), x.map(sumOf)] + OFTEN;\n}\n"
              "function row(y) {\n  return { row };\n}\nexport function open() {}\n")
    assert ("let C=[1];function A(x){return[...A(x),x.map(A)]+C}\nfunction row(y){return{row}}\n"
            "export function open(){}") == small_script(source).strip()


def test_reader_of_the_search_has_a_lasting_address(tmp_path):
    folder = tmp_path / "static" / "js"
    folder.mkdir(parents=True)
    (folder / "search.js").write_text("// Why.\nexport const a = 1;\n", encoding="utf-8")
    (folder / "other.js").write_text("let b;\n", encoding="utf-8")
    theme = assets.collect(tmp_path, "", tmp_path / "cache", "engine")
    files = {file.path: file for file in theme.files}
    address, _, digest = theme.addresses["js/search.js"].partition("?v=")
    assert "/search/search.js" == address and digest == files["search/search.js"].inputs
    assert theme.addresses["js/other.js"].startswith("/theme/js/other.")


def test_a_file_of_the_theme_saved_while_a_build_runs_does_not_stay_under_the_digest_of_before(tmp_path, monkeypatch):
    monkeypatch.setattr(changes, "TICK", 0)
    file = tmp_path / "static" / "js" / "other.js"
    file.parent.mkdir(parents=True)
    plans = []
    for second, text in enumerate(("let b;\n", "let c;\n", "let b;\n")):
        file.write_text(text, encoding="utf-8")
        os.utime(file, (second, second))
        assets._contents.cache_clear()
        plans.append([assets.collect(tmp_path, "", tmp_path / "cache", "engine").addresses for _ in "ab"])
    assert plans[0] == plans[2] != plans[1]
    assert len([*(tmp_path / "cache" / "made").iterdir()]) == 3
