"""The bench measures what it says: in turns, with the children's processor time, and refuses a program that fails."""
import json
import os
import subprocess
import sys

import pytest

from bench import archive, measure
from bench.measure import Contender, Cost
from tooling.bootstrap import ROOT, NotReady

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows does not tell what child processes cost")
BUSY = "import time\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass\n"
WRITE = "import pathlib\npathlib.Path('out').mkdir()\npathlib.Path('out/a').write_text('a')\n"
GENERATOR = '''
KINDS = [("novyny", 200, "Новини"), ("zvity", 6, "Звіти")]
class Words:
    def __init__(self, folder): pass
def make(words, kind, year, index, number):
    return f"{kind}/{year}/{index}.md"
def emit(document, out, engine):
    import pathlib
    path = pathlib.Path(out, engine, "content", document)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("текст")
'''


def contender(folder, code, name="a"):
    return Contender(name, (sys.executable, "-c", code), folder, folder / "out", dict(os.environ))


def test_processor_time_of_children_counts(tmp_path):
    parent = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {BUSY!r}])"
    # From a small process, as the bench itself is: on Linux a child inherits the peak of the one it was forked from.
    script = """
import json, sys
from pathlib import Path
from bench import measure
folder = Path(sys.argv[2])
cost = measure.measure(measure.Contender("a", (sys.executable, "-c", sys.argv[1]), folder, folder / "out", {}))
print(json.dumps([cost.wall, cost.cpu, cost.memory]))
"""
    done = subprocess.run([sys.executable, "-c", script, parent, str(tmp_path)], cwd=ROOT, check=True,
                          capture_output=True, encoding="utf-8")
    cost = Cost(*json.loads(done.stdout), files=0)
    assert 0.3 <= cost.cpu <= cost.wall * 2 + 0.5
    assert 5 < cost.memory < 500


def test_output_is_emptied_and_counted(tmp_path):
    writer = contender(tmp_path, WRITE)
    assert [1, 1] == [cost.files for cost in measure.in_turns([writer], 2, lambda line: None)["a"]]


def test_programs_take_turns(tmp_path):
    told = []
    both = [contender(tmp_path, "pass", name) for name in "ab"]
    measure.in_turns(both, 2, told.append)
    assert ["1/2 a", "1/2 b", "2/2 a", "2/2 b"] == [line.partition(":")[0] for line in told]


def test_program_that_fails_ends_the_measurement(tmp_path):
    with pytest.raises(NotReady, match="a: код 3\nкінець"):
        measure.measure(contender(tmp_path, "print('кінець'); raise SystemExit(3)"))


def test_ratios_are_of_medians_to_pelican():
    costs = {"pelican": [Cost(2, 1, 10, 1), Cost(4, 1, 10, 1), Cost(99, 1, 10, 1)], "prozora": [Cost(1, 2, 5, 1)]}
    assert {"wall": 0.25, "cpu": 2.0, "memory": 0.5} == archive.ratios(costs)["prozora"]


def test_same_documents_are_laid_out_for_both(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "SCRATCH", tmp_path / "scratch")
    (tmp_path / "texts").mkdir()
    (tmp_path / "gen_corpus.py").write_text(GENERATOR, encoding="utf-8")
    for engine in ("pelican", "hugo"):
        (tmp_path / engine).mkdir()
        (tmp_path / engine / "settings").touch()
    sites, documents = archive.lay_out(tmp_path, tmp_path / "texts", 10)
    found = {engine: sorted(path.relative_to(sites / engine).as_posix() for path in (sites / engine).rglob("[0-9]*.md"))
             for engine in ("pelican", "hugo")}
    assert (21, 21, True) == (documents, len(found["hugo"]), found["hugo"] == found["pelican"])
    assert (sites / "hugo" / "content" / "novyny" / "_index.md").exists()
