"""The desk of Dushanbe, as the tests of matters have it."""

from tests.desk.matters.conftest import as_head, as_officer, federation, head, homes, make, office, officer, quick_hasher

__all__ = ["as_head", "as_officer", "federation", "head", "homes", "make", "office", "officer", "quick_hasher"]
