"""Tables to download: rows of any room → the bytes of a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

MARK = b"\xef\xbb\xbf"
"""The byte order mark, which spreadsheets need to see Ukrainian."""


def csv_bytes(columns: Sequence[str], rows: Iterable[Iterable[object]], *, has_mark: bool = True) -> bytes:
    """CSV (RFC 4180) in UTF-8: the names of the columns, then the rows."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(columns)
    table.writerows(rows)
    return (MARK if has_mark else b"") + out.getvalue().encode()
