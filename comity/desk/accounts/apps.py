"""The people of the office as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Named `accounts`, so that the user model is `accounts.User`."""

    name = "comity.desk.accounts"
    label = "accounts"
