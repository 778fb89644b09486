"""The application of Correspondence."""

from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    """Pages over the exchange's own tables; no tables of its own."""

    name = "comity.desk.correspondence"
    label = "correspondence"
