"""The public site has the same settings: `data/council.yml` knows its address, and `build --public` adds one check.

It is that no address of the last publication has vanished (`plugins/builder/vanished.py`).
"""

from pelicanconf import *  # noqa: F403
