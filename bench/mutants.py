"""Mutation testing of arithmetic: each small fault that is put into it must make some test fail.

A mutant changes one thing in one function: a comparison, an operation, a number, a truth, a condition, what is
returned. It runs in a child process of its own, forked when everything is imported: there the function gets the code
of the mutant, and its tests run until the first failure or until the time is up. No file of the tree is touched.
"""
from __future__ import annotations

import ast
import copy
import importlib
import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest
from hypothesis import Phase, settings
from rich.console import Console
from rich.progress import track

from plugins.records import load_rooms
from tooling.bootstrap import ROOT, NotReady

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

SECONDS = 15
"""Processor time of a mutant: one that takes more is in a loop."""
NEEDED = 95
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.Lt), ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,)}
OPERATIONS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr}


@dataclass(frozen=True)
class Target:
    """Functions of a module (all of them if none is named) and the tests that must catch their faults."""
    module: str
    tests: tuple[str, ...]
    functions: tuple[str, ...] = ()


TARGETS = (
    Target("plugins.ukrainian.working_days", ("tests/plugins/ukrainian/test_working_days.py",)),
    Target("plugins.deadlines.counting", ("tests/plugins/deadlines/test_cases.py",)),
    Target("plugins.deadlines.judgement", ("tests/plugins/deadlines/test_cases.py",)),
    Target("plugins.votes.model", ("tests/plugins/votes/test_arithmetic.py",),
           ("majority", "two_thirds", "quorum", "needed")),
)
EQUIVALENT = {
    "plugins.ukrainian.working_days.add_working_days: count > 0 → count >= 0": "з 0 цикл не виконується",
    "plugins.ukrainian.working_days.add_working_days: 0 → -1": "з 0 цикл не виконується",
    "plugins.deadlines.judgement.is_ahead: return False → return None": "обидва — «ні»",
}
"""Mutants that do the same as the original: name → why."""


@dataclass(frozen=True)
class Mutant:
    """A function with one fault."""
    target: Target
    function: str
    line: int
    change: str
    code: CodeType

    @property
    def name(self) -> str:
        return f"{self.target.module}.{self.function}: {self.change}"


def main(runs: int, figures: Path | None) -> int:
    """Make all mutants, say who survived; 0 when enough were killed. `runs` at a time (0: as many as processors)."""
    if resource is None:
        raise NotReady("Мутації перевіряють на Linux або macOS: Windows не вміє розгалужувати процес.")
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    console = Console(highlight=False)
    load_rooms()  # what children would import anyway
    settings.register_profile("mutants", deadline=None, derandomize=True, database=None,
                              phases=(Phase.explicit, Phase.generate))
    settings.load_profile("mutants")
    mutants = [mutant for target in TARGETS for mutant in mutants_of(target)]
    for target in TARGETS:
        if not survives(None, target.tests):
            raise NotReady(f"Тести {', '.join(target.tests)} не проходять і без мутацій. Спершу виправте їх.")
    judged = [mutant for mutant in mutants if mutant.name not in EQUIVALENT]
    found = dict(outcomes(judged, runs or os.cpu_count() or 1, console))
    return report(judged, found, len(mutants) - len(judged), console, figures)


def report(judged: list[Mutant], alive: dict[Mutant, bool], equivalent: int, console: Console,
           figures: Path | None) -> int:
    """Print survivors and the share of the killed."""
    survivors = [mutant for mutant in judged if alive[mutant]]
    for mutant in survivors:
        console.print(f"вижив, рядок {mutant.line}: {mutant.name}", markup=False)
    for target in TARGETS:
        own = [mutant for mutant in judged if mutant.target is target]
        killed = sum(not alive[mutant] for mutant in own)
        console.print(f"{target.module}: убито {killed} з {len(own)}")
    killed = len(judged) - len(survivors)
    console.print(f"Разом убито {killed} з {len(judged)} ({100 * killed / len(judged):.1f} %); "
                  f"рівнозначних, яких не рахуємо, — {equivalent}.".replace(".", ",", 1))
    if figures:
        figures.write_text(json.dumps({"killed": killed, "mutants": len(judged), "equivalent": equivalent,
                                       "survivors": [mutant.name for mutant in survivors]}, ensure_ascii=False,
                                      indent=1) + "\n", encoding="utf-8")
    return 0 if 100 * killed >= NEEDED * len(judged) else 1


def outcomes(mutants: list[Mutant], jobs: int, console: Console) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant and whether it survived; so many children at a time."""
    running: dict[int, Mutant] = {}
    for mutant in track(mutants, "Мутанти", console=console, transient=True):
        while len(running) >= jobs:
            yield from _ended(running)
        running[start(mutant, mutant.target.tests)] = mutant
    while running:
        yield from _ended(running)


def _ended(running: dict[int, Mutant]) -> Iterator[tuple[Mutant, bool]]:
    for child, mutant in list(running.items()):
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            del running[child]
            yield mutant, os.waitstatus_to_exitcode(status) == 0
    time.sleep(0.01)


def survives(mutant: Mutant | None, tests: tuple[str, ...]) -> bool:
    """True if the tests pass with this mutant, or without one."""
    _, status = os.waitpid(start(mutant, tests), 0)
    return os.waitstatus_to_exitcode(status) == 0


def start(mutant: Mutant | None, tests: tuple[str, ...]) -> int:
    """A child process that runs the tests with a mutant in place; its status is 0 if all passed."""
    child = os.fork()
    if child:
        return child
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        if mutant:
            put_in_place(mutant)
        status = pytest.main([*tests, "-x", "-q", "-p", "no:xdist"])
        os._exit(int(status))
    except BaseException:
        os._exit(9)


def put_in_place(mutant: Mutant) -> None:
    """The function gets the code of the mutant, wherever it was imported to."""
    function: Any = getattr(importlib.import_module(mutant.target.module), mutant.function)
    assert isinstance(function, FunctionType)
    function.__code__ = mutant.code


# --------------------------------------------------------------------------- how mutants are made

def mutants_of(target: Target) -> Iterator[Mutant]:
    """All mutants of a module's functions."""
    module = importlib.import_module(target.module)
    assert module.__file__
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    for index, node in enumerate(tree.body):
        if isinstance(node, ast.FunctionDef) and (not target.functions or node.name in target.functions):
            seen: dict[str, int] = {}
            for line, change, mutated in mutations(node):
                seen[change] = seen.get(change, 0) + 1
                number = f" ({seen[change]})" if seen[change] > 1 else ""
                whole = copy.copy(tree)
                whole.body = [*tree.body[:index], mutated, *tree.body[index + 1:]]
                yield Mutant(target, node.name, line, change + number, code_of(whole, node.name, module.__file__))


def code_of(tree: ast.Module, function: str, file: str) -> CodeType:
    """The code of a function in a module's tree."""
    compiled = compile(ast.fix_missing_locations(tree), file, "exec")
    return next(item for item in compiled.co_consts if isinstance(item, CodeType) and item.co_name == function)


def mutations(function: ast.FunctionDef) -> Iterator[tuple[int, str, ast.FunctionDef]]:
    """(line, what is another, the function with it) for each change of its body."""
    aside = _aside(function)
    for place, node in enumerate(ast.walk(function)):
        for after in changed(node) if id(node) not in aside else ():
            mutated = copy.deepcopy(function)
            target = list(ast.walk(mutated))[place]
            _replace(mutated, target, after)
            yield getattr(node, "lineno", function.lineno), f"{_shown(node)} → {_shown(after)}", mutated


def changed(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand instead of a node."""
    if isinstance(node, ast.Compare):
        for index, operator in enumerate(node.ops):
            for other in COMPARISONS.get(type(operator), ()):
                yield _with(node, ops=[*node.ops[:index], other(), *node.ops[index + 1:]])
    elif isinstance(node, ast.BinOp) and type(node.op) in OPERATIONS:
        yield _with(node, op=OPERATIONS[type(node.op)]())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        yield node.operand
    elif isinstance(node, ast.BoolOp):
        yield _with(node, op=ast.And() if isinstance(node.op, ast.Or) else ast.Or())
        yield from node.values
    elif isinstance(node, ast.IfExp):
        yield _with(node, body=node.orelse, orelse=node.body)
    elif isinstance(node, ast.If | ast.While):
        yield _with(node, test=ast.UnaryOp(ast.Not(), node.test))
    elif isinstance(node, ast.Return) and node.value is not None:
        yield _with(node, value=ast.Constant(None))
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, bool):
            yield ast.Constant(not node.value)
        elif isinstance(node.value, int):
            yield from (ast.Constant(node.value + 1), ast.Constant(node.value - 1))


def _aside(function: ast.FunctionDef) -> set[int]:
    """Arguments with their defaults, annotations and decorators are no part of what a function does."""
    outer = [function.args, *function.decorator_list, *([function.returns] if function.returns else [])]
    inner = [node for item in outer for node in ast.walk(item)]
    declared = [item for item in ast.walk(function) if isinstance(item, ast.AnnAssign)]
    notes = [node for item in declared for node in ast.walk(item.annotation)]
    return {id(node) for node in (*inner, *notes)}


def _with(node: ast.AST, **values: Any) -> ast.AST:
    other = copy.copy(node)
    for name, value in values.items():
        setattr(other, name, value)
    return ast.copy_location(other, node)


def _replace(tree: ast.AST, old: ast.AST, new: ast.AST) -> None:
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
            elif isinstance(value, list) and any(item is old for item in value):
                setattr(parent, name, [new if item is old else item for item in value])


def _shown(node: ast.AST) -> str:
    """A node on one line, the first of a statement only."""
    return ast.unparse(ast.fix_missing_locations(copy.deepcopy(node))).split("\n")[0]
