"""The office this desk belongs to: its durable store, files, trust, keys, register and views, wired once a process."""

import secrets
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from comity.desk.matters.projection import DeskProjector
from comity.desk.record.store import DjangoStore
from comity.exchange import FileStore
from comity.law import Register, default_register
from comity.node.lawbook import law_of
from comity.node.office import Office
from comity.node.settings import read_settings
from comity.trust import FolderTrust, load_keys


@cache
def current_office() -> Office:
    """The office whose home is COMITY_HOME; raises `SettingsError` or `TrustError` where it is not one."""
    home = Path(settings.HOME)
    office = Office(
        settings=read_settings(home),
        home=home,
        store=DjangoStore(),
        files=FileStore(home / "files"),
        trust=FolderTrust(home / "trust"),
        keys=load_keys(home),
        register=default_register(),
        clock=lambda: datetime.now(UTC),
        randomness=secrets.token_bytes,
    )
    return replace(office, projector=DeskProjector(office))


def register_of_office() -> Register:
    """The law this office answers by: its release, with what its lawyers confirmed as the notebook stands now."""
    office = current_office()
    with office.store.read() as unit:
        return law_of(office, unit)


def prepare_store() -> None:
    """Bring the tables of the store to this version; nothing is lost by it."""
    call_command("migrate", verbosity=0, interactive=False)
