"""A client of one desk's API, as another program of the office would write it.

A desk that is starting, or starting again after a crash, is waited for. What was asked before a crash is never asked blindly again: every
write names the revision or the event it follows, so the desk itself tells "already done" from "not yet".
"""

import http.client
import json
import time
import urllib.parse
from collections.abc import Mapping
from typing import Any

from comity.errors import ComityError

PATIENCE = 240.0  # seconds that a desk may need to come (back) up


class DeskError(ComityError):
    """The desk answered something a client cannot go on with, or did not answer within the time."""


class Problem(DeskError):  # noqa: N818  # it is the desk's own "no", named as the API names it
    """The desk said no. `code` is the ground, `missing` what is not there yet."""

    def __init__(self, status: int, answer: Mapping[str, Any]) -> None:
        super().__init__(str(answer.get("words", answer)))
        self.status = status
        self.code = str(answer.get("code", ""))
        self.missing: list[Mapping[str, Any]] = list(answer.get("missing") or ())


class Desk:
    """One person at one desk."""

    def __init__(self, host: str, port: int, *, login: str, password: str, language: str = "en") -> None:
        self._address = (host, port)
        self._language = language
        self._login = {"login": login, "password": password}
        self._token = ""

    def get(self, path: str, **query: str) -> Any:
        """What a GET answers; reading may be repeated freely, so a desk that is away is waited for."""
        where = f"{path}?{urllib.parse.urlencode(query)}" if query else path
        return self._patiently("GET", where)

    def put_or_post(self, method: str, path: str, value: Mapping[str, Any] | None = None) -> Any:
        """One attempt at a write. Raises ConnectionError when it is not known whether it was done."""
        return self._once(method, path, None if value is None else json.dumps(value).encode())

    def upload(self, path: str, name: str, data: bytes, media_type: str, **fields: str) -> Any:
        """Send a file as a form does. A paper that was kept twice is harmless: nothing names the first."""
        query = urllib.parse.urlencode(fields)
        boundary = "comity-7f3a9b1c5d"
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: {media_type}\r\n\r\n'
        body = head.encode() + data + f"\r\n--{boundary}--\r\n".encode()
        return self._patiently("POST", f"{path}?{query}", body, f"multipart/form-data; boundary={boundary}")

    def download(self, path: str) -> bytes:
        """The bytes that a GET answers."""
        answer: bytes = self._patiently("GET", path, raw=True)
        return answer

    def _patiently(self, method: str, path: str, body: bytes | None = None, kind: str = "application/json", *, raw: bool = False) -> Any:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return self._once(method, path, body, kind, raw=raw)
            except (ConnectionError, TimeoutError, http.client.HTTPException) as error:
                if time.monotonic() > deadline:
                    raise DeskError("The desk does not answer.", where=f"port {self._address[1]}") from error
                time.sleep(0.1)

    def _once(self, method: str, path: str, body: bytes | None = None, kind: str = "application/json", *, raw: bool = False) -> Any:
        if not self._token:
            self._token = self._request("POST", "/session", json.dumps(self._login).encode(), "application/json", raw=False)["token"]
        return self._request(method, path, body, kind, raw=raw)

    def _request(self, method: str, path: str, body: bytes | None, kind: str, *, raw: bool) -> Any:
        connection = http.client.HTTPConnection(*self._address, timeout=60)
        headers = {"Content-Type": kind, "Accept-Language": self._language} | (
            {"Authorization": f"Bearer {self._token}"} if self._token else {}
        )
        try:
            connection.request(method, f"/api/v1{path}", body, headers)
            answer = connection.getresponse()
            data = answer.read()
        finally:
            connection.close()
        if answer.status >= 500:
            raise ConnectionResetError(f"the desk answered {answer.status}")
        if answer.status >= 400:
            raise Problem(answer.status, _json(data))
        return data if raw else _json(data)


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except ValueError as error:
        raise DeskError("The desk did not answer in JSON.") from error
