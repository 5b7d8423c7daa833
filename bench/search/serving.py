"""A site over HTTP that counts what goes out: requests and bytes by kind, as a visitor's line would carry them."""
from __future__ import annotations

import json
import mimetypes
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import deflate

COUNTER = "/-counted"
"""The address that tells what was counted since it was last asked."""
TEXTS = (".html", ".js", ".css", ".json", ".svg", ".txt", ".xml", ".webmanifest")
"""What a host packs on its way."""
KINDS = {"meta": "meta", "lex": "lexicon", "post": "postings", "col": "columns", "urls": "addresses", "text": "texts"}
"""The beginning of a name in the folder of the index → its kind."""


@dataclass
class Served:
    """A site that is being served: where, and what went out."""

    folder: Path
    base: str = ""
    requests: Counter[str] = field(default_factory=Counter)
    sizes: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, path: str, size: int) -> None:
        """One answer."""
        with self._lock:
            self.requests[kind_of(path)] += 1
            self.sizes[kind_of(path)] += size

    def taken(self) -> dict[str, dict[str, int]]:
        """{kind: {requests, bytes}} since the last time."""
        with self._lock:
            told = {kind: {"requests": number, "bytes": self.sizes[kind]} for kind, number in self.requests.items()}
            self.requests.clear()
            self.sizes.clear()
        return told


def kind_of(path: str) -> str:
    """script, meta, lexicon, postings, columns, addresses, texts; else the first folder of the address."""
    if path.endswith(".js"):
        return "script"
    parts = path.strip("/").split("/")
    if parts[:2] == ["search", "uk"] and len(parts) > 2:
        return KINDS.get(parts[2].split("-")[0].split(".")[0], parts[2])
    return parts[0] or "page"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    """A reader asks for many files at once; with the usual five the others would be sent away."""


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """The folder at an address of this machine, until the block ends."""
    served = Served(folder.resolve())
    server = _Server(("127.0.0.1", 0), _handler(served))
    served.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@cache
def _content(path: Path, is_packed: bool) -> bytes:
    content = path.read_bytes()
    return bytes(deflate.gzip_compress(content, 6)) if is_packed else content


def _handler(served: Served) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            if path == COUNTER:
                return self._answer(json.dumps(served.taken()).encode(), "application/json", False)
            file = (served.folder / path.lstrip("/")).resolve()
            file = file / "index.html" if file.is_dir() else file
            if not file.is_relative_to(served.folder) or not file.is_file():
                served.count(path, 0)
                return self.send_error(404)
            is_packed = file.suffix in TEXTS and "gzip" in self.headers.get("Accept-Encoding", "")
            content = _content(file, is_packed)
            served.count(path, len(content))
            return self._answer(content, mimetypes.guess_type(file.name)[0] or "application/octet-stream", is_packed)

        def _answer(self, content: bytes, kind: str, is_packed: bool) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/javascript" if kind.endswith("javascript") else kind)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Cache-Control", "max-age=600")
            if is_packed:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *values: object) -> None:
            """Silence: what matters is counted."""

    return Handler
