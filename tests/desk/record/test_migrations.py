"""The tables of the truth are made by migrations, and the migrations say what the models say."""

import pytest
from django.core.management import call_command


@pytest.mark.django_db
@pytest.mark.parametrize("app", ["record", "accounts"])
def test_no_change_of_a_table_waits_for_its_migration(app: str) -> None:
    call_command("makemigrations", app, check=True, dry_run=True, verbosity=0)  # ends the process where something is missing
