"""Pages that explain the international forms of the data: Popolo, Akoma Ntoso."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from plugins.acts.model import Act, DraftAct
from plugins.people.model import Council
from plugins.records import Library, Link, PageModel, frozen
from plugins.records.components import Row
from plugins.ukrainian import counted

from .popolo import FOLDER, popolo_files

CATALOGUE = Link("Відкриті дані", "/dani/")
AKOMA_NTOSO = "/dani/akoma-ntoso/"
RECORDS = ("запис", "записи", "записів")


@frozen
class FormatSection:
    """Some paragraphs under a heading."""

    title: str
    paragraphs: tuple[str, ...]


@frozen(kw_only=True)
class FormatPage(PageModel):
    """What a form of the data is, what is in it, where it lies."""

    template: ClassVar[str] = "open_data/format.html"
    page_kind: ClassVar[str] = "dataset"

    lead: str
    files: tuple[tuple[str, Link], ...]
    """(«Особи, 86 записів», the file)."""
    sections: tuple[FormatSection, ...]
    specification: Link
    licence: Link


def pages(library: Library) -> Iterator[PageModel]:
    """The page of Popolo, and of Akoma Ntoso where there are acts."""
    yield _popolo(library)
    if library.exists(Act.kind) or library.exists(DraftAct.kind):
        yield _akoma_ntoso(library)


def rows(library: Library) -> Iterator[Row]:
    """Both in the catalogue."""
    yield Row("Люди, органи й голосування в Popolo", FOLDER, ("Popolo", "JSON"),
              excerpt="Особи, органи, членства, посади, засідання й голоси — у міжнародній моделі.")
    if library.exists(Act.kind) or library.exists(DraftAct.kind):
        yield Row("Тексти актів і проєктів в Akoma Ntoso", AKOMA_NTOSO, ("Akoma Ntoso 3.0", "XML"),
                  excerpt="Кожне рішення, розпорядження й проєкт: пункти, додатки, зміни, дати.")


def _popolo(library: Library) -> FormatPage:
    council = library.only(Council)
    files = tuple((f"{file.title}{f', {file.year} рік' if file.year else ''}, {counted(file.size, *RECORDS)}",
                   Link(file.url.rpartition("/")[2], file.url)) for file in popolo_files(library))
    return FormatPage(
        url=FOLDER, title="Popolo: люди, органи, голосування", crumbs=(CATALOGUE,), files=files,
        lead="Хто працює в органах громади, хто до чого належав і як голосував — у моделі Popolo, яку читають "
             "програми громадського контролю в різних країнах.",
        description=f"Особи, органи, членства, посади, засідання й голосування {council.name_genitive} у форматі "
                    "Popolo JSON.",
        specification=Link("Опис моделі Popolo", "https://www.popoloproject.com/specs/"), licence=_licence(council),
        sections=(
            FormatSection("Що в записах", (
                "Ідентифікатори сталі: особи, органи, засідання й голосування мають ті самі, що в адресах сторінок. "
                "Кожен запис веде до своєї сторінки (sources).",
                "Варіанти голосу: yes, no, abstain, not voting, absent. Таємне голосування має лише підсумок. "
                "Фракція кожного голосу — та, до якої особа належала того дня.",
                "Контакти — лише службові, оприлюднені на сторінках. Дат народження немає.")),
            FormatSection("Як стежити за змінами", (
                "Засідання й голосування поділено за роками: змінюється файл того року, у якому щось виправлено.",))))


def _akoma_ntoso(library: Library) -> FormatPage:
    council = library.only(Council)
    return FormatPage(
        url=AKOMA_NTOSO, title="Akoma Ntoso: тексти актів", crumbs=(CATALOGUE,), files=(),
        lead="Кожне рішення, розпорядження й проєкт має поруч зі сторінкою файл akn.xml за міжнародним стандартом "
             "правових документів (OASIS LegalDocML).",
        description=f"Рішення, розпорядження й проєкти {council.name_genitive} у форматі Akoma Ntoso 3.0.",
        specification=Link("Стандарт Akoma Ntoso 1.0, схема 3.0",
                           "https://docs.oasis-open.org/legaldocml/akn-core/v1.0/akn-core-v1.0-part1-vocabulary.html"),
        licence=_licence(council),
        sections=(
            FormatSection("Де лежать файли", (
                "Додайте akn.xml до адреси документа: /rishennia/2026/…/akn.xml, /rozporiadzhennia/2026/…/akn.xml, "
                "/proiekty/2026/…/akn.xml. Посилання є внизу кожної сторінки.",)),
            FormatSection("Як названо документи", (
                "Твір: /akn/ua/act/decision/орган-ЄДРПОУ/дата/ідентифікатор, для проєктів — bill. "
                "Вислів: мова й дата, ukr@2026-11-19.",
                "Пункти мають ті самі позначки, що й на сторінці: eId p-1-2 веде до розділу #p-1-2. У додатках перед "
                "ними стоїть частина адреси: dodatok-1__p-3.")),
            FormatSection("Що є в метаданих", (
                "Автор, номер, дати ухвалення, підписання, оприлюднення й набрання чинності; теми; акти, до яких "
                "внесено зміни, і акти, що змінили цей, — з пунктами.",
                "Файл містить текст, яким документ ухвалено."))))


def _licence(council: Council) -> Link:
    return Link(council.licence_title, council.licence_url)
