"""The plain text of the emergency page keeps to its limit whatever the register holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.conftest import build_folder


def test_a_long_register_is_cut_at_a_line(lay_out: Callable[[str], Path], tmp_path: Path) -> None:
    folder = lay_out("valid/community")
    rows = "".join(f's{i + 10},shelter,Укриття {i},"вул. Довга, {i}",,,,,,,\n' for i in range(200))
    with (folder / "data/places.csv").open("a", encoding="utf-8") as file:
        file.write(rows)
    assert build_folder(folder, tmp_path / "out") == (0, [])
    raw = (tmp_path / "out/bezpeka.txt").read_bytes()
    assert len(raw) <= 2_000
    assert raw.decode("utf-8").endswith("Далі — на сайті: /bezpeka/ukryttia/\n")
