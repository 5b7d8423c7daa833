"""«Як перевірити»: what is proven, what cannot be, commands to copy and what their answers mean; the way there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from plugins.deadlines.model import has_ledger
from plugins.history.model import HOW_TO_VERIFY, Grade, LogShown, log_of
from plugins.people.model import Council
from plugins.records import Box, Library, Link, PageModel, Record, frozen
from plugins.records.components import NotedLink

from .layout import EVIDENCE

LANDING = Link("Прозорість", "/prozorist/")
URL = HOW_TO_VERIFY
TITLE = "Як перевірити"
KIT = "/prozorist/komplekt.zip"
TOOL = "python3 tasks.py"


@frozen(kw_only=True)
class HowToVerifyPage(PageModel):
    """`log`: as the build found it, None where none is kept; `commands` by what they are for, each ready to be copied.

    `source`: the address of the repository, or nothing.
    """

    template: ClassVar[str] = "audit/how-to-verify.html"
    page_kind: ClassVar[str] = "page"

    log: LogShown | None
    commands: dict[str, str]
    source: str
    grades: tuple[Grade, ...]
    kit: Link
    evidence: str


def how_to_verify(library: Library) -> Iterator[PageModel]:
    """The page, where there is anything to verify; true for a council without a log too."""
    log = log_of(library)
    if not log and not has_ledger(library):
        return
    council = library.only(Council)
    yield HowToVerifyPage(
        url=URL, title=TITLE, crumbs=(LANDING,), log=log, commands=commands_of(library.site_url, council.source_url),
        description="Як самому перевірити, що оприлюднене не змінили, не датували заднім числом і не вилучили.",
        source=council.source_url or "", grades=tuple(Grade), kit=Link("Набір для перевірки (ZIP)", KIT),
        evidence=f"/{EVIDENCE}", search_text="Як перевірити: журнал оприлюднень, свідки, докази, підробка сайту.")


def commands_of(site: str, source: str | None) -> dict[str, str]:
    """What to type, with the addresses of this site."""
    return {
        "clone": f"git clone {source} rada && cd rada" if source else "",
        "save": f"curl -o storinka.html {site}/",
        "proof": f"{TOOL} log proof --site {site} --page / --output storinka.tlog-proof",
        "page": f"{TOOL} verify page storinka.html --proof storinka.tlog-proof --policy perevirka/pravyla --address /",
        "all": f"{TOOL} verify all --site {site} --policy perevirka/pravyla --state pamiat.json",
        "rebuild": f"{TOOL} verify rebuild --commit HEAD --compare {site}",
    }


def way_there(record: Record, library: Library) -> Box | None:
    """On the first page of the section."""
    log = log_of(library)
    if not log and not has_ledger(library):
        return None
    note = "Команди, які може повторити кожен, і чого довести не можна" if log else \
        "Журналу оприлюднень рада ще не веде: що з цього випливає"
    return Box("audit/box.html", (NotedLink(TITLE, URL, note),))
