"""write: service files of the site: the web app manifest, and the mark that keeps GitHub Pages from touching files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from plugins.records import OutputFile

ICONS = (("img/icon-192.png", "192x192"), ("img/icon-512.png", "512x512"))


def service_files(site: Any) -> Iterator[OutputFile]:
    """`.nojekyll` and `site.webmanifest`."""
    yield OutputFile(".nojekyll", "1", bytes)
    content = manifest(site.site)
    yield OutputFile("site.webmanifest", content, partial(bytes, content))


def manifest(site: Any) -> bytes:
    """The web app manifest (W3C): names, icons, the colours of the first paint."""
    values = {
        "name": site.name, "short_name": site.short_name[:30], "lang": site.lang, "dir": "ltr",
        "start_url": f"{site.base}/", "scope": f"{site.base}/", "display": "browser",
        "background_color": "#faf8f3", "theme_color": "#ffffff",
        "icons": [{"src": site.base + site.assets[name], "sizes": sizes, "type": "image/png"}
                  for name, sizes in ICONS if name in site.assets],
    }
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode()
