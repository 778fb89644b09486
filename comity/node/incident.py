"""What a log may say of an error that nobody foresaw: its kind and its place. Never its words, which may hold what was being kept."""

from pathlib import Path


def incident(error: BaseException) -> dict[str, str]:
    """The fields of a log line: the error's type, and the file and line that raised it."""
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    place = "" if step is None else f"{Path(step.tb_frame.f_code.co_filename).name}:{step.tb_lineno}"
    return {"error": type(error).__name__, "where": place}
