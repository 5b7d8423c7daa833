"""`log append`: what a publication adds to the log, after the site was built and before it is shown.

Everything is worked out first, from verified leaves and the library; then openings are written, then the log, then what
tells of the build. A refusal or a crash on the way leaves a log that verifies, and the next run goes on from there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from plugins.proof.append import append
from plugins.proof.checkpoints import Checkpoint
from plugins.proof.faults import Fault
from plugins.proof.files import one_writer, write_whole
from plugins.proof.keys import SignerKey
from plugins.proof.leaves import canonical, commit_to
from plugins.proof.pageproof import pages_root
from plugins.proof.roles import Roles, parse_roles
from plugins.proof.salts import new_salts, read_policy_openings
from plugins.proof.signers import Signer, parse_signers
from plugins.ukrainian import KYIV, counted

from .. import pages_root as pages
from ..layout import BUILD, BUILDS, KEPT_POLICIES, PAGES, POLICY, ROLES, SIGNERS
from . import anchors, evidence, pending, place
from .batch import Batch, Document, Known, PolicyFile, Writer
from .signed_by import Authors, site
from .state_of_log import OwnLog, check_clock, check_keys, read_log, remembered, told
from .telling import NotDone

Documents = Callable[[bool], Iterable[Document]]
"""All public documents. The argument: history was rewritten, and the log says so."""
FORM = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True)
class Asked:
    """What `log append` is given. `seen`: the declared moment; `lock`: the bytes of the tools' lock; `shown`: the
    public site (folder or address), "" to remember nothing; `url`: the address that the build was told; `day`: the
    declared moment of the build, where it is another.
    """

    log: Path
    salts: Path
    output: Path
    content: Path
    data: Path
    keys: Sequence[SignerKey]
    seen: datetime
    lock: bytes
    shown: str = ""
    url: str = ""
    day: datetime | None = None


@dataclass(frozen=True)
class Facts:
    """What a build leaf says, and the files beside the log that open it."""

    leaf: dict[str, str | int]
    files: dict[str, bytes] = field(default_factory=dict)


def run(asked: Asked, documents: Documents, *, at: int) -> list[str]:
    """Append what the log does not have, put the evidence into the output, tell what was done. `at`: now, for
    signatures. Errors: `NotDone`, OSError.
    """
    try:
        with one_writer(asked.salts):
            log = read_log(asked.log)
            check_keys(log, asked.keys)
            pending.settle(asked.salts, log.fetch, log.checkpoint.size)
            check_clock(log, asked.seen, at)
            seen_before = remembered(asked.shown, log)
            batch, facts = prepare(asked, log, documents)
            if batch.leaves:
                write(asked, log, batch, facts, seen_before, at)
            evidence.publish(asked.log, asked.salts, asked.output)
    except Fault as fault:
        raise told(fault) from None
    return tell(batch, log.checkpoint.size)


def prepare(asked: Asked, log: OwnLog, documents: Documents) -> tuple[Batch, Facts | None]:
    """The new leaves with their openings, and the facts of the build where it is another. Nothing is written."""
    commit = place.head_of(asked.content, asked.data)
    known = Known(log.leaves)
    before = read_build(asked.salts)
    last = before.get("commit", "")
    if last and not known.is_rewritten_since_build and not place.is_before(asked.content, last, commit):
        raise NotDone(f"Коміту {last[:10]}, з якого побудовано оприлюднений сайт, в історії гілки більше немає: її "
                      "переписано. Нічого не записано. Поверніть колишню історію або оголосіть вилучення.")
    places = place.places_of(asked.content)
    if last and not known.is_rewritten_since_build and last not in places:
        raise NotDone("Гілки злито навпаки: оприлюднене стоїть у коміті злиття другим, як після git pull. Нічого не "
                      "записано: перевірка не знайшла б його на гілці. Візьміть оприлюднену гілку й долучіть свої "
                      "коміти до неї: git merge --no-ff або git pull --rebase.")
    files = place.policy_files(asked.log, asked.data, commit)
    own = site(asked.keys)
    is_same = last == commit and not known.is_rewritten_since_build and _is_as_built(asked, before)
    with Authors(asked.content, own, *_policies(files)) as authors:
        writer = Writer(known, asked.seen.astimezone(UTC).strftime(FORM), own, authors.of)
        for file in files:
            logged = known.policies.get(file.what)
            openings = read_policy_openings(asked.salts, file.what)
            writer.policy(file, openings.get(int(logged["n"])) if logged else None)
        if not is_same:  # else no document is another, and none has become public
            writer.revisions(documents(known.is_rewritten_since_build), places)
            writer.redactions(place.texts_not_shown(asked.data, commit))
    for size, token in anchors.read_tokens(asked.log):
        writer.anchor(size, token)
    if is_same:
        return writer.batch, None
    if writer.batch.openings and _is_as_built(asked, before):
        raise NotDone(f"Сайт у теці {asked.output} побудовано до останніх змін: у документах є нові редакції, а на "
                      "сторінках нічого нового. Нічого не записано. Побудуйте його знову: build --public.")
    facts = facts_of(asked, log, commit, known.size + len(writer.batch.leaves))
    writer.build(**facts.leaf)
    return writer.batch, facts


def facts_of(asked: Asked, log: OwnLog, commit: str, index: int) -> Facts:
    """What the build leaf at this index says."""
    try:
        listed = pages.parse_manifest((asked.output / pages.MANIFEST).read_bytes())
    except FileNotFoundError:
        raise NotDone(f"У теці {asked.output} немає готового сайту. Спершу побудуйте його: build --public.") from None
    salts = asked.salts
    old = pages.parse_salts((salts / PAGES).read_bytes()) if (salts / PAGES).is_file() else {}
    before = dict(pages.parse_manifest((salts / pages.MANIFEST).read_bytes())) if (
        salts / pages.MANIFEST).is_file() else {}
    own = pages.renew_salts(listed, before, old)
    salt, moment, lock = new_salts().commit, (asked.day or asked.seen).astimezone(KYIV), pages.lock_digest(asked.lock)
    told_of = {"commit": commit, "salt": salt.hex(), "day": moment.isoformat(timespec="seconds"), "url": asked.url,
               "size": log.checkpoint.size, "index": index, "lock": lock}
    return Facts({"root": pages_root(listed, own), "pages": len(listed), "lock": lock, "day": moment.date().isoformat(),
                  "commit": commit_to("commit", salt, commit.encode())},
                 {BUILD: canonical(told_of) + b"\n",
                  BUILDS: canonical({**read_builds(salts), str(index): {"commit": commit, "salt": salt.hex()}}) + b"\n",
                  PAGES: pages.write_salts(own),
                  pages.MANIFEST: (asked.output / pages.MANIFEST).read_bytes()})


def write(asked: Asked, log: OwnLog, batch: Batch, facts: Facts | None, seen_before: Sequence[Checkpoint],
          at: int) -> None:
    """Openings, then the log, then the facts. Whatever fails leaves the log as it was, without the openings."""
    size = log.checkpoint.size
    for n in batch.policies.get(POLICY, {}):
        write_whole(asked.log / f"{KEPT_POLICIES}{n}", (asked.log / POLICY).read_bytes())
    pending.stage(asked.salts, batch, size, facts.files if facts else {})
    try:
        append(asked.log, batch.leaves, asked.keys, expected=size, at=at, remembered=seen_before)
    except Fault:
        pending.settle(asked.salts, log.fetch, size)
        raise
    pending.settle(asked.salts, log.fetch, size + len(batch.leaves))


def read_build(salts: Path) -> dict[str, str]:
    """Facts of the newest logged build that are texts; none before the first."""
    try:
        found = json.loads((salts / BUILD).read_bytes())
        return {name: value for name, value in found.items() if isinstance(value, str)}
    except FileNotFoundError:
        return {}
    except (ValueError, AttributeError):
        raise Fault("salt", BUILD) from None


def read_builds(salts: Path) -> dict[str, object]:
    """What opens the commits of the logged builds; nothing before the first."""
    try:
        found = json.loads((salts / BUILDS).read_bytes())
    except FileNotFoundError:
        return {}
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Fault("salt", BUILDS)
    return found


def tell(batch: Batch, size: int) -> list[str]:
    """What was done, for the log of the job."""
    kinds = [one.kind for one in batch.leaves]
    revisions = sum(map(len, batch.openings.values()))
    said = [counted(revisions, "редакцію", "редакції", "редакцій") + " документів"] if revisions else []
    said += [counted(count, *forms) for kind, forms in WORDS.items() if (count := kinds.count(kind))]
    if not said:
        return [f"Нічого нового: у журналі {counted(size, 'запис', 'записи', 'записів')}."]
    total = counted(size + len(kinds), "запис", "записи", "записів")
    return [f"Дописано до журналу: {', '.join(said)}. Тепер у ньому {total}."]


WORDS = {"redact": ("вилучення тексту", "вилучення тексту", "вилучень тексту"),
         "policy": ("версію правил", "версії правил", "версій правил"),
         "anchor": ("позначку часу", "позначки часу", "позначок часу"),
         "build": ("побудову", "побудови", "побудов")}


def _is_as_built(asked: Asked, before: Mapping[str, str]) -> bool:
    """Whether the site is, byte for byte, the one of the newest build leaf, made with the same tools."""
    manifest = asked.salts / pages.MANIFEST
    return (before.get("lock") == pages.lock_digest(asked.lock) and manifest.is_file()
            and (asked.output / pages.MANIFEST).is_file()
            and manifest.read_bytes() == (asked.output / pages.MANIFEST).read_bytes())


def _policies(files: Sequence[PolicyFile]) -> tuple[Sequence[Signer], Roles]:
    """Who may sign and who may change what; a list that is wrong gives nobody a role."""
    contents = {file.path: file.content for file in files}
    try:
        return (parse_signers(contents[SIGNERS]) if SIGNERS in contents else (),
                parse_roles(contents[ROLES]) if ROLES in contents else Roles())
    except Fault:
        return (), Roles()
