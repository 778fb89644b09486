"""The same desk as the pages' tests have."""

from tests.desk.matters.conftest import federation, head, homes, make, office, officer, quick_hasher

__all__ = ["federation", "head", "homes", "make", "office", "officer", "quick_hasher"]
