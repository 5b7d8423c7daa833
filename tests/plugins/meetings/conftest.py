"""The site that the tests of this room share."""

from tests.plugins.roll_call import roll_call

__all__ = ["roll_call"]
