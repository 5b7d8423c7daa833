"""Whatever a site or a repository holds, an auditor gets findings or one line, no traceback, and runs nothing of it."""

from __future__ import annotations

import gzip
import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from plugins.audit import site
from plugins.audit.checking.checkout import checked_out
from plugins.audit.checking.one_page import paths_of
from plugins.audit.checking.report import as_json, as_text
from plugins.audit.checking.state import read_memory
from plugins.audit.checking.verify import Asked, examine
from plugins.audit.findings import COULD_NOT, LACKING, TAMPERING
from plugins.audit.keeping.proving import prove_address
from plugins.audit.layout import BUILD, EVIDENCE, PAGES, POLICY, SALTS
from plugins.proof.append import add_signatures
from plugins.proof.cosignatures import cosign
from plugins.proof.policy import Policy

from .attacks.honest import amended
from .attacks.steps import PAGE, added
from .council import HOUR, WITNESS_KEYS, Council
from .test_tampering import alarms

DEEP = b"[" * 200_000
Spoil = Callable[[Council], object]


def put(path: str, content: bytes) -> Spoil:
    def spoil(council: Council) -> None:
        (council.site / path).write_bytes(content)
    return spoil


def huge(path: str) -> Spoil:
    def spoil(council: Council) -> None:
        with (council.site / path).open("wb") as file:
            file.truncate(110_000_000)
    return spoil


def folder(path: str) -> Spoil:
    def spoil(council: Council) -> None:
        (council.site / path).unlink()
        (council.site / path).mkdir()
    return spoil


def link(path: str, target: str) -> Spoil:
    def spoil(council: Council) -> None:
        (council.site / path).unlink()
        (council.site / path).symlink_to(target)
    return spoil


def pipe(council: Council) -> None:
    (council.site / PAGE).unlink()
    os.mkfifo(council.site / PAGE)


def odd_names(council: Council) -> None:
    for name in (b"\xff\xfe.html", "\u202elmth.html".encode(), b"a\nb.html"):
        Path(os.fsdecode(os.fsencode(council.site) + b"/" + name)).write_bytes(b"")


LOG, DOC = f"{EVIDENCE}checkpoint", f"{EVIDENCE}{SALTS}docs/drafts/2026/1-p.json"
HOSTILE: dict[str, Spoil] = {
    "manifest-no-text": put("manifest.txt", b"\xff" * 1000),
    "manifest-elsewhere": put("manifest.txt", b"".join(b"%b  %b\n" % (b"0" * 64, path) for path in (
        b"../../etc/passwd", b"/etc/passwd", b"a\0b", b"a//b", b"\xff"))),
    "manifest-one-line": put("manifest.txt", b"0" * 3_000_000),
    "manifest-many-lines": put("manifest.txt", b"x\n" * 200_000),
    "manifest-folder": folder("manifest.txt"),
    "manifest-circle": link("manifest.txt", "manifest.txt"),
    "page-huge": huge(PAGE),
    "page-link": link(PAGE, "/etc/passwd"),
    "page-pipe": pipe,
    "odd-names": odd_names,
    "checkpoint-empty": put(LOG, b""),
    "checkpoint-noise": put(LOG, bytes(range(256)) * 100),
    "checkpoint-huge": huge(LOG),
    "checkpoint-size": put(LOG, b"rada.example/log\n9223372036854775807\n" + b"A" * 43
                           + b"=\n\n\xe2\x80\x94 a AAAAAAA=\n"),
    "sizes-many": put(f"{EVIDENCE}checkpoints/sizes", b"".join(b"%d\n" % one for one in range(13, 50_000))),
    "sizes-noise": put(f"{EVIDENCE}checkpoints/sizes", b"9" * 5000 + b"\n"),
    "policy-noise": put(f"{EVIDENCE}{POLICY}", b"\xff\0log"),
    "opening-deep": put(DOC, DEEP),
    "opening-number": put(DOC, b'{"1":' + b"9" * 50_000 + b"}\n"),
    "pages-noise": put(f"{EVIDENCE}{SALTS}{PAGES}", b'path,salt\n"' + b"a" * 300_000),
    "build-deep": put(f"{EVIDENCE}{SALTS}{BUILD}", DEEP),
    "build-other": put(f"{EVIDENCE}{SALTS}{BUILD}", b'{"commit":null}\n'),
    "rewrites-deep": put(f"{EVIDENCE}{SALTS}rewrites.json", DEEP),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_site_is_answered(council: Council, name: str) -> None:
    HOSTILE[name](council)
    report = council.verify()
    assert all("OSError" in why for why in report.broken.values()), report.broken
    assert report.status in (TAMPERING, LACKING, COULD_NOT) or name in ("rewrites-deep", "policy-noise")
    text = as_text(report, "uk") + as_text(report, "en") + as_json(report)
    assert len(text) < 100_000 and not [one for one in text if not one.isprintable() and one not in "\n\xa0"]


@pytest.mark.parametrize("at", [1, 253_402_300_799, 2**62])
def test_a_witness_may_claim_any_moment(council: Council, at: int) -> None:
    lines = [cosign(council.newest, one, at) for one in WITNESS_KEYS]
    add_signatures(council.log, council.newest.size, lines, Policy.parse(council.policy_file.read_bytes()))
    council.deploy()
    report = council.verify("log")
    assert alarms(report) and not report.broken and as_text(report, "uk") and as_text(report, "en")


@pytest.mark.parametrize("content", [b"", b"{}", b"null", DEEP, b'{"v":1}', b'{"v":1,"origin":"","checkpoints":7}'])
def test_a_spoilt_memory_stops_the_check(council: Council, content: bytes) -> None:
    council.state.write_bytes(content)
    report = council.verify("log")
    assert COULD_NOT == report.status and "--state" in report.broken["options"]
    assert content == council.state.read_bytes()


def test_a_memory_of_another_council_s_log_is_no_alarm(council: Council) -> None:
    council.state.write_text(council.state.read_text(encoding="utf-8").replace('"rada.example/log"', '"inshe/log"'),
                             encoding="utf-8")
    report = council.verify("log")
    assert COULD_NOT == report.status and "«inshe/log»" in report.broken["options"]


def test_a_folder_is_no_memory(council: Council) -> None:
    report = council.verify("log", state=str(council.folder))
    assert COULD_NOT == report.status and "--state" in report.broken["options"]


def test_memory_is_written_only_when_nothing_speaks_of_tampering(council: Council) -> None:
    before = read_memory(council.state)
    (council.site / PAGE).write_bytes(b"")
    assert TAMPERING == council.verify().status and before == read_memory(council.state)
    council.build()
    assert 0 == council.verify().status
    after = read_memory(council.state)
    assert (9, 12) == (before.checkpoints[-1].size, after.checkpoints[-1].size)
    assert (council.head, council.policy_file.read_text(encoding="utf-8")) == (after.tip, after.policy)


def test_the_settings_of_a_repository_run_nothing(council: Council, tmp_path: Path) -> None:
    mark, program = tmp_path / "ran", tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {mark}\ncat\n", encoding="utf-8")
    program.chmod(0o755)
    for name in ("core.fsmonitor", "core.pager", "diff.external", "gpg.program", "gpg.ssh.program", "core.sshCommand",
                 "core.alternateRefsCommand", "filter.x.smudge", "filter.x.process", "diff.x.textconv",
                 "uploadpack.packObjectsHook", "core.editor"):
        council.git("config", name, str(program))
    council.git("config", "log.showSignature", "true")
    hooks = council.repo / ".git/hooks"
    hooks.mkdir()
    for name in ("post-checkout", "reference-transaction", "fsmonitor-watchman"):
        (hooks / name).write_text(program.read_text(encoding="utf-8"), encoding="utf-8")
        (hooks / name).chmod(0o755)
    (council.repo / ".git/info").mkdir()
    (council.repo / ".git/info/attributes").write_text("* filter=x diff=x\n", encoding="utf-8")
    assert 0 == council.verify().status
    with checked_out(council.repo, "HEAD") as folder:
        assert (folder / "content").is_dir()
    assert not mark.exists()


def test_what_a_repository_says_of_its_files_makes_no_other_texts_of_them(council: Council) -> None:
    council.commit({".gitattributes": "*.yml text eol=crlf\n*.md text eol=crlf\n"})
    with checked_out(council.repo, "HEAD") as folder:
        for path in ("content/acts/2026/7.yml", "content/news/2026/novyna.md"):
            assert council.blob("HEAD", path) == (folder / path).read_bytes()


@pytest.mark.parametrize("name", ["-h", "--all", "HEAD~99", "", "refs/heads/main^{tree}"])
def test_a_commit_that_is_none_is_said(council: Council, name: str) -> None:
    report = council.verify("rebuild", commit=name)
    assert COULD_NOT == report.status and {"rebuild"} == report.broken.keys()


class Server(ThreadingHTTPServer):
    """Who asks for eight files at once waits a second for each that does not fit into a shorter queue."""

    request_queue_size = 64


@contextmanager
def served(place: Path, handler: type[SimpleHTTPRequestHandler]) -> Iterator[str]:
    server = Server(("127.0.0.1", 0), partial(handler, directory=str(place)))
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing."""


class Broken(Quiet):
    def do_GET(self) -> None:
        self.send_error(503)


class Elsewhere(Quiet):
    def do_GET(self) -> None:
        self.send_response(302)
        self.send_header("Location", "file:///etc/passwd")
        self.end_headers()


def test_a_site_at_an_address_is_checked_like_one_in_a_folder(council: Council) -> None:
    with served(council.site, Quiet) as address:
        report = council.verify(site=address)
        assert (set(), {}, 0) == (alarms(report), report.broken, report.status)
        assert "pages-unlisted" in {one.code for one in report.findings}
        (council.site / PAGE).write_bytes(b"")
        assert {"page-altered"} == alarms(council.verify("page", site=address))


class Choosy(Quiet):
    """Gives everything but one page and one opening."""

    def do_GET(self) -> None:
        if self.path.endswith(("7.html", "acts/2026/7.json")):
            self.send_error(503)
        else:
            super().do_GET()


def test_a_server_that_keeps_something_back_hides_nothing_else(council: Council) -> None:
    with served(council.site, Choosy) as address:
        report = council.verify(site=address)
        assert ({"unreadable"}, LACKING) == (alarms(report), report.status)
        (council.site / PAGE).write_bytes(b"")
        report = council.verify(site=address)
        assert ({"page-altered", "unreadable"}, TAMPERING) == (alarms(report), report.status)


class Polite(Quiet):
    """Answers with its front page where there is nothing, as many hosts do."""

    def do_GET(self) -> None:
        file = Path(self.directory) / self.path.lstrip("/")
        if not file.is_file() and not (file / "index.html").is_file():
            self.path = "/welcome.html"
        super().do_GET()


def test_a_host_that_always_answers_is_no_tampering_and_hides_nothing(council: Council) -> None:
    (council.site / "welcome.html").write_text("<!DOCTYPE html><title>Рада</title>", encoding="utf-8")
    with served(council.site, Polite) as address:
        report = council.verify(site=address)
        assert (set(), {}, 0) == (alarms(report), report.broken, report.status)
        (council.evidence / SALTS / "docs/acts/2026/7.json").unlink()
        assert "opening-missing" in alarms(council.verify("history", site=address))


class Stingy(Quiet):
    """Gives no salts."""

    def do_GET(self) -> None:
        self.send_error(500) if "/soli/" in self.path else super().do_GET()


def test_a_host_that_gives_no_salts_does_not_hide_altered_pages(council: Council) -> None:
    (council.site / PAGE).write_bytes(b"")
    with served(council.site, Stingy) as address:
        report = council.verify("page", site=address)
        assert ({"page-altered", "unreadable"}, TAMPERING) == (alarms(report), report.status)


def test_a_site_that_is_published_while_it_is_checked_is_checked_anew(council: Council) -> None:
    class Busy(Quiet):
        """After the log has been asked for, the next publication comes."""

        def do_GET(self) -> None:
            if self.path == "/manifest.txt" and council.newest.size == 12:
                amended(council)
            super().do_GET()

    with served(council.site, Busy) as address:
        report = council.verify("page", site=address, later=4 * HOUR)
        assert (set(), 0) == (alarms(report), report.status)
        (council.site / PAGE).write_bytes(b"")
        assert {"page-altered"} == alarms(council.verify("page", site=address))


class Diverting(Quiet):
    """The log and the list are as they were; of the pages a reader gets other ones."""

    def do_GET(self) -> None:
        headers = {f"/{PAGE}": ("Location", "http://localhost:1/inshe"), "/acts/2026/7.html": ("Refresh", "0;url=/x"),
                   "/news/2026/novyna.html": ("Link", '</x.css>; rel="preload stylesheet"'),
                   "/drafts/2026/2-p/": ("Content-Encoding", "br")}
        is_reader = "Mozilla" in self.headers["User-Agent"] and "gzip" in self.headers["Accept-Encoding"]
        # Whoever asks for /index.html gets the true one, and so does an auditor who says what he is.
        if self.path == "/" or (self.path == "/istoriia/acts/2026/7.html" and is_reader):
            self.path = f"/{PAGE}"
            return super().do_GET()
        if self.path not in headers:
            return super().do_GET()
        self.send_response(302 if "Location" in headers[self.path] else 200)
        self.send_header(*headers[self.path])
        self.end_headers()
        return None


def test_a_host_that_leads_readers_elsewhere_is_found(council: Council) -> None:
    with served(council.site, Diverting) as address:
        report = council.verify("page", site=address)
    assert {"acts/2026/7.html": "page-diverted", PAGE: "page-diverted", "news/2026/novyna.html": "page-diverted",
            "index.html": "page-altered", "istoriia/acts/2026/7.html": "page-altered",
            "drafts/2026/2-p/index.html": "unreadable"} == {
                one.where: one.code for one in report.findings if one.where}
    assert TAMPERING == report.status


def test_a_site_that_has_moved_is_not_followed(council: Council) -> None:
    class Moved(Quiet):
        def do_GET(self) -> None:
            self.send_response(301)
            self.send_header("Location", f"http://localhost:1{self.path}")
            self.end_headers()

    with served(council.site, Moved) as address:
        report = council.verify(site=address)
    assert COULD_NOT == report.status and "http://localhost:1/" in report.broken["options"]


class Packing(Quiet):
    """Gives every file compressed, though nobody asked for it; of some of them only the beginning."""

    def do_GET(self) -> None:
        file = Path(self.directory) / self.path.lstrip("/")
        file = file / "index.html" if self.path.endswith("/") else file
        if not file.is_file():
            return self.send_error(404)
        content = file.read_bytes() if file.suffix == ".gz" else gzip.compress(file.read_bytes())
        self.send_response(200)
        self.send_header("Content-Encoding", "gzip")
        if self.path.startswith("/istoriia"):
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[:-20] if self.path.endswith("7.html") else content)
        return None


def test_a_host_that_compresses_everything_or_breaks_off_alters_nothing(council: Council) -> None:
    (council.site / "index.html.gz").write_bytes(gzip.compress(b"<h1>", mtime=0))
    council.list_files()
    council.clock += HOUR
    added(council, council.build_leaf(council.newest.size, council.newest.size))
    with served(council.site, Packing) as address:
        report = council.verify("page", site=address)
    assert [("unreadable", "acts/2026/7.html"), ("unreadable", "istoriia/acts/2026/7.html")] == [
        (one.code, one.where) for one in report.findings if one.code != "pages-unlisted"]
    assert LACKING == report.status


class Endless(Quiet):
    """Begins an answer, and goes on with it for ever."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        with suppress(OSError):
            while True:
                self.wfile.write(b"0" * 65_536)


def test_an_answer_without_an_end_ends(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "LONGEST", 0)
    with served(council.site, Endless) as address:
        report = council.verify("log", site=address)
    assert COULD_NOT == report.status and "TimeoutError" in report.broken["log"]


@pytest.mark.parametrize("handler", [Broken, Elsewhere])
def test_a_server_that_does_not_answer_is_no_tampering(council: Council, handler: type[Quiet]) -> None:
    with served(council.site, handler) as address:
        report = council.verify("log", site=address)
    assert COULD_NOT == report.status and not report.findings


# --------------------------------------------------------------------------- one page, offline

@pytest.fixture
def page(council: Council, tmp_path: Path) -> dict[str, str]:
    """The page with its proof, made of the site; the site is gone then."""
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "page.html").write_bytes((council.site / PAGE).read_bytes())
    (kept / "page.tlog-proof").write_bytes(prove_address(str(council.site), f"/{PAGE}").proof.encode())
    council.site.rename(tmp_path / "gone")
    return {"site": "", "state": "", "file": str(kept / "page.html"), "proof": str(kept / "page.tlog-proof")}


def test_a_page_with_its_proof_needs_no_site(council: Council, page: dict[str, str],
                                             monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.socket", None)
    report = council.verify("page", **page)
    assert (["page-proven"], 0) == ([one.code for one in report.findings], report.status)
    assert 0 == council.verify("page", **page, address=f"/{PAGE}").status


@pytest.mark.parametrize(("change", "code"), [
    ({"content": b"<main>altered</main>"}, "page-proof"), ({"address": "/drafts/2026/2-p/"}, "page-address"),
    ({"proof": b"c2sp.org/tlog-proof@v1\n"}, "proof"), ({"proof": DEEP}, "proof")])
def test_a_page_that_is_another_is_told(council: Council, page: dict[str, str], change: dict[str, str | bytes],
                                        code: str) -> None:
    for name, content in change.items():
        if isinstance(content, bytes):
            Path(page["file" if name == "content" else name]).write_bytes(content)
    report = council.verify("page", **(page | {name: text for name, text in change.items() if isinstance(text, str)}))
    assert ({code}, TAMPERING) == (alarms(report), report.status)


@pytest.mark.parametrize(("address", "path"), [
    ("/novyny/", "novyny/index.html"), ("https://rada.example/novyny/?a=1#b", "novyny/index.html"),
    ("https://rada.example", "index.html"), ("/fajly/%D0%BF%D0%BB%D0%B0%D0%BD.pdf", "fajly/план.pdf"),
    ("/novyny/../rishennia/", "novyny/../rishennia/index.html")])
def test_an_address_is_of_one_file_however_it_was_copied(address: str, path: str) -> None:
    assert path == paths_of(address)[0]


def test_a_page_alone_says_what_it_needs(council: Council, page: dict[str, str]) -> None:
    for without in ({"policy": ""}, {"proof": ""}, {"file": "nema.html"}):
        report = council.verify("page", **(page | without))
        assert COULD_NOT == report.status and report.broken["page"]
    assert json.loads(as_json(report))["status"] == COULD_NOT


# --------------------------------------------------------------------------- a witness by the same command

def test_a_witness_visits_and_refuses_a_log_that_was_cut(council: Council, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text(f"{WITNESS_KEYS[0].secret()}\n", encoding="ascii")
    options = {"key": str(key), "state": str(tmp_path / "memory.json"), "out": str(tmp_path / "out")}
    assert COULD_NOT == council.verify("witness", **(options | {"key": ""})).status
    report = council.verify("witness", **options)
    assert (["cosigned"], 0) == ([one.code for one in report.findings], report.status)
    assert (tmp_path / "out/rada.example/log/cosignatures").read_text(encoding="utf-8").startswith("— witness1.example")
    (council.evidence / "checkpoint").write_bytes((council.evidence / "checkpoints/009").read_bytes())
    assert ({"witness-shrank"}, TAMPERING) == (alarms(again := council.verify("witness", **options)), again.status)
    assert "свідок — ПІДРОБКА" in as_text(again, "uk")


@pytest.mark.parametrize(("language", "words"), [("uk", "сайт не відповідає"), ("en", "the site does not answer")])
def test_a_site_that_does_not_answer_is_told_in_words(tmp_path: Path, language: str, words: str) -> None:
    report = examine(Asked("all", tmp_path, site="http://127.0.0.1:1", lang=language))
    told = as_text(report, language)
    assert COULD_NOT == report.status
    assert words in told and "URLError" not in told and "  !" in told and "\n!" not in told
