"""The days of the sample council, read as the site reads them."""

from __future__ import annotations

from functools import cache

from plugins.builder.options import ROOT
from plugins.greetings.model import Observance
from plugins.records import Registry, load_rooms, read_all


@cache
def observances() -> dict[str, Observance]:
    """Identifier → day of `data/observances.yml`."""
    load_rooms()
    found = read_all(ROOT / "data" / "content", ROOT / "data", Registry(models=[Observance])).records
    return {item.id: item for item in found if isinstance(item, Observance)}
