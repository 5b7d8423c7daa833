"""What was measured as tables for the reader and as one tree for programs: medians, ratios, every run."""
from __future__ import annotations

import os
import platform
from dataclasses import asdict
from typing import Any

from rich import box
from rich.table import Table

from bench.measure import Cost, decimal, median

FIELDS = ("cpu", "wall", "memory", "written")
BASES = {"hugo": "Hugo", "pelican": "Pelican"}
"""What ratios are counted to."""
NOTE = ("Усе — медіани. Процесор — усього дерева процесів, пам’ять — найбільшого з них, без пошукового покажчика. "
        "Стовпці «до Hugo» й «до Pelican» — відношення до них: процесор / час.")
PELICAN_ONCE = ("Звичайному Pelican на кілька років архіву треба хвилини, тож його виміряно раз, на першій побудові, "
                "і з нею порівняно решту. Більше разів — з --runs.")
Costs = dict[str, dict[str, list[Cost]]]
"""Scenario → program → runs."""


def medians(costs: list[Cost]) -> dict[str, float]:
    """The median of each figure of one program."""
    found = {field: round(median(costs, field), 3) for field in FIELDS}
    return found | ({"changed": median(costs, "changed")} if costs[0].changed is not None else {})


def ratios(costs: Costs, scenario: str) -> dict[str, dict[str, dict[str, float]]]:
    """Program → base → its medians over those of the base in this scenario, else in the first build."""
    bases = {base: medians(runs) for base in BASES if (runs := costs[scenario].get(base) or costs["cold"].get(base))}
    return {name: {base: {field: round(medians(measured)[field] / figures[field], 4)
                          for field in FIELDS if figures[field]} for base, figures in bases.items()}
            for name, measured in costs[scenario].items()}


def table(title: str, scenario: str, costs: Costs) -> Table:
    """The medians of one scenario, a program a row."""
    drawn = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1))
    compared = ratios(costs, scenario)
    bases = [base for base in BASES if any(base in found for found in compared.values())]
    counts_others = any("changed" in medians(measured) for measured in costs[scenario].values())
    for heading in ("", "процесор, с", "час, с", "МіБ", "записано", *(["змінено інших"] if counts_others else []),
                    *(f"до {BASES[base]}" for base in bases)):
        drawn.add_column(heading, justify="right" if heading else "left")
    for name, measured in costs[scenario].items():
        middle = medians(measured)
        drawn.add_row(name, decimal(middle["cpu"]), decimal(middle["wall"]), f"{middle['memory']:.0f}",
                      f"{middle['written']:.0f}", *([f"{middle['changed']:.0f}"] if counts_others else []),
                      *(" / ".join(times(compared[name][base][field]) for field in ("cpu", "wall")) for base in bases))
    return drawn


def times(ratio: float) -> str:
    """«0,54», and where it is small «1/90»."""
    return f"1/{1 / ratio:.0f}" if 0 < ratio < 0.1 else decimal(ratio)


def whole(costs: Costs) -> dict[str, Any]:
    """Everything that was measured, and on what."""
    machine = {"system": platform.system(), "cores": os.cpu_count(), "python": platform.python_version()}
    return {"machine": machine, "scenarios": {
        name: {"runs": {program: [asdict(cost) for cost in runs] for program, runs in found.items()},
               "medians": {program: medians(runs) for program, runs in found.items()},
               "ratios": ratios(costs, name)} for name, found in costs.items()}}
