"""Scripts are served in fewer bytes and do the same."""

import pytest

from plugins.builder import assets
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
