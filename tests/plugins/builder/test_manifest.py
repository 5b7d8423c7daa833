"""The manifest: sorted lines, found and changed in place, the same as if it were written anew."""

from __future__ import annotations

import hashlib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from plugins.builder.manifest import MANIFEST, Manifest

PATHS = st.lists(st.sampled_from("abя0-."), min_size=1, max_size=3).map("".join)
FILES = st.dictionaries(st.lists(PATHS, min_size=1, max_size=3).map("/".join), st.binary(max_size=2).map(
    lambda content: hashlib.sha256(content).hexdigest()), max_size=12)


@given(FILES, FILES, st.data())
def test_changes_come_out_as_if_it_were_written_anew(files: dict[str, str], new: dict[str, str],
                                                      data: st.DataObject) -> None:
    gone = data.draw(st.sets(st.sampled_from(sorted(files)))) if files else set()
    after = Manifest.of(files).with_changes(new | dict.fromkeys(gone - new.keys(), ""))
    whole = {path: digest for path, digest in {**files, **new}.items() if path in new or path not in gone}
    assert after.raw == Manifest.of(whole).raw and after.files == whole and [*after] == sorted(whole)
    assert after.digest == (hashlib.sha256(after.raw).hexdigest() if whole else "")


@given(FILES)
def test_each_folder_has_its_own_names(files: dict[str, str]) -> None:
    manifest = Manifest(Manifest.of(files).raw)
    for folder in {"", *(path.rpartition("/")[0] for path in files)}:
        expected = [path.rpartition("/")[2] for path in sorted(files) if path.rpartition("/")[0] == folder]
        assert expected == manifest.in_folder(folder)
    assert all(manifest.get(path) == digest for path, digest in files.items()) and manifest.get("немає") == ""


def test_what_is_no_manifest_is_empty_or_of_no_use(tmp_path: Path) -> None:
    assert not Manifest.read(tmp_path).digest and len(Manifest.read(tmp_path)) == 0
    (tmp_path / MANIFEST).write_bytes(b"\xff\xfe\n\n")
    assert Manifest.read(tmp_path).digest and Manifest.read(tmp_path).get("index.html") == ""
