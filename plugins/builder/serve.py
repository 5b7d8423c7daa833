"""`serve`: the site on this machine, built again at each save; problems stand on the page, the last good site stays.

Each build is a child process, so that it starts clean; this process only watches, serves and tells the open pages.
The child of the next save is started ahead: it has loaded everything and waits for the word, which saves a second.
"""

from __future__ import annotations

import errno
import gc
import html
import http.server
import json
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from .options import ROOT, BuildOptions

LISTENER = ("<script>new EventSource('/__changes').onmessage=function(e){if(e.data!==window.__b){if(window.__b)"
            "location.reload();window.__b=e.data}}</script>")
PROBLEMS = ("<aside style='position:sticky;inset-block-end:0;max-block-size:50vh;overflow:auto;background:#fcebe7;"
            "color:#1b2436;border-block-start:4px solid #a4261d;padding:16px 24px;font:15px/1.5 sans-serif'>"
            "<b>Сайт не оновлено: є помилки. Показано останній вдалий.</b><ol>{items}</ol></aside>")
TYPES = {".avif": "image/avif", ".woff2": "font/woff2", ".webmanifest": "application/manifest+json",
         ".ics": "text/calendar; charset=utf-8", ".xml": "application/xml; charset=utf-8",
         ".js": "text/javascript; charset=utf-8", ".wasm": "application/wasm", ".md": "text/markdown; charset=utf-8"}


class Builds:
    """The build that runs now and what the last one said."""

    def __init__(self, options: BuildOptions) -> None:
        self.options = options
        self.number = 0
        self.problems: list[dict[str, Any]] = []
        self.changed = threading.Condition()
        self.child = self._start()

    def _start(self) -> subprocess.Popen[str]:
        return subprocess.Popen([sys.executable, "-m", "plugins.builder.serve", *_arguments(self.options)], cwd=ROOT,
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1"}, start_new_session=True)

    def close(self) -> None:
        """End the child."""
        _end(self.child)

    def run(self, is_engine_new: bool = False) -> None:
        """Build once, in the child that waits; remember its problems; tell whoever waits.

        A child that was started before the engine changed has the old one loaded.
        """
        started = time.monotonic()
        if is_engine_new or self.child.poll() is not None:
            self.close()
            self.child = self._start()
        done = self.child
        day = self.options.as_of or datetime.now(UTC).isoformat(timespec="minutes")
        output, errors = done.communicate(f"{day}\n")  # the word that it waits for
        lines = [line for line in output.splitlines() if line.strip()]
        try:
            self.problems = json.loads(lines[-1]) if lines else []
        except ValueError:
            self.problems = []
        if done.returncode and not self.problems:
            self.problems = [{"path": "", "line": 0, "field": "", "text": errors.strip()[-500:], "code": "BUILD"}]
        with self.changed:
            self.number += 1
            self.changed.notify_all()
        self.child = self._start()
        for item in self.problems:
            print(_sentence(item), file=sys.stderr)
        seconds = f"{time.monotonic() - started:.2f}".replace(".", ",")
        print(f"{'Є помилки' if done.returncode else 'Готово'}: {seconds} с", flush=True)


def _end(child: subprocess.Popen[str]) -> None:
    """End a child with the programs it has started (Pagefind): they must not write into the next build."""
    if hasattr(os, "killpg") and child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
    else:
        child.kill()
    child.communicate()


def _arguments(options: BuildOptions) -> list[str]:
    return [str(options.content), str(options.data), str(options.output), options.url or "",
            str(options.state or ""), "search" if options.search else "", str(options.log or ""),
            str(options.salts or "")]


def _sentence(item: dict[str, Any]) -> str:
    place = f"{item['path']}:{item['line']}: " if item["line"] else f"{item['path']}: " if item["path"] else ""
    field = f"{item['field']}: " if item.get("field") else ""
    return f"{place}{field}{item['text']} [{item['code']}]"


class Handler(http.server.SimpleHTTPRequestHandler):
    """Files of the output below the site's base path; the listener and the problems are added to pages."""

    def __init__(self, builds: Builds, base: str, *args: Any, **kwargs: Any) -> None:
        self.builds, self.base = builds, base
        self.extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, **TYPES}
        super().__init__(*args, **kwargs)

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are not news."""

    def do_GET(self) -> None:
        """A page, a file, or the stream of changes."""
        path = unquote(urlsplit(self.path).path)
        if path == "/__changes":
            self._stream()
            return
        if self.base and not path.startswith(self.base + "/"):
            self.send_response(302)
            self.send_header("Location", self.base + "/")
            self.end_headers()
            return
        file = Path(self.translate_path(self.path.removeprefix(self.base)))
        if file.is_dir() and path.endswith("/"):
            file = file / "index.html"
        if file.suffix == ".html" or not file.exists():
            self._page(file)
            return
        self.path = self.path.removeprefix(self.base)
        super().do_GET()

    def end_headers(self) -> None:
        """Nothing is kept by the browser: the next save must be seen."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def _page(self, file: Path) -> None:
        missing = not file.is_file()
        if missing:
            file = Path(self.directory) / "404.html"
        text = file.read_text(encoding="utf-8") if file.is_file() else "<!doctype html><title>404</title>"
        items = "".join(f"<li>{html.escape(_sentence(item))}</li>" for item in self.builds.problems)
        extra = LISTENER + (PROBLEMS.format(items=items) if items else "")
        body = text.replace("</body>", extra + "</body>") if "</body>" in text else text + extra
        raw = body.encode("utf-8")
        self.send_response(404 if missing else 200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        number = -1
        try:
            while True:
                with self.builds.changed:
                    if self.builds.number == number:
                        self.builds.changed.wait(timeout=20)
                    number = self.builds.number
                self.wfile.write(f"data: {number}\n\n".encode())
                self.wfile.flush()
        except OSError:
            return


def serve(options: BuildOptions, host: str = "127.0.0.1", port: int = 8000) -> int:
    """Build, serve, watch; returns 0 when interrupted, 1 when the address is taken."""
    try:
        return _serve(options, host, port)
    except KeyboardInterrupt:
        return 0


def _serve(options: BuildOptions, host: str, port: int) -> int:
    builds = Builds(options)
    try:
        return _watch(builds, options, host, port)
    finally:
        builds.close()


def _watch(builds: Builds, options: BuildOptions, host: str, port: int) -> int:
    from watchfiles import watch

    from .run import site_base
    from .sources import look

    base = site_base(options)
    handler = partial(Handler, builds, base, directory=str(options.output))
    try:
        server = http.server.ThreadingHTTPServer((host, port), handler)
    except OSError as error:
        why = "порт зайнятий" if error.errno == errno.EADDRINUSE else f"{error.strerror}"
        print(f"Адреса {host}:{port} недоступна: {why}. Спробуйте інший порт: --port {port + 1}.", file=sys.stderr)
        return 1
    before = look(options).digest
    builds.run()
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"Сайт: http://{host}:{server.server_address[1]}{base}/  (зупинити: Ctrl-C)", flush=True)
    places = [path for path in (options.content, options.data, ROOT / "theme", ROOT / "plugins") if path.is_dir()]
    is_first = True
    try:
        for saved in watch(*places, debounce=50, step=20, rust_timeout=500, yield_on_timeout=True):
            # A save during the first build came before the watch did.
            if saved or (is_first and look(options).digest != before):
                builds.run(any(Path(path).is_relative_to(ROOT / "plugins") for _, path in saved))
            is_first = False
    except KeyboardInterrupt:  # the way to stop it
        pass
    finally:
        server.shutdown()
    return 0


def _child(arguments: list[str]) -> int:
    """One build for `serve`: it waits for the word of `Builds`; its last line is its problems as JSON."""
    from plugins.records import load_rooms
    from plugins.records.report import Report, as_json

    from . import generator  # noqa: F401 — it loads Pelican while nobody waits
    from .run import run

    load_rooms()
    as_of = sys.stdin.readline().strip()
    if not as_of:
        return 0  # whoever started it is gone
    content, data, output, url, state, search, log, salts = arguments
    options = BuildOptions(Path(content), Path(data), Path(output), url=url or None, as_of=as_of,
                           state=Path(state) if state else None, search=bool(search),
                           log=Path(log) if log else None, salts=Path(salts) if salts else None)
    report = Report()
    status = run(options, report, quiet=True)
    print(json.dumps([item for item in json.loads(as_json(report)) if item["weight"] == "помилка"]))
    return status


if __name__ == "__main__":
    gc.disable()  # it lives for one build, and to take apart at the end all that it knows would keep the reader waiting
    status = _child(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)
