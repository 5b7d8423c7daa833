"""The engine: a process of its own that turns templates and data into PDF or PNG with Typst. Started by `press.py`.

It sees what a request holds and the fonts, nothing else: its root is a folder that holds the pictures of this request
and is empty otherwise, so that no text can read a file. A request is a pickled dict on the standard input, after its
length: `files` (name → text as bytes, `main.typ` among them), `pictures` (name → bytes) and the options of
`typst.Compiler.compile`. The answer is ("made", [bytes, …], [warning, …]) or ("refused", message).
"""

import pickle
import struct
import sys
import tempfile
from pathlib import Path
from typing import Any, BinaryIO

LENGTH = struct.Struct(">Q")


def send(pipe: BinaryIO, value: Any) -> None:
    """Write a value after its length."""
    content = pickle.dumps(value)
    pipe.write(LENGTH.pack(len(content)) + content)
    pipe.flush()


def receive(pipe: BinaryIO) -> Any:
    """The next value. Errors: EOFError where the other side is gone."""
    head = pipe.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    size = LENGTH.unpack(head)[0]
    content = pipe.read(size)
    if len(content) < size:
        raise EOFError
    return pickle.loads(content)  # noqa: S301 — written by our own other half


def lay(pictures: dict[str, bytes], root: Path) -> list[Path]:
    """Pictures as files below the root: the compiler takes only texts from memory."""
    laid = [root / name for name in pictures]
    for file, content in zip(laid, pictures.values(), strict=True):
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content)
    return laid


def main(font_folder: str) -> None:
    """Answer until the other side is gone."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[font_folder])
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    with tempfile.TemporaryDirectory() as root:
        compiler = typst.Compiler(root=root, font_paths=fonts)
        while True:
            try:
                request = receive(questions)
            except EOFError:
                return
            files, pictures = request.pop("files"), request.pop("pictures")
            laid = lay(pictures, Path(root))
            try:
                made, warnings = compiler.compile_with_warnings(files, **request)
                pages = list(made) if isinstance(made, list) else [made]
                send(answers, ("made", pages, [str(warning) for warning in warnings]))
            except typst.TypstError as error:
                send(answers, ("refused", f"{error.message}\n{error.diagnostic}"))
            for file in laid:
                file.unlink()


if __name__ == "__main__":
    main(sys.argv[1])
