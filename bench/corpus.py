"""The same documents laid out for every program, and the changes that editors make in them.

`gen_corpus.py` of the bench folder invents the documents. Plain Pelican, Hugo and Eleventy get them in their own
heads; ours gets those of Pelican, in a git repository of its own, because it finds changes by git.
"""
from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import ModuleType
from typing import Any

from bench import demo
from bench.demo import registers
from tooling.bootstrap import ROOT, NotReady, last_line

LAST_YEAR = 2022
ENGINES = {"pelican": "pelican/content", "hugo": "hugo/content", "eleventy": "eleventy/src/content",
           "prozora": "prozora/content"}
"""Where each program's documents lie below the folder of the sites."""
ENGINE_TREE = ("tasks.py", "tooling", "plugins", "theme", "pelicanconf.py", "publishconf.py", "requirements.lock")
TEMPLATES = {"pelican": "pelican/theme/templates/base.html", "hugo": "hugo/layouts/baseof.html",
             "eleventy": "eleventy/src/_includes/base.njk", "prozora": "engine/theme/templates/base.html"}
"""The template of every page of each program."""
NEW = "nova-novyna"
FIRST_COMMIT = datetime(LAST_YEAR + 1, 1, 2, 9, tzinfo=timezone(timedelta(hours=2)))
BASE = "base"
EMBED = re.compile(r'<div class="video"><iframe src="([^"]+)".*?</iframe></div>')
PHOTO = re.compile(r"!\[(.*?)\]\((/media/[^)]+)\)")


@dataclass(slots=True)
class Corpus:
    """One set of documents in all layouts; `folder` holds the sites."""

    shared: Path
    texts: Path
    years: int
    share: int
    generator: ModuleType
    folder: Path
    commits: int = 0
    _words: list[Any] = field(default_factory=list)

    @property
    def kinds(self) -> list[tuple[str, int, str]]:
        """Kind, documents a year, title."""
        return [(kind, max(1, number * self.share // 100), title) for kind, number, title in self.generator.KINDS]

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return self.years * sum(number for _, number, _ in self.kinds)

    def content(self, engine: str) -> Path:
        """Where a program's documents lie."""
        return self.folder / ENGINES[engine]

    def make(self, kind: str, year: int, index: int, number: int) -> Any:
        """One document, as the generator invents it; its words are read when first needed."""
        if not self._words:
            self._words.append(self.generator.Words(str(self.texts)))
        return self.generator.make(self._words[0], kind, year, index, number)

    def restore(self) -> None:
        """As it was before the changes of another measurement: documents, skeletons, a fresh copy of our engine."""
        for engine in ("pelican", "hugo", "eleventy"):
            shutil.copytree(self.shared / engine, self.folder / engine, dirs_exist_ok=True)
            for added in self.content(engine).rglob(f"{NEW}-*.md"):
                added.unlink()
            self.write(self.edited(), engine)
        shutil.copyfile(self.shared / "eleventy" / "content.11tydata.cjs",
                        self.content("eleventy") / "content.11tydata.cjs")
        for kind, _, title in self.kinds:
            index = self.content("hugo") / kind / "_index.md"
            index.write_text(f'---\ntitle: "{title}"\n---\n', encoding="utf-8")
        self._git("reset", "-q", "--hard", BASE)
        self._git("clean", "-fdq")
        copy_engine(self.folder / "engine")

    def edited(self) -> Any:
        """The news item that is edited: from the middle of the last year."""
        number = self.kinds[0][1]
        return self.make(self.kinds[0][0], LAST_YEAR, number // 2, number)

    def edit(self, engine: str, turn: int) -> None:
        """One more sentence in the body of a news item."""
        document = self.edited()
        self.write(document | {"body": f"{document['body']}\nУточнення № {turn}: захід розпочнеться раніше.\n"}, engine)
        self.commit(engine, "Уточнено новину")

    def add(self, engine: str, turn: int) -> None:
        """A news item that is newer than all others."""
        document = self.edited() | {"title": f"Нова новина № {turn}", "slug": f"{NEW}-{turn}",
                                    "date": f"{LAST_YEAR}-12-31 20:{turn:02d}"}
        self.write(document, engine)
        self.commit(engine, "Додано новину")

    def retouch(self, engine: str, turn: int) -> None:
        """A change in the template of all pages; ours is changed in its copy."""
        file = self.folder / TEMPLATES[engine]
        text = re.sub(r'<meta name="turn" content="\d+">', "", file.read_text(encoding="utf-8"))
        file.write_text(text.replace("</head>", f'<meta name="turn" content="{turn}"></head>', 1), encoding="utf-8")

    def write(self, document: Any, engine: str) -> None:
        """One document in the layout of one program."""
        with tempfile.TemporaryDirectory() as scratch:
            name, text = self.generator.emit(for_ours(document) if engine == "prozora" else document, scratch,
                                             "pelican" if engine == "prozora" else engine)
        path = self.content(engine) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")

    def commit(self, engine: str, message: str) -> None:
        """A commit of ours, a minute after the one before it: the moment of a commit is the site's declared day."""
        if engine != "prozora":
            return
        self._git("add", "-A")
        self.commits += 1
        self._git("commit", "-q", "--allow-empty", "-m", message)

    def _git(self, *arguments: str) -> None:
        moment = (FIRST_COMMIT + timedelta(minutes=self.commits)).isoformat()
        own = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment, "GIT_CONFIG_GLOBAL": os.devnull,
               "GIT_CONFIG_NOSYSTEM": "1"}
        settings = ("user.name=bench", "user.email=bench@rada.example", "gc.auto=0", "core.autocrlf=false")
        done = subprocess.run(["git", *(part for setting in settings for part in ("-c", setting)), *arguments],
                              cwd=self.folder / "prozora", env=os.environ | own, capture_output=True,
                              encoding="utf-8", errors="replace")
        if done.returncode:
            raise NotReady(f"git {arguments[0]}: {last_line(done.stderr)}")

    def begin_history(self) -> None:
        """The repository of ours with its first commit."""
        self._git("init", "-q", "-b", "main")
        self._git("add", "-A")
        self._git("commit", "-q", "-m", "Архів")
        self._git("tag", BASE)


def lay_out(shared: Path, texts: Path, scratch: Path, *, years: int = 1, share: int = 100,
            advance: Callable[[int], None] = lambda number: None) -> Corpus:
    """The documents of so many years for every program; made once for the same generator, texts, years and share.

    `shared` holds `gen_corpus.py` and the skeletons of the sites; `advance` hears how many documents were laid out.
    """
    files = [shared / "gen_corpus.py", Path(__file__), Path(registers.__file__), *sorted(texts.glob("*.txt"))]
    folder = scratch / f"sites-{years}-{share}-{digest(files)}"
    corpus = Corpus(shared, texts, years, share, load(shared / "gen_corpus.py"), folder)
    if not (folder / "ready").exists():
        for stale in scratch.glob(f"sites-{years}-{share}-*"):
            shutil.rmtree(stale, ignore_errors=True)
        _fill(corpus, advance)
        (folder / "ready").touch()
    corpus.restore()
    return corpus


def _fill(corpus: Corpus, advance: Callable[[int], None]) -> None:
    emitted = {engine: corpus.folder / f"emitted-{engine}" for engine in ENGINES}
    for year in range(LAST_YEAR - corpus.years + 1, LAST_YEAR + 1):
        for kind, number, _ in corpus.kinds:
            for index in range(number):
                document = corpus.make(kind, year, index, number)
                for engine, folder in emitted.items():
                    is_ours = engine == "prozora"
                    corpus.generator.emit(for_ours(document) if is_ours else document, str(folder),
                                          "pelican" if is_ours else engine)
            advance(number)
    for engine, folder in emitted.items():
        corpus.content(engine).parent.mkdir(parents=True, exist_ok=True)
        (folder / ("pelican" if engine == "prozora" else engine) / "content").rename(corpus.content(engine))
        shutil.rmtree(folder)
    demo.write(registers.files(), corpus.folder / "prozora" / "data")
    corpus.begin_history()


def for_ours(document: Any) -> Any:
    """The same document for our build, which does not let a picture, a frame or a file pass that is not there.

    What the others print as a picture, a frame and a list of files is a list of links here.
    """
    files = "\n".join(f"- [{name.rpartition('/')[2]}](https://rada.example{name})" for name in document["attachments"])
    body = PHOTO.sub(r"[\1](https://rada.example\2)", EMBED.sub(r"[Відео](\1)", document["body"]))
    return document | {"photo": "", "attachments": [], "body": f"{body}\n## Додатки\n\n{files}\n" if files else body}


def copy_engine(folder: Path) -> None:
    """Our engine as it is now, with this repository’s environment: its theme may be changed, nobody else writes it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in ENGINE_TREE:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
        else:
            shutil.copyfile(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(ROOT / ".venv", target_is_directory=True)


def digest(files: Sequence[Path]) -> str:
    """One digest of several files."""
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:12]


def load(path: Path) -> ModuleType:
    """A Python file from outside the repository as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
