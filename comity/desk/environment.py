"""What the environment tells the desk, each value with its type and its default, read once when the desk starts.

No value is guessed: what cannot be read is an `DeskEnvironmentError` that names the variable and what it may hold.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from comity.errors import ComityError

YES = frozenset({"1", "true", "yes", "on"})
NO = frozenset({"", "0", "false", "no", "off"})
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "busy_timeout = 30000",
    # What is erased is overwritten, not only unlinked.
    "secure_delete = ON",
    # Groups of a thousand events stay in memory until they are committed (32 MiB), and the log is folded in every 8000 pages.
    "cache_size = -32768",
    "wal_autocheckpoint = 8000",
)


class DeskEnvironmentError(ComityError):
    """A variable of the environment holds something the desk cannot use; `where` names the variable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """The desk's settings as the environment gives them.

    `hosts` are the names the desk answers to, `origins` the full addresses a form may be sent from behind a proxy. `https` says that
    people reach the desk over HTTPS only, so cookies never travel in clear.
    """

    home: Path
    database_url: str = ""
    hosts: tuple[str, ...] = LOOPBACK
    origins: tuple[str, ...] = ()
    https: bool = False
    debug: bool = False
    gallery: bool = False


def read(variables: Mapping[str, str] | None = None) -> Environment:
    """The settings in `variables`, by default those of the process. Raises DeskEnvironmentError for a word that is neither yes nor no."""
    given = os.environ if variables is None else variables
    return Environment(
        home=Path(given.get("COMITY_HOME") or Path.home() / ".comity").expanduser().absolute(),
        database_url=given.get("COMITY_DATABASE_URL", ""),
        hosts=_words(given, "COMITY_DESK_HOSTS") or LOOPBACK,
        origins=_words(given, "COMITY_DESK_ORIGINS"),
        https=_flag(given, "COMITY_DESK_HTTPS"),
        debug=_flag(given, "COMITY_DEBUG"),
        gallery=_flag(given, "COMITY_GALLERY"),
    )


def _words(given: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(word for word in given.get(name, "").replace(",", " ").split() if word)


def _flag(given: Mapping[str, str], name: str) -> bool:
    word = given.get(name, "").strip().lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise DeskEnvironmentError(f"“{word}” is neither yes nor no.", where=name, next_step="Write 1 or 0.")


def database(environment: Environment) -> dict[str, Any]:
    """Django's description of the one durable store: SQLite in the office's home, or PostgreSQL when an address is given.

    Raises DeskEnvironmentError when the address is not one of PostgreSQL.
    """
    return _postgresql(environment.database_url) if environment.database_url else _sqlite(environment.home)


def _sqlite(home: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": home / "desk.sqlite3",
        "TEST": {"NAME": str(home / "test.sqlite3")},
        "OPTIONS": {
            # A transaction that will write takes its lock at the start: it waits in the queue instead of failing half-way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "; ".join(f"PRAGMA {pragma}" for pragma in PRAGMAS),
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        raise DeskEnvironmentError(
            "This is not the address of a PostgreSQL database.",
            where="COMITY_DATABASE_URL",
            next_step="Write postgresql://user:password@host:port/name.",
        )
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # A socket directory does not fit in a host name: it comes as ?host=/run/postgresql.
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": options.pop("port", str(parts.port or "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def secret_key(home: Path) -> str:
    """The key that signs this office's sessions, made at the first start and kept readable by its owner only.

    Two processes that start at once agree: the first whole file wins.
    """
    place = home / "secret_key"
    if not place.exists():
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        _publish_once(place, secrets.token_urlsafe(64))
    return place.read_text(encoding="ascii").strip()


def _publish_once(place: Path, text: str) -> None:
    draft = place.with_name(f"{place.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
    try:
        os.link(draft, place)
    except FileExistsError:
        return
    finally:
        draft.unlink()
