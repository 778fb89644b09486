"""What is carried in every measurement: two kilobytes of an ordinary content, different each time so that nothing compresses it away."""

import base64
from random import Random

SIZE = 2048


def content(random: Random, number: int) -> dict[str, object]:
    """The content of a message of about two kilobytes of canonical bytes."""
    noise = base64.b64encode(random.randbytes(SIZE * 3 // 8)).decode("ascii")
    words = "Сведения по поручению направляются. " * 14
    return {"text": f"{number:08d} {words}"[: SIZE // 3] + noise}


def raw(random: Random, number: int) -> bytes:
    """The same as bytes, for a peer that carries files."""
    return str(content(random, number)["text"]).encode("utf-8")
