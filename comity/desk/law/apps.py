"""The application of Law."""

from django.apps import AppConfig


class LawConfig(AppConfig):
    """Pages over the office's register of law; no tables of its own."""

    name = "comity.desk.law"
    label = "law"
