"""The invented archive: it passes every check, is the same each time, and what it decides hangs together."""
import re
from collections import Counter

import pytest

import tasks
from bench import demo
from bench.demo import registers
from bench.demo.voice import Voice, file_words, yaml
from plugins.builder import run
from plugins.builder.options import BuildOptions
from plugins.records import yaml_tree
from plugins.records.report import Report, as_text
from tooling import program


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """One per cent of two years."""
    folder = tmp_path_factory.mktemp("demo") / "small"
    assert 0 == demo.main(2, folder, share=1)
    return folder


@pytest.fixture(scope="module")
def whole():
    """A whole year in memory."""
    return dict(demo.year_files(registers.LAST_YEAR))


def files_of(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def fields(text):
    return yaml_tree.parse(text).data


def options(folder, cache):
    return BuildOptions(folder / "content", folder / "data", cache / "output", state=cache / "state", search=False)


def test_small_archive_is_built_without_problems(small, tmp_path):
    report = Report()
    assert (0, []) == (run.run(options(small, tmp_path), report, quiet=True), as_text(report))
    assert (tmp_path / "output" / "zasidannia" / "index.html").exists()


def test_both_convocations_pass_the_check(tmp_path):
    demo.main(6, tmp_path / "years", share=1)
    report = Report()
    assert (0, []) == (run.run(options(tmp_path / "years", tmp_path), report, only_check=True, quiet=True),
                       as_text(report))


def test_archive_is_the_same_each_time(small, tmp_path):
    demo.main(2, tmp_path / "again", share=1)
    assert files_of(small) == files_of(tmp_path / "again")


def test_one_year_is_a_part_of_two(small, tmp_path):
    demo.main(1, tmp_path / "one", share=1)
    assert files_of(tmp_path / "one").items() <= files_of(small).items()


def test_a_year_has_the_volumes_of_a_real_council(whole):
    documents = Counter(name.split("/")[0] for name in whole if name.endswith((".md", ".yml"))
                        and not re.search("/(annex-1|minutes).md$", name))
    acts = documents.pop("acts")
    assert {"news": 1410 + 115, "drafts": 962, "meetings": 9 + 49 + 52, "events": 52, "greetings": 70,
            "reports": 6} == documents
    assert 900 < acts < 962


def test_every_act_comes_from_a_draft_that_a_meeting_voted_for(whole):
    keys = {name.rpartition("/")[0].split("/", 1)[1] for name in whole if name.startswith("meetings/")}
    votes = {line.split(",")[0] for name, text in whole.items() if name.endswith("votes.csv")
             for line in text.splitlines()}
    acts = [fields(text) for name, text in whole.items() if name.startswith("acts/")]
    decided = [act for act in acts if act["type"] == "decision"]
    assert all("draft" in act for act in acts)
    assert {act["meeting"] for act in decided} <= keys
    assert {act["vote"] for act in decided} <= votes


def test_acts_amend_and_repeal_earlier_ones(whole):
    acts = [fields(text) for name, text in whole.items() if name.startswith("acts/")]
    assert 10 < sum("amends" in act for act in acts)
    assert 3 < sum("repeals" in act for act in acts)


def test_plenary_is_voted_by_twenty_six_deputies_and_the_mayor(whole):
    table = next(text for name, text in whole.items() if re.search("/pl-.*votes.csv$", name))
    assert {27} == set(Counter(line.split(",")[0] for line in table.splitlines()[1:]).values())


def test_folder_that_is_not_empty_is_refused(tmp_path, capsys):
    (tmp_path / "чуже.txt").touch()
    assert 2 == demo.main(1, tmp_path)
    assert "не порожня. Вкажіть нову або порожню" in capsys.readouterr().err
    assert ["чуже.txt"] == [path.name for path in tmp_path.iterdir()]


@pytest.mark.parametrize(("line", "answer"), [
    ("demo", "Вкажіть --output: нову або порожню теку для архіву."),
    ("demo --years 11 --output x", "--years: 11. Треба від 1 до 10."),
    ("demo --share 0 --output x", "--share: 0. Треба від 1 до 100."),
])
def test_wrong_options_are_named(line, answer, capsys):
    assert (2, answer + "\n") == (program.run(tasks.namespace, line.split()), capsys.readouterr().err)


def test_words_agree_with_their_numbers():
    voice = Voice("test", registers.TERMS[1][1])
    said = {voice.say("{1..30|рік|роки|років}") for _ in range(300)}
    assert {"1 рік", "3 роки", "11 років", "21 рік", "25 років"} <= said


def test_values_that_yaml_would_misread_are_quoted():
    assert "title: 'Коротко: 5 днів'\nat: 10:09\n" == yaml({"title": "Коротко: 5 днів", "at": "10:09", "none": None})


def test_name_of_a_file_is_cut_between_words():
    assert "про-памятник-на-вулиці" == file_words("Про пам’ятник на вулиці Довгоіменній-Найдовшій")[:22]
    assert 40 >= len(file_words("Про " + "слово " * 20))
