"""write: service files of the site: the web app manifest, and the mark that keeps GitHub Pages from touching files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from plugins.records import OutputFile

ICONS = (("img/icon-192.png", "192x192"), ("img/icon-512.png", "512x512"))


def service_files(site: Any) -> Iterator[OutputFile]:
    """`.nojekyll`, `site.webmanifest` and the council's arms, if it has given them."""
    yield OutputFile(".nojekyll", "1", bytes)
    content = manifest(site.site)
    yield OutputFile("site.webmanifest", content, partial(bytes, content))
    if site.site.arms:
        drawing = site.site.arms.text.encode()
        yield OutputFile(site.site.arms_url.strip("/"), drawing, partial(bytes, drawing))


def manifest(site: Any) -> bytes:
    """The web app manifest (W3C): names, icons, the colours of the first paint."""
    values = {
        "name": site.name, "short_name": site.short_name[:30], "lang": site.lang, "dir": "ltr",
        "start_url": f"{site.base}/", "scope": f"{site.base}/", "display": "browser",
        "background_color": "#faf8f3", "theme_color": "#ffffff",
        "icons": list(_icons(site)),
    }
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode()


def _icons(site: Any) -> Iterator[dict[str, str]]:
    """The council's own arms in any size, or the theme's sign in its sizes."""
    if site.arms:
        yield {"src": site.base + site.arms_url, "sizes": "any", "type": "image/svg+xml"}
        return
    for name, sizes in ICONS:
        if name in site.assets:
            yield {"src": site.base + site.assets[name], "sizes": sizes, "type": "image/png"}
