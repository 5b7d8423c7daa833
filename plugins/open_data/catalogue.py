"""The passports of all data sets: for people, for the national portal (appendix 7), for catalogues of the world.

One passport of a set holds the fields of the national portal. The register of sets (07), the catalogue in DCAT-AP
(JSON-LD) and the descriptor of the data package (Frictionless) are made from it; none of them reads a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from plugins.people.model import Council, Organization, Person, Role, members_on
from plugins.records import Box, Library, Link, frozen

from . import national
from .columns import Row
from .jsonld import box_of, whole_url
from .tables import OTHERS, QUARTERLY, DataFile, Table, data_files

URL = "/dani/"
DCAT_URL, PACKAGE_URL = f"{URL}catalog.jsonld", f"{URL}datapackage.json"
EUROPE = "http://publications.europa.eu/resource/authority/"
FREQUENCY = {"Більш як один раз на день": "CONT", "Щодня": "DAILY", "Щотижня": "WEEKLY", "Щомісяця": "MONTHLY",
             "Щокварталу": "QUARTERLY", "Кожного півріччя": "ANNUAL_2", "Щороку": "ANNUAL"}
"""Words of appendix 7 → the European list of frequencies."""
MEDIA_TYPES = {"csv": "text/csv", "json": "application/json"}
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#", "xsd": "http://www.w3.org/2001/XMLSchema#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcatap": "http://data.europa.eu/r5r/", "eli": "http://data.europa.eu/eli/ontology#",
}
REGISTER = Table("register", "nabory", "Реєстр наборів даних", "Паспорти всіх наборів даних цього сайту.", 7,
                 national.REGISTER, OTHERS, QUARTERLY, ("набори даних", "паспорти", "реєстр"))


@frozen
class Keeper:
    """Who answers for the data."""

    name: str
    unit: str
    email: str


@frozen
class DataSet:
    """A data set that has files."""

    table: Table
    files: tuple[DataFile, ...]

    @property
    def years(self) -> tuple[int, int] | None:
        """The first and the last year it covers, if it is cut into years."""
        years = [file.year for file in self.files if file.year]
        return (min(years), max(years)) if years else None

    @property
    def changed_on(self) -> str:
        """The day of its newest change, empty where no record tells."""
        return max(file.changed_on for file in self.files)


def keeper_of(library: Library) -> Keeper:
    """The head of the unit that keeps open data, else the unit, else the council."""
    council = library.only(Council)
    unit = library.get(Organization, council.data_unit) if council.data_unit else None
    if unit is None:
        return Keeper(council.name, council.name, council.email)
    heads = (library.get(Person, m.person) for m in members_on(library, unit.id, library.now.date())
             if m.role is Role.HEAD)
    head = next((person for person in heads if person), None)
    return Keeper(head.name if head else unit.title, unit.title, unit.email or council.email)


def data_sets(library: Library) -> list[DataSet]:
    """All data sets with files, in the order of the catalogue; last the register of them all."""
    found: dict[str, list[DataFile]] = {}
    tables: dict[str, Table] = {}
    for file in data_files(library):
        tables[file.table.name] = file.table
        found.setdefault(file.table.name, []).append(file)
    sets = [DataSet(tables[name], tuple(files)) for name, files in found.items()]
    rows = _register([*tables.values(), REGISTER], library)
    return [*sets, DataSet(REGISTER, (DataFile(REGISTER, 0, len(rows), rows, "", partial(iter, rows)),))]


def _register(tables: Sequence[Table], library: Library) -> list[Row]:
    """Appendix 7, `register`."""
    council, keeper = library.only(Council), keeper_of(library)
    return [{
        "uid": table.name, "title": table.title, "description": table.about, "accrualPeriodicity": table.frequency,
        "keywords": ", ".join(table.keywords), "purpose": "; ".join(ground.title for ground in table.grounds),
        "url": whole_url(library, table.url), "distributionFormat": "CSV, JSON", "publisherName": council.name,
        "publisherId": council.edrpou, "contactPointName": keeper.name, "contactPointEmail": keeper.email}
        for table in tables]


def schema_links(table: Table) -> tuple[Link, ...]:
    """The schemas of a table, in three languages."""
    stem = f"{table.url}{table.name}"
    return (Link("Схема JSON (JSON Schema)", f"{stem}.schema.json"),
            Link("Схема таблиці (Table Schema)", f"{stem}.table-schema.json"),
            Link("Опис таблиць (CSVW)", f"{stem}-metadata.json"))


# --------------------------------------------------------------------------- DCAT-AP

def dcat(sets: Sequence[DataSet], library: Library) -> dict[str, Any]:
    """The catalogue as DCAT-AP in JSON-LD. Dates of change are those of records; a register that has none says none."""
    council = library.only(Council)
    publisher = {"@id": f"{library.site_url}/#rada", "@type": "foaf:Agent", "foaf:name": _uk(council.name),
                 "dct:identifier": council.edrpou, "foaf:homepage": {"@id": f"{library.site_url}/"}}
    place = {"@id": f"{library.site_url}/#hromada", "@type": "dct:Location", "dct:identifier": council.katottg,
             "skos:prefLabel": _uk(council.community)}
    changed = max((item.changed_on for item in sets), default="")
    return {"@context": CONTEXT, "@id": whole_url(library, f"{URL}#catalog"), "@type": "dcat:Catalog",
            "dct:title": _uk(f"Відкриті дані {council.name_genitive}"),
            "dct:description": _uk(f"Реєстри {council.name_genitive} як таблиці в національних структурах."),
            "dct:publisher": publisher, "dct:spatial": place, "foaf:homepage": {"@id": whole_url(library, URL)},
            "dct:language": {"@id": f"{EUROPE}language/UKR", "@type": "dct:LinguisticSystem"},
            "dct:license": _licence(council), **_modified(changed),
            "dcat:dataset": [_dataset(item, publisher["@id"], place["@id"], library) for item in sets]}


def _uk(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "uk"}


def _licence(council: Council) -> dict[str, Any]:
    return {"@id": council.licence_url, "@type": "dct:LicenseDocument", "dct:title": council.licence_title}


def _modified(day: str) -> dict[str, Any]:
    return {"dct:modified": {"@value": day, "@type": "xsd:date"}} if day else {}


def _dataset(item: DataSet, publisher: Any, place: Any, library: Library) -> dict[str, Any]:
    table, keeper = item.table, keeper_of(library)
    page = whole_url(library, table.url)
    contact: dict[str, Any] = {"@type": "vcard:Organization", "vcard:fn": _uk(keeper.unit)}
    if keeper.email:
        contact["vcard:hasEmail"] = {"@id": f"mailto:{keeper.email}"}
    made = {"@id": f"{page}#nabir", "@type": "dcat:Dataset", "dct:identifier": table.name,
            "dct:title": _uk(table.title), "dct:description": _uk(table.about),
            "dct:publisher": {"@id": publisher}, "dct:spatial": {"@id": place},
            "dcat:contactPoint": contact, "dcat:keyword": [_uk(word) for word in table.keywords],
            "dcat:landingPage": {"@id": page, "@type": "foaf:Document"},
            "dcat:theme": {"@id": f"{EUROPE}data-theme/GOVE", "@type": "skos:Concept",
                           "skos:prefLabel": _uk("Врядування й державний сектор")},
            "dct:accrualPeriodicity": {"@id": f"{EUROPE}frequency/{FREQUENCY[table.frequency]}",
                                       "@type": "dct:Frequency"},
            "dcatap:applicableLegislation": [{"@id": ground.url, "@type": "eli:LegalResource",
                                              "dct:title": _uk(ground.title)} for ground in table.grounds],
            "dct:conformsTo": {"@id": whole_url(library, schema_links(table)[-1].url), "@type": "dct:Standard",
                               "dct:title": _uk(f"Національна структура {table.name}, додаток {table.appendix}")},
            **_modified(item.changed_on),
            "dcat:distribution": [part for file in item.files for part in _distributions(file, library)]}
    if item.years:
        made["dct:temporal"] = {"@type": "dct:PeriodOfTime",
                                "dcat:startDate": {"@value": f"{item.years[0]}-01-01", "@type": "xsd:date"},
                                "dcat:endDate": {"@value": f"{item.years[1]}-12-31", "@type": "xsd:date"}}
    return made


def _distributions(file: DataFile, library: Library) -> Iterator[dict[str, Any]]:
    for suffix, media_type in MEDIA_TYPES.items():
        url = whole_url(library, f"{file.stem}.{suffix}")
        yield {"@id": f"{url}#fail", "@type": "dcat:Distribution", "dct:title": _uk(_words(file, suffix)),
               "dct:description": _uk(f"{file.table.about} {suffix.upper()}."), "dcat:accessURL": {"@id": url},
               "dcat:downloadURL": {"@id": url}, "dct:license": _licence(library.only(Council)),
               "dct:format": {"@id": f"{EUROPE}file-type/{suffix.upper()}", "@type": "dct:MediaTypeOrExtent"},
               "dcat:mediaType": {"@id": f"http://www.iana.org/assignments/media-types/{media_type}",
                                  "@type": "dct:MediaType"},
               "dcatap:availability": {"@id": f"{EUROPE}planned-availability/STABLE", "@type": "skos:Concept",
                                       "skos:prefLabel": _uk("постійно")}, **_modified(file.changed_on)}


def _words(file: DataFile, suffix: str) -> str:
    return f"{file.table.title}{f', {file.year} рік' if file.year else ''} ({suffix.upper()})"


# --------------------------------------------------------------------------- data package

def data_package(sets: Sequence[DataSet], library: Library) -> dict[str, Any]:
    """The descriptor of all CSV files. The size and the digest of each stand in its own resource descriptor beside it:
    so that one new record makes one file anew and not all of them."""
    council = library.only(Council)
    return {"$schema": "https://datapackage.org/profiles/2.0/datapackage.json", "name": f"{council.id}-dani",
            "id": whole_url(library, PACKAGE_URL), "title": f"Відкриті дані {council.name_genitive}",
            "homepage": whole_url(library, URL), "licenses": [licence_of(council)],
            "contributors": [{"title": council.name, "path": f"{library.site_url}/", "roles": ["publisher"]}],
            "resources": [{**resource(file), "schema": schema_links(item.table)[1].url.removeprefix(URL)}
                          for item in sets for file in item.files]}


def licence_of(council: Council) -> dict[str, str]:
    """The licence as a data package names it."""
    return {"title": council.licence_title, "path": council.licence_url}


def resource(file: DataFile) -> dict[str, Any]:
    """A CSV file as a resource of the data package, without its schema."""
    year = f"-{file.year}" if file.year else ""
    return {"name": f"{file.table.slug}-{file.table.name}{year}".lower(), "type": "table",
            "path": f"{file.stem}.csv".removeprefix(URL),
            "title": f"{file.table.title}{f', {file.year} рік' if file.year else ''}",
            "description": file.table.about, "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
            "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True,
                        "header": True}}


def dataset_box(item: DataSet, library: Library) -> Box:
    """A set for search engines: schema.org Dataset in the head of its page."""
    council, table = library.only(Council), item.table
    page = whole_url(library, table.url)
    files = [(suffix, whole_url(library, f"{file.stem}.{suffix}")) for file in item.files for suffix in MEDIA_TYPES]
    return box_of({
        "@type": "Dataset", "@id": f"{page}#nabir", "url": page, "name": table.title, "description": table.about,
        "identifier": table.name, "keywords": list(table.keywords), "license": council.licence_url, "inLanguage": "uk",
        "isAccessibleForFree": True, "dateModified": item.changed_on,
        "creator": {"@type": "GovernmentOrganization", "name": council.name, "url": f"{library.site_url}/"},
        "spatialCoverage": council.community,
        "temporalCoverage": f"{item.years[0]}/{item.years[1]}" if item.years else "",
        "distribution": [{"@type": "DataDownload", "encodingFormat": MEDIA_TYPES[suffix], "contentUrl": url}
                         for suffix, url in files]})
