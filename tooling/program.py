"""Reads the command line with Invoke's parser and speaks Ukrainian: help, wrong options, the way a command ends."""
from __future__ import annotations

import inspect
import itertools
import os
import shlex
import shutil
import sys
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tooling.bootstrap import NOT_READY, ROOT, NotReady
from tooling.commands import COULD_NOT, UNFORESEEN, WRONG_OPTIONS, Command, Exit, as_tasks, plain_call

if TYPE_CHECKING:
    from invoke import Argument, Collection, ParserContext, Task

COMMAND = "python3 tasks.py"
WORDS = {"kind": "ВИД", "title": "НАЗВА", "what": "ЩО", "path": "ЗВІДКИ"}
REPORT = Path(".cache") / "traceback.txt"


def start(commands: Iterable[Command], arguments: list[str]) -> int:
    """Run what the command line asks for; the exit status, 0 only when everything asked for was done."""
    call = plain_call(commands, arguments)
    could_not = COULD_NOT.get("".join(arguments[:1]), 0)
    return execute(call, could_not) if call else run(as_tasks(commands), arguments, could_not)


def run(collection: Collection, arguments: list[str], could_not: int = 0) -> int:
    """Run the tasks that Invoke reads from the command line; the exit status."""
    from invoke import Config, Executor, ParseError, Parser

    own, after = split_at_dashes(arguments)
    if not own or {"--help", "-h"} & set(own):
        return show_help(collection, own)
    try:
        asked = Parser(contexts(collection)).parse_argv(own)
    except (ParseError, ValueError) as error:
        print(wrong_options(error, own, collection), file=sys.stderr)
        return could_not or WRONG_OPTIONS
    asked.remainder = shlex.join(after)
    return execute(lambda: Executor(collection, Config(lazy=True), core=asked).execute(*asked), could_not)


def contexts(collection: Collection) -> list[ParserContext]:
    from invoke import ParserContext

    return [ParserContext(name=name, args=arguments_of(collection[name])) for name in collection.task_names]


def arguments_of(task: Task[Any]) -> list[Argument]:
    """The arguments of a task; Invoke empties its table of help texts as it reads them, so they are put back."""
    kept = dict(task.help)
    arguments = task.get_arguments()
    task.help = kept
    return arguments


def execute(call: Callable[[], object], could_not: int = 0) -> int:
    """Run it; what ends it becomes an exit status and, where it is not its own, one line for the reader."""
    try:
        call()
    except Exit as end:
        if end.message:
            print(end.message, file=sys.stderr)
        return end.code
    except NotReady as problem:
        print(problem, file=sys.stderr)
        return NOT_READY
    except KeyboardInterrupt:
        print("Перервано.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output has gone: `… | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except Exception as error:
        print(unforeseen(error), file=sys.stderr)
        return could_not or UNFORESEEN
    return 0


def unforeseen(error: Exception) -> str:
    """A defect of ours: one line for the editor, the whole story in a file for the developer."""
    line = f"Вада програми: {type(error).__name__}: {error}."
    try:
        (ROOT / REPORT).parent.mkdir(exist_ok=True)
        (ROOT / REPORT).write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    except OSError:
        return line
    return f"{line} Подробиці для розробника — у файлі {REPORT.as_posix()}."


def split_at_dashes(arguments: list[str]) -> tuple[list[str], list[str]]:
    """What stands before `--` is ours, what stands after it belongs to the program that the task starts."""
    if "--" not in arguments:
        return arguments, []
    at = arguments.index("--")
    return arguments[:at], arguments[at + 1:]


def overview(collection: Collection) -> str:
    """The list of commands."""
    names = sorted(collection.task_names, key=lambda name: list(collection.tasks).index(name))
    rows = [(name, first_line(collection[name])) for name in names]
    return "\n".join([
        "Прозора рада — сайт ради, побудований із файлів цієї теки.", "",
        f"Як користуватися: {COMMAND} КОМАНДА [параметри]", "",
        "Команди:", *columns(rows), "",
        f"Більше про команду: {COMMAND} КОМАНДА --help",
    ])


def show_help(collection: Collection, own: list[str]) -> int:
    """Help about the command that was named, or the list of all."""
    words = [token for token in own if not token.startswith("-")]
    if words and words[0] not in collection.task_names:
        print(unknown_word(words[0], collection), file=sys.stderr)
        return WRONG_OPTIONS
    print(task_help(words[0], collection[words[0]]) if words else overview(collection))
    return 0


def task_help(name: str, task: Task[Any]) -> str:
    """Everything about one command: what it does, its arguments and options."""
    arguments = arguments_of(task)
    words = [argument for argument in arguments if argument.positional]
    options = [argument for argument in arguments if not argument.positional]
    usage = [COMMAND, name, *map(word, words), *(["[параметри]"] if options else [])]
    text = [inspect.cleandoc(task.__doc__ or ""), "", f"Як користуватися: {' '.join(usage)}"]
    if words:
        text += ["", "Слова:", *columns([(word(argument), argument.help or "") for argument in words])]
    if options:
        text += ["", "Параметри:", *columns([(option_name(argument), option_text(argument)) for argument in options])]
    return "\n".join(text)


def word(argument: Argument) -> str:
    """How help calls an argument that has no flag."""
    return WORDS[str(argument.name)]


def flag(argument: Argument) -> str:
    return f"--{str(argument.name).replace('_', '-')}"


def option_name(argument: Argument) -> str:
    if not argument.takes_value:
        return flag(argument)
    return f"{flag(argument)} {'N' if argument.kind is int else 'ЗНАЧЕННЯ'}"


def option_text(argument: Argument) -> str:
    shown = argument.takes_value and argument.default not in (None, "", [])
    return f"{argument.help or ''}{f' [звичайно: {argument.default}]' if shown else ''}"


def columns(rows: list[tuple[str, str]]) -> list[str]:
    """Rows in two columns, wrapped to the width of the terminal."""
    width = max(len(left) for left, _ in rows) + 2
    room = max(30, shutil.get_terminal_size().columns - width - 2)
    lines = []
    for left, right in rows:
        wrapped = wrap(right, room) or [""]
        lines.append(f"  {left:<{width}}{wrapped[0]}".rstrip())
        lines += [" " * (width + 2) + line for line in wrapped[1:]]
    return lines


def wrap(text: str, room: int) -> list[str]:
    """Lines of at most `room` characters; unlike textwrap, a non-breaking space stays whole."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def first_line(task: Task[Any]) -> str:
    return (task.__doc__ or "").strip().splitlines()[0]


def wrong_options(error: Exception, arguments: list[str], collection: Collection) -> str:
    """Say in Ukrainian what Invoke's parser did not understand, and where to look."""
    from invoke import ParseError

    context = error.context if isinstance(error, ParseError) else None
    task = context.name if context is not None and context.name else named_task(arguments, collection)
    known = arguments_of(collection[task]) if task else []
    if isinstance(error, ValueError):
        return advise(f"Число записано неправильно: {number_at_fault(arguments, known)}.", task)
    if context is not None and context.missing_positional_args:
        missing = ", ".join(map(word, context.missing_positional_args))
        return advise(f"Команді «{task}» бракує: {missing}.", task)
    options = {flag(argument): argument for argument in known}
    for token in arguments:
        name = token.partition("=")[0]
        if token.startswith("-") and name not in options and name not in ("--help", "-h"):
            return advise(f"Немає параметра «{name}».{closest(name, options)}", task)
        if "=" in token and name in options and not options[name].takes_value:
            return advise(f"Параметр «{name}» не приймає значення.", task)
    if "needed value" in str(error):
        return advise(f"Параметр «{arguments[-1]}» потребує значення.", task)
    wrong = next((token for token in arguments if repr(token) in str(error)), arguments[-1])
    return unknown_word(wrong, collection) if task is None else advise(f"Зайве слово «{wrong}».", task)


def unknown_word(word: str, collection: Collection) -> str:
    return advise(f"Немає команди «{word}».{closest(word, collection.task_names)}", None)


def closest(word: str, known: Iterable[str]) -> str:
    import difflib

    near = difflib.get_close_matches(word, list(known), n=1)
    return f" Може, «{near[0]}»?" if near else ""


def advise(problem: str, task: str | None) -> str:
    return f"{problem} Довідка: {COMMAND}{f' {task}' if task else ''} --help"


def named_task(arguments: list[str], collection: Collection) -> str | None:
    return next((token for token in arguments if token in collection.task_names), None)


def number_at_fault(arguments: list[str], known: list[Argument]) -> str:
    numbers = {flag(argument) for argument in known if argument.kind is int}
    tokens = [part for token in arguments for part in (token.split("=", 1) if token.startswith("--") else [token])]
    return next((f"{name} {value}" for name, value in itertools.pairwise(tokens)
                 if name in numbers and not value.lstrip("-").isdecimal()), "потрібні лише цифри")
