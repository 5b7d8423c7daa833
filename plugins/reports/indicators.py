"""Indicators of a report in ready words, as they stand together on page and paper."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from plugins.records import frozen
from plugins.ukrainian import number

from .model import Indicator, Report


@frozen
class IndicatorRow:
    """A figure in ready words; `share` is the percent of the plan, rounded as people round."""

    title: str
    unit: str
    value: str
    previous: str
    target: str
    share: int | None
    note: str = ""


@frozen
class IndicatorGroup:
    """Figures that stand together."""

    title: str
    rows: tuple[IndicatorRow, ...]


def groups_of(report: Report) -> tuple[IndicatorGroup, ...]:
    """The indicators as they stand together."""
    grouped = groupby(report.indicators, key=lambda item: item.group)
    return tuple(IndicatorGroup(title or "Показники", tuple(map(_indicator, items))) for title, items in grouped)


def _indicator(item: Indicator) -> IndicatorRow:
    share = int((item.value * 100 / item.target).to_integral_value(ROUND_HALF_UP)) if item.target else None
    return IndicatorRow(item.name, item.unit, number(item.value), _words(item.previous), _words(item.target), share)


def _words(value: Decimal | None) -> str:
    return "" if value is None else number(value)
