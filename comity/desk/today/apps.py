"""The application of Today and Matters."""

from django.apps import AppConfig


class TodayConfig(AppConfig):
    """Pages over the views of `desk.matters`; no tables of its own."""

    name = "comity.desk.today"
    label = "today"
