"""The components as a Django app."""

from django.apps import AppConfig


class ComponentsConfig(AppConfig):
    """Named `components`, so that its templates are `components/…`."""

    name = "comity.desk.components"
    label = "components"
