"""Only what differs on the public site: it is built for its real address, and Pelican's own pages stay idle too."""

from pelicanconf import *  # noqa: F403

RELATIVE_URLS = False
