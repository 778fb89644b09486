"""The desk of Dushanbe with people of two units, as the tests of matters have it."""

from tests.desk.matters.conftest import as_head, as_officer, detained, federation, head, homes, make, office, officer, quick_hasher

__all__ = ["as_head", "as_officer", "detained", "federation", "head", "homes", "make", "office", "officer", "quick_hasher"]
