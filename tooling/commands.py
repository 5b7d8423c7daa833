"""Commands: functions whose signature and help are the one description of their options.

Invoke makes tasks and a parser out of them, but takes as long to load as a build with nothing to do takes altogether.
So a plain line — a command, options with their values — is matched with the signature at once.
"""
from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from invoke import Collection

Command = Callable[..., None]
HELP: dict[Command, dict[str, str]] = {}
WRONG_OPTIONS, UNFORESEEN = 2, 1
COULD_NOT: dict[str, int] = {}
"""Command → its status where it could not run at all; those that are not here: `WRONG_OPTIONS`, `UNFORESEEN`."""


class Exit(Exception):
    """What ends a command before its time or with a status of its own; the text is for its reader."""

    def __init__(self, message: str = "", code: int = 0) -> None:
        self.message, self.code = message, code


def command(help: dict[str, str], could_not: int = 0) -> Callable[[Command], Command]:
    """Tell a command's options in Ukrainian. It gets Invoke's context, and an option for each of its parameters.

    An option whose usual value is None may be given many times. `could_not`: the status for wrong options and for a
    defect of ours, where the usual ones mean something else.
    """
    def told(function: Command) -> Command:
        HELP[function] = help
        if could_not:
            COULD_NOT[name_of(function)] = could_not
        return function
    return told


def as_tasks(commands: Iterable[Command]) -> Collection:
    """The commands as Invoke knows them."""
    from invoke import Collection, task
    return Collection(*(
        task(auto_shortflags=False, help=dict(HELP[each]), name=name_of(each), iterable=_repeatable(each))(each)
        for each in commands))


def name_of(each: Command) -> str:
    """What a command is called; `import_` cannot be called by its own name in Python."""
    return each.__name__.rstrip("_")


def _repeatable(each: Command) -> list[str]:
    return [option.name for option in inspect.signature(each).parameters.values() if option.default is None]


def plain_call(commands: Iterable[Command], words: list[str]) -> Callable[[], None] | None:
    """The call that a plain line asks for; None for help, numbers, mistakes, anything after `--`: they are Invoke's."""
    asked = next((each for each in commands if [name_of(each)] == words[:1]), None)
    if asked is None:
        return None
    _, *parameters = inspect.signature(asked).parameters.values()
    options = {f"--{each.name.replace('_', '-')}": each for each in parameters}
    given: dict[str, Any] = {}
    rest = iter(words[1:])
    for word in rest:
        flag, is_joined, value = word.partition("=")
        place = next((f for f, each in options.items() if each.default is each.empty), "")
        if place and not word.startswith("-"):
            given[options.pop(place).name] = word
            continue
        if flag not in options or flag == place:
            return None
        option = options[flag]
        if option.default is not None:
            del options[flag]
        match option.default:
            case False if not is_joined:
                given[option.name] = True
            case str() | None:
                value = value if is_joined else next(rest, "")
                if not value or value.startswith("-"):
                    return None
                given[option.name] = value if option.default is not None else [*given.get(option.name, []), value]
            case _:
                return None
    if any(each.default is each.empty for each in options.values()):
        return None
    return partial(asked, SimpleNamespace(remainder=""), **given)
