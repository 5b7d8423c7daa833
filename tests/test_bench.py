"""The bench measures what it says: in turns, children's costs too, the same documents, an editor's changes."""
import json
import os
import subprocess
import sys
import time
from dataclasses import replace

import pytest

import tasks
from bench import archive, corpus, log, measure, report, rolls, signers
from bench.measure import Contender, Cost
from tooling import program
from tooling.bootstrap import ROOT, NotReady

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows does not tell what child processes cost")
BUSY = "import time\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass\n"
WRITE = "import pathlib\npathlib.Path('out').mkdir()\npathlib.Path('out/a').write_text('a')\n"
GENERATOR = '''
KINDS = [("novyny", 200, "Новини"), ("zvity", 6, "Звіти")]
class Words:
    def __init__(self, folder): pass
def make(words, kind, year, index, number):
    return dict(kind=kind, year=year, title=f"Документ {index}", date=f"{year}-03-{index % 28 + 1:02d} 10:00",
                slug=f"{kind}-{index}", attachments=[f"/files/{index}.pdf"], photo="/media/1.jpg",
                body="![Фото](/media/1.jpg)\\n\\nТекст.\\n")
def emit(d, out, engine):
    import pathlib
    name = f"{d['kind']}/{d['year']}/{d['slug']}.md"
    path = pathlib.Path(out, engine, "content", name)
    path.parent.mkdir(parents=True, exist_ok=True)
    head = f"Title: {d['title']}\\nDate: {d['date']}\\nCategory: {d['kind']}\\nSlug: {d['slug']}\\n"
    text = head + (f"Photo: {d['photo']}\\n" if d["photo"] else "") + "\\n" + d["body"]
    path.write_text(text, encoding="utf-8")
    return name, text
'''


@pytest.fixture
def shared(tmp_path):
    """A folder such as ../shared: a generator of documents, skeletons of sites, texts."""
    folder = tmp_path / "shared"
    (folder / "texts").mkdir(parents=True)
    (folder / "gen_corpus.py").write_text(GENERATOR, encoding="utf-8")
    for engine in ("pelican", "hugo", "eleventy"):
        template = folder / corpus.TEMPLATES[engine]
        template.parent.mkdir(parents=True)
        template.write_text("<head></head>", encoding="utf-8")
    (folder / "eleventy" / "content.11tydata.cjs").touch()
    return folder


@pytest.fixture
def laid_out(shared, tmp_path):
    return corpus.lay_out(shared, shared / "texts", tmp_path / "scratch", share=10)


def contender(folder, code, name="a"):
    return Contender(name, (sys.executable, "-c", code), folder, folder / "out", dict(os.environ))


def git(site, *arguments):
    return subprocess.run(["git", *arguments], cwd=site.folder / "prozora", check=True, capture_output=True,
                          encoding="utf-8").stdout.splitlines()


def test_processor_time_of_children_counts(tmp_path):
    parent = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {BUSY!r}])"
    cost = measure.measure(contender(tmp_path, parent))
    assert 0.3 <= cost.cpu <= cost.wall * 2 + 0.5


def test_memory_is_of_the_program_and_not_of_whoever_measures_it(tmp_path):
    kept = bytearray(300 << 20)
    assert 5 < measure.measure(contender(tmp_path, "pass")).memory < 40, len(kept)
    assert 100 < measure.measure(contender(tmp_path, "kept = bytearray(100 << 20)")).memory < 300


def test_output_is_emptied_and_counted(tmp_path):
    writer = contender(tmp_path, WRITE)
    costs = measure.in_turns([writer], 2, lambda line: None)["a"]
    assert [(1, 1), (1, 1)] == [(cost.files, cost.written) for cost in costs]


def test_only_files_that_a_run_wrote_count_as_written(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "old").touch()
    time.sleep(2 * measure.COARSE_CLOCK_NS / 1e9)
    keeps = replace(contender(tmp_path, "import pathlib\npathlib.Path('out/a').touch()"), keeps=True)
    cost = measure.measure(keeps)
    assert (2, 1) == (cost.files, cost.written)


def test_files_changed_besides_the_new_item_are_counted(tmp_path):
    (tmp_path / "out").mkdir()
    for name in ("same", "list"):
        (tmp_path / "out" / name).write_text("було")
    code = ("import pathlib\nout = pathlib.Path('out')\n(out / 'list').write_text('стало')\n"
            "(out / 'new-1').mkdir()\n(out / 'new-1' / 'index').touch()")
    cost = measure.measure(replace(contender(tmp_path, code), keeps=True, watch="new-{turn}/"), 1)
    assert 1 == cost.changed


def test_programs_take_turns(tmp_path):
    told, prepared = [], []
    both = [replace(contender(tmp_path, "pass", name), prepare=prepared.append) for name in "ab"]
    measure.in_turns(both, 2, told.append)
    assert ["1/2 a", "1/2 b", "2/2 a", "2/2 b"] == [line.partition(":")[0] for line in told]
    assert [1, 1, 2, 2] == prepared


def test_slow_program_may_run_less_often(tmp_path):
    both = [replace(contender(tmp_path, "pass", name), most=most) for name, most in (("a", 1), ("b", None))]
    assert {"a": 1, "b": 2} == {name: len(costs) for name, costs in
                                measure.in_turns(both, 2, lambda line: None).items()}


def test_program_that_fails_ends_the_measurement(tmp_path):
    with pytest.raises(NotReady, match="a: код 3\nкінець"):
        measure.measure(contender(tmp_path, "print('кінець'); raise SystemExit(3)"))


def test_ratios_are_of_medians_and_fall_back_to_the_first_build():
    costs = {"cold": {"pelican": [Cost(2, 1, 10, 1, 5), Cost(4, 1, 10, 1, 5), Cost(99, 1, 10, 1, 5)]},
             "edit": {"hugo": [Cost(4, 2, 20, 1, 5)], "prozora": [Cost(1, 0.02, 5, 1, 1)]}}
    assert {"hugo": {"cpu": 0.01, "wall": 0.25, "memory": 0.25, "written": 0.2},
            "pelican": {"cpu": 0.02, "wall": 0.25, "memory": 0.5, "written": 0.2}} == report.ratios(
        costs, "edit")["prozora"]
    assert ["0,54", "1/90"] == [report.times(ratio) for ratio in (0.54, 0.0111)]


def test_same_documents_are_laid_out_for_all(laid_out):
    found = {engine: sorted(path.relative_to(laid_out.content(engine)).as_posix()
                            for path in laid_out.content(engine).rglob("*-[0-9]*.md")) for engine in corpus.ENGINES}
    assert (21, 21) == (laid_out.documents, len(found["hugo"]))
    assert all(names == found["hugo"] for names in found.values())
    assert (laid_out.content("hugo") / "novyny" / "_index.md").exists()


def test_documents_of_ours_name_no_file_that_is_not_there(laid_out):
    text = (laid_out.content("prozora") / "novyny/2022/novyny-0.md").read_text(encoding="utf-8")
    assert "[Фото](https://rada.example/media/1.jpg)" in text
    assert "- [0.pdf](https://rada.example/files/0.pdf)" in text
    assert "Photo:" not in text


def test_an_edit_is_one_file_and_in_ours_one_commit(laid_out):
    for engine in ("hugo", "prozora"):
        laid_out.edit(engine, 7)
        assert "Уточнення № 7" in (laid_out.content(engine) / "novyny/2022/novyny-10.md").read_text(encoding="utf-8")
    assert ["content/novyny/2022/novyny-10.md"] == git(laid_out, "show", "--format=", "--name-only", "HEAD")
    assert ["2023-01-02 09:01:00 +0200", "2023-01-02 09:00:00 +0200"] == git(laid_out, "log", "--format=%ci")


def test_changes_are_undone_before_the_next_measurement(laid_out, shared):
    for engine in corpus.ENGINES:
        laid_out.add(engine, 1)
        laid_out.edit(engine, 1)
        laid_out.retouch(engine, 1)
        assert '<meta name="turn" content="1">' in (laid_out.folder / corpus.TEMPLATES[engine]).read_text()
    again = corpus.lay_out(shared, shared / "texts", laid_out.folder.parent, share=10)
    assert again.folder == laid_out.folder
    for engine in corpus.ENGINES:
        assert [] == list(again.content(engine).rglob("nova-novyna*"))
        assert "Уточнення" not in (again.content(engine) / "novyny/2022/novyny-10.md").read_text(encoding="utf-8")
        assert "turn" not in (again.folder / corpus.TEMPLATES[engine]).read_text()
    assert 1 == len(git(again, "log", "--format=%h"))


def test_our_theme_is_changed_in_a_copy(laid_out):
    before = (ROOT / "theme/templates/base.html").read_bytes()
    laid_out.retouch("prozora", 1)
    assert before == (ROOT / "theme/templates/base.html").read_bytes()


def test_ours_is_measured_in_all_scenarios(shared, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(archive, "SCRATCH", tmp_path / "scratch")
    figures = tmp_path / "figures.json"
    assert 0 == archive.main(shared, shared / "texts", years=1, peers="", runs=2, share=1, figures=figures)
    measured = {name: found["runs"]["prozora"][1] for name, found in
                json.loads(figures.read_text(encoding="utf-8"))["scenarios"].items()}
    assert ["cold", "edit", "new", "none", "theme"] == list(measured)
    assert measured["cold"]["written"] == measured["cold"]["files"]
    assert 0 == measured["none"]["written"] < measured["edit"]["written"] < 14
    assert measured["new"]["changed"] <= 12 < measured["theme"]["written"]
    assert "Одна правка в тексті новини:" in capsys.readouterr().out


@pytest.mark.parametrize(("line", "answer"), [
    ("bench archive --peers hugo,zola", "--peers: «zola» невідомий. Можна: hugo, eleventy, pelican."),
    ("bench archive --years 11", "--years: 11. Треба від 1 до 10."),
    ("bench archive --share 0", "--share: 0. Треба від 1 до 100."),
    ("bench archive --runs 2 --shared немає", f"Немає {ROOT / 'немає' / 'gen_corpus.py'}. Вкажіть теку з генератором "
                                               "архіву: python3 tasks.py bench archive --shared ТЕКА --texts ТЕКА"),
])
def test_wrong_options_are_named(line, answer, capsys, monkeypatch):
    monkeypatch.setattr(tasks, "STARTED_IN", ROOT)
    program.run(tasks.namespace, line.split())
    assert answer + "\n" == capsys.readouterr().err


@pytest.mark.parametrize(("given", "meant"), [
    ("bench --years 10", "bench archive --years 10"),
    ("bench --runs 1 archive", "bench --runs 1 archive"),
    ("bench --what archive", "bench --what archive"),
    ("bench --help", "bench --help"),
    ("bench", "bench"),
    ("build --cold", "build --cold"),
])
def test_measure_may_be_left_out_where_options_are_given(given, meant):
    assert meant.split() == tasks.with_usual_measure(given.split())


def test_a_log_is_written_verified_and_proven(monkeypatch):
    monkeypatch.setattr(log, "EVENTS", 300)
    monkeypatch.setattr(signers, "COMMITS", 20)
    told = []
    assert 0 == log.main(told.append)
    assert told[0].startswith("записати 300 подій: ") and "tile/1: 32 байтів" in told
    assert "зауважень: 0; перевірено: 20" == told[-1]


def test_votes_of_a_council_are_built_and_one_is_corrected(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(rolls, "SCRATCH", tmp_path / "votes")
    figures = tmp_path / "figures.json"
    assert rolls.main(1, figures, meetings=2) == 0
    told = json.loads(figures.read_text(encoding="utf-8"))
    assert told["votes"] == 40
    assert told["cold"]["files"] == told["edits"][0]["files"]
    assert 0 < told["edits"][0]["changed"] < told["cold"]["files"] / 4
    assert "Виправлено один голос, 1/1" in capsys.readouterr().out


def test_the_same_council_votes_the_same_way():
    assert list(rolls.files(1)) == list(rolls.files(1))
