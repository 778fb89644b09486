"""The desk of Dushanbe, as the tests of matters have it: the law is read by whoever is logged in."""

from tests.desk.matters.conftest import as_officer, federation, homes, make, office, officer, quick_hasher

__all__ = ["as_officer", "federation", "homes", "make", "office", "officer", "quick_hasher"]
