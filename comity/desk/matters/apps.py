"""The pages of matters as a Django app."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    """Named `matters`, so that its tables are `matters_…` and its templates `matters/…`."""

    name = "comity.desk.matters"
    label = "matters"
