"""Making an office in its home, in an order that can be cut off anywhere and gone through again.

1. The keys and the card are made in a folder aside; the card is put in its place, then the keys, as a whole: where keys are, a card is.
2. The store is made by whoever keeps it.
3. `office.toml` is written last: only with it the folder is an office's home.

Keys once in place are never replaced: whoever goes through it again gets an office with the same keys.
"""

import shutil
from datetime import datetime
from pathlib import Path

from comity.node.settings import OfficeSettings, SettingsError
from comity.trust import OfficeCard, TrustError, load_keys, make_office, own_card

ASIDE = ".unfinished"


def found_keys(home: Path, settings: OfficeSettings, at: datetime) -> None:
    """The office's keys and card under `home`, made or, from a time before that was cut off, found.

    Raises `SettingsError` where keys are there that are not whole, or are of an office of another name or address.
    """
    if (home / "keys").exists():
        _check(home, settings)
        return
    aside = home / ASIDE
    shutil.rmtree(aside, ignore_errors=True)
    card = make_office(
        aside, settings.id, state=settings.state_code, names=settings.names.model_dump(), endpoint=_endpoint(settings), at=at
    )
    (home / "trust").mkdir(exist_ok=True)
    name = f"{card.office}.office"
    (aside / "trust" / name).replace(home / "trust" / name)
    (aside / "keys").replace(home / "keys")
    shutil.rmtree(aside)


def _check(home: Path, settings: OfficeSettings) -> None:
    keys = home / "keys"
    try:
        load_keys(home)
        card = own_card(home)
    except TrustError as error:
        raise SettingsError(
            "Keys are here, but not all that an office needs.", where=str(keys), next_step="Move this folder away, or choose another home."
        ) from error
    if _facts(card) != (settings.id, settings.state_code, settings.names.model_dump(), _endpoint(settings)):
        raise SettingsError(
            f"The keys here were made for {card.office}, “{card.name('en')}”, {card.endpoint}.",
            where=str(keys),
            next_step="Give the command as it was given then, or choose another home.",
        )


def _facts(card: OfficeCard) -> tuple[object, ...]:
    return card.office, card.state, dict(card.names), card.endpoint


def _endpoint(settings: OfficeSettings) -> str:
    return f"https://{settings.gateway.host}:{settings.gateway.port}"
