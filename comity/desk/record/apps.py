"""The durable store as a Django app."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """Named `record`, so that its tables are `record_…`."""

    name = "comity.desk.record"
    label = "record"
