"""What comes from outside: cosignatures of witnesses, tokens of time; who is down or lies is named and passed over."""

from __future__ import annotations

import http.server
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins.audit.keeping import anchors, collecting, showing
from plugins.audit.keeping.telling import NotDone
from plugins.audit.layout import ANCHORS, EVIDENCE, NO_SALT
from plugins.proof.checkpoints import Checkpoint
from plugins.proof.cosignatures import cosign
from plugins.proof.keys import SignerKey
from plugins.proof.leaves import commit_to
from plugins.proof.log import from_folder, read_note
from plugins.proof.notes import Note
from plugins.proof.timestamps import check
from tests.plugins.proof.conftest import NOW, WITNESSES, needs
from tests.plugins.proof.test_timestamps import Authority, make

from .keeper import Keeper


class Server:
    """Answers GET with what is laid out here, and POST as a time-stamping authority of OpenSSL's."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}
        self.authority: Authority | None = None
        self.asked: list[bytes] = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                content = outer.pages.get(self.path)
                self.answer(200 if content is not None else 404, content or b"")

            def do_POST(self) -> None:
                outer.asked.append(self.rfile.read(int(self.headers["Content-Length"])))
                assert self.headers["Content-Type"] == "application/timestamp-query"
                self.answer(200, outer.stamped(outer.asked[-1]))

            def answer(self, status: int, content: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def stamped(self, query: bytes) -> bytes:
        assert self.authority
        (self.authority.folder / "asked.tsq").write_bytes(query)
        self.authority.openssl("ts -reply -config ts.cnf -section stamp -queryfile asked.tsq -signer tsa.pem -inkey "
                               "tsa.key -out answer.tsr")
        return (self.authority.folder / "answer.tsr").read_bytes()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    one = Server()
    needs("openssl")
    one.authority = make(tmp_path_factory.mktemp("tsa"), "rsa:2048")
    yield one
    one.server.shutdown()
    one.server.server_close()


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory, server: Server) -> Path:
    keeper = Keeper(tmp_path_factory.mktemp("begun")).begin()
    keeper.start(*(f"{one.verifier} {server.url}/{number}" for number, one in enumerate(WITNESSES)), quorum=2)
    keeper.append()
    return keeper.top


@pytest.fixture
def keeper(begun: Path, server: Server, tmp_path: Path) -> Keeper:
    server.pages.clear()
    server.asked.clear()
    return Keeper(Path(shutil.copytree(begun, tmp_path, dirs_exist_ok=True)))


def lines(checkpoint: Checkpoint, *keys: SignerKey) -> bytes:
    return "".join(f"{cosign(checkpoint, key, NOW + 60)}\n" for key in keys).encode()


def test_cosignatures_are_kept_with_their_checkpoint_and_put_on_the_site_next(keeper: Keeper, server: Server) -> None:
    checkpoint = Checkpoint.of(read_note(from_folder(keeper.log)))
    server.pages["/0"] = lines(checkpoint, WITNESSES[0])
    note = Note(checkpoint.text, (cosign(checkpoint, WITNESSES[1], NOW + 90), cosign(checkpoint, WITNESSES[2], NOW)))
    server.pages["/1"] = note.encode()  # in which another's line is not its own
    said, is_well = collecting.collect(keeper.log)
    assert ["1\u00a0новий підпис.", "1\u00a0новий підпис."] == [line.partition(": ")[2] for line in said[:2]]
    assert ("пропущено — підписів за цією адресою немає." in said[2], False) == (True, is_well)
    found = keeper.policy.accept(read_note(from_folder(keeper.log)))
    assert ({one.name for one in WITNESSES[:2]}, NOW + 90) == (set(found.witnessed), found.at)
    again, _ = collecting.collect(keeper.log)
    assert "0\u00a0нових підписів." in again[0]
    keeper.append()
    assert (keeper.output / EVIDENCE / "checkpoint").read_bytes() == (keeper.log / "checkpoint").read_bytes()
    told = "\n".join(showing.show(keeper.log))
    assert f"підписали: {WITNESSES[0].name}, {WITNESSES[1].name}." in told
    assert "Засвідчено перші 5\u00a0записів" in told and "Позначок часу немає." in told


def test_a_witness_that_is_late_signs_the_checkpoint_that_it_saw(keeper: Keeper, server: Server) -> None:
    old = Checkpoint.of(read_note(from_folder(keeper.log)))
    keeper.edit()
    keeper.append()
    server.pages["/0"] = lines(old, WITNESSES[0])
    collecting.collect(keeper.log)
    kept = read_note(from_folder(keeper.log), f"checkpoints/{old.size:03}")
    assert [True, False] == [any(one.is_by(WITNESSES[0].verifier) for one in note.signatures)
                             for note in (kept, read_note(from_folder(keeper.log)))]


@pytest.mark.parametrize("content", [b"", b"\xff", "— а\n".encode(), b"x" * 200_000])
def test_a_witness_that_says_nonsense_is_passed_over(keeper: Keeper, server: Server, content: bytes) -> None:
    lies(keeper, server, content)


def test_a_witness_that_lies_is_passed_over(keeper: Keeper, server: Server) -> None:
    checkpoint = Checkpoint.of(read_note(from_folder(keeper.log)))
    other = Checkpoint(checkpoint.origin, checkpoint.size, bytes(32))
    strange = SignerKey(WITNESSES[0].name, WITNESSES[0].kind, b"x" * 32)
    lies(keeper, server, lines(checkpoint, strange))
    lies(keeper, server, lines(other, WITNESSES[0]))
    lies(keeper, server, Note(other.text, (cosign(other, WITNESSES[0], NOW),)).encode())
    lies(keeper, server, Note(checkpoint.text, (cosign(other, WITNESSES[0], NOW),)).encode())


def lies(keeper: Keeper, server: Server, content: bytes) -> None:
    before = (keeper.log / "checkpoint").read_bytes()
    server.pages["/0"] = content
    said, is_well = collecting.collect(keeper.log)
    assert ("пропущено" in said[0], False, before) == (True, is_well, (keeper.log / "checkpoint").read_bytes())


def test_a_token_of_time_is_kept_raw_and_logged_next(keeper: Keeper, server: Server, tmp_path: Path) -> None:
    size = len(keeper.leaves())
    assert f"контрольна точка {size} існувала" in anchors.stamp(keeper.log, server.url)[0]
    token = (keeper.log / f"{ANCHORS}{size}.tsr").read_bytes()
    text = Checkpoint.of(read_note(from_folder(keeper.log))).text.encode()
    assert server.authority
    assert check(token, text, [server.authority.certificate("ca")]).is_verified
    (tmp_path / "text").write_bytes(text)
    (tmp_path / "token").write_bytes(token)
    subprocess.run(["openssl", "ts", "-verify", "-data", tmp_path / "text", "-in", tmp_path / "token", "-token_in",
                    "-CAfile", server.authority.folder / "ca.pem", "-untrusted", server.authority.folder / "tsa.pem"],
                   check=True, capture_output=True)
    assert ["Позначка часу контрольної точки 5 вже є."] == anchors.stamp(keeper.log, server.url)
    assert 1 == len(server.asked) and text not in server.asked[0]
    keeper.append()
    keeper.append()
    # the entry of a token asks for no token of its own, or there would be one for ever
    assert "нічого не оприлюднено" in anchors.stamp(keeper.log, server.url)[0] and 1 == len(server.asked)
    leaf, = (one for one in keeper.leaves() if one.kind == "anchor")
    assert (size, commit_to("anchor", NO_SALT, token)) == (leaf["size"], leaf["c"])
    assert token == (keeper.output / EVIDENCE / f"{ANCHORS}{size}.tsr").read_bytes()


def test_an_authority_that_is_down_or_stamps_something_else_leaves_nothing(
        keeper: Keeper, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotDone, match="не відповідає"):
        anchors.stamp(keeper.log, "http://127.0.0.1:1/")
    monkeypatch.setattr(server, "stamped", lambda query: server.authority and server.authority.stamped(b"other"))
    with pytest.raises(NotDone, match="стосується іншого"):
        anchors.stamp(keeper.log, server.url)
    monkeypatch.setattr(server, "stamped", lambda query: b"\x30\x03\x02\x01")
    with pytest.raises(NotDone, match="Позначки не збережено"):
        anchors.stamp(keeper.log, server.url)
    assert not (keeper.log / ANCHORS).exists()
