"""Motions and items put into an `index.yml` that is there: new lines between the old, of which none is changed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

import yaml

from .agenda import Planned, PlannedItem
from .lines import facts_of, items_of, motions_of
from .raw import Refused


def with_motions(before: bytes, items: Sequence[PlannedItem]) -> bytes:
    """The text of `index.yml` with new motions and items put in. Errors: Refused where it cannot be done faithfully."""
    text = before.decode("utf-8")
    newline = "\r\n" if "\r\n" in text else "\n"
    try:
        after = _Editing(text, newline).put(items)
        is_faithful = _without(_plain(after), items) == _without(_plain(text), items)
    except (yaml.YAMLError, KeyError, IndexError) as error:
        raise Refused("у index.yml не вдається вписати голосування: незвична будова YAML.") from error
    if not is_faithful:
        raise Refused("у index.yml не вдається вписати голосування, нічого не змінивши: незвична будова YAML.")
    return after.encode()


def _plain(text: str) -> Any:
    return yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 — it builds nothing but texts, lists and dicts


def _without(data: Any, items: Sequence[PlannedItem]) -> Any:
    """The data as if nothing had been put in."""
    uids = {motion.uid for item in items for motion in item.motions if motion.is_new}
    fresh = {str(item.no) for item in items if item.item is None}
    kept = []
    for item in data.get("items") or []:
        if item.get("no") not in fresh:
            votes = [vote for vote in item.get("votes") or [] if vote.get("uid") not in uids]
            kept.append({**item, "votes": votes} if votes else {k: v for k, v in item.items() if k != "votes"})
    return {**data, "items": kept}


class _Editing:
    """A YAML text and the places in it; additions are gathered and put in from the end."""

    def __init__(self, text: str, newline: str) -> None:
        self.text, self.newline = text, newline
        self.starts = [0, *(match.end() for match in re.finditer(r"\r\n|\n", text))]
        self.root = yaml.compose(text, Loader=yaml.CSafeLoader)
        self.additions: list[tuple[int, int, str]] = []

    def put(self, items: Sequence[PlannedItem]) -> str:
        listed = self._value(self.root, "items")
        known = {self._value(node, "no").value: node for node in listed.value} if listed and listed.value else {}
        for item in items:
            new = [motion for motion in item.motions if motion.is_new]
            if item.item is not None and new:
                self._put_motions(known[str(item.no)], new)
        fresh = [item for item in items if item.item is None]
        if fresh:
            self._put_items(listed, fresh)
        text = self.text
        for start, end, addition in sorted(self.additions, reverse=True):
            text = text[:start] + addition + text[end:]
        return text

    def _put_motions(self, item: Any, motions: Sequence[Planned]) -> None:
        votes = self._value(item, "votes")
        if votes is not None and votes.value:
            if votes.flow_style:
                self._before_end(votes, [json.dumps(facts_of(motion), ensure_ascii=False) for motion in motions])
            else:
                self._after(votes, motions_of(motions, " " * votes.start_mark.column))
        elif item.flow_style:
            listed = json.dumps([facts_of(motion) for motion in motions], ensure_ascii=False)
            self._before_end(item, [f"votes: {listed}"], drop="votes" if votes is not None else "")
        else:
            indent = " " * item.start_mark.column
            lines = list(motions_of(motions, f"{indent}  "))
            if votes is None:
                self._after(item, [f"{indent}votes:", *lines])
            else:
                self._instead(votes, lines)

    def _put_items(self, listed: Any, items: Sequence[PlannedItem]) -> None:
        if listed is None:
            self._after(self.root, ["items:", *items_of(items, "  ")])
        elif not listed.value:
            self._instead(listed, list(items_of(items, "  ")))
        elif listed.flow_style:
            self._before_end(listed, [json.dumps(self._flow(item), ensure_ascii=False) for item in items])
        else:
            self._after(listed, items_of(items, " " * listed.start_mark.column))

    @staticmethod
    def _flow(item: PlannedItem) -> dict[str, Any]:
        facts = {"no": str(item.no), "label": item.label, "title": item.title, "draft": item.draft,
                 "draft_number": item.draft_number, "votes": [facts_of(motion) for motion in item.motions]}
        return {key: value for key, value in facts.items() if value}

    @staticmethod
    def _value(node: Any, key: str) -> Any:
        return next((value for name, value in node.value if name.value == key), None)

    def _at(self, mark: Any) -> int:
        return int(self.starts[mark.line]) + int(mark.column)

    def _after(self, node: Any, lines: Iterable[str]) -> None:
        """Put lines below the last line of a block."""
        line = self._last_line(node) + 1
        addition = self.newline.join([*lines, ""])
        if line < len(self.starts):
            place = self.starts[line]
        else:
            place, addition = len(self.text), self.newline + addition
        self.additions.append((place, place, addition))

    def _last_line(self, node: Any) -> int:
        """The line on which the words of a node end, comments and blank lines below it left out."""
        if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
            line = int(node.end_mark.line)
            if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">") and node.end_mark.column == 0:
                line -= 1
                while line > node.start_mark.line and not self._line(line).strip():
                    line -= 1
            return line
        last = node.value[-1]
        return max(map(self._last_line, last)) if isinstance(last, tuple) else self._last_line(last)

    def _line(self, number: int) -> str:
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[number]:end]

    def _instead(self, node: Any, lines: Sequence[str]) -> None:
        """Put lines where an empty value stands: `votes:`, `votes: []`."""
        start, end = self._at(node.start_mark), self._at(node.end_mark)
        if start == end:  # nothing but the key: its line may have a comment
            self._after(node, lines)
            return
        before = len(self.text[:start].rstrip(" "))
        rest = self._line(node.end_mark.line)[node.end_mark.column:].rstrip("\r\n")
        self.additions.append((before, end + len(rest), rest + self.newline + self.newline.join(lines)))

    def _before_end(self, node: Any, parts: Sequence[str], drop: str = "") -> None:
        """Put more parts before the closing bracket of a flow collection."""
        if drop:
            raise KeyError(drop)
        end = self._at(node.end_mark) - 1
        comma = ", " if node.value and not self.text[:end].rstrip().endswith(",") else " "
        self.additions.append((end, end, comma + ", ".join(parts)))
