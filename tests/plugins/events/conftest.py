"""The site that the tests of this room share."""

from tests.plugins.community import community

__all__ = ["community"]
