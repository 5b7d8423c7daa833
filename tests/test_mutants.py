"""The mutator makes the faults that it says, puts them in place, and sees which of them tests catch."""

from __future__ import annotations

import ast
import os

import pytest

from bench import mutants
from bench.mutants import Target

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows forks no processes")
SOURCE = """
def late(days: int | None, limit: int = 5) -> bool:
    if days is None:
        return False
    return days > limit + 1
"""


def changes(source: str) -> list[str]:
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef)
    return [change for _, change, _ in mutants.mutations(function)]


def test_each_part_of_a_function_is_changed_and_nothing_beside_it():
    found = changes(SOURCE)
    for change in ("days > limit + 1 → days >= limit + 1", "limit + 1 → limit - 1", "1 → 2", "1 → 0",
                   "False → True", "days is None → days is not None", "return False → return None"):
        assert change in found
    assert not [change for change in found if change.startswith(("5", "int"))]


def test_a_mutant_is_another_function_and_the_original_stays_as_it_was():
    function = ast.parse(SOURCE).body[0]
    assert isinstance(function, ast.FunctionDef)
    before = ast.dump(function)
    made = [ast.dump(mutated) for _, _, mutated in mutants.mutations(function)]
    assert before not in made
    assert before == ast.dump(function)


def test_a_fault_is_put_in_place_wherever_the_function_was_imported_to(monkeypatch):
    from plugins.votes.model import majority

    target = Target("plugins.votes.model", (), ("majority",))
    mutant = next(item for item in mutants.mutants_of(target) if item.change == "base // 2 + 1 → base // 2 - 1")
    monkeypatch.setattr(majority, "__code__", majority.__code__)  # put back at the end
    mutants.put_in_place(mutant)
    assert (18, "majority") == (majority(38), mutant.function)


def test_the_tests_catch_a_wrong_majority_and_pass_without_it():
    target = Target("plugins.votes.model", ("tests/plugins/votes/test_arithmetic.py",), ("majority",))
    mutant = next(item for item in mutants.mutants_of(target) if item.change == "1 → 2")
    assert mutants.survives(None, target.tests)
    assert not mutants.survives(mutant, target.tests)


def test_every_equivalent_mutant_is_one_that_is_made():
    made = {mutant.name for target in mutants.TARGETS for mutant in mutants.mutants_of(target)}
    assert made >= mutants.EQUIVALENT.keys()
    assert all(mutants.EQUIVALENT.values())
