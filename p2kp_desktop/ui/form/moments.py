"""Device times as people read them."""

from p2kp_desktop.schema.values import show_date


def clock(time: str, *, seconds: bool = False) -> str:
    """Return 14.32, or with seconds 14.32.08, of an ISO time; anything else as it stands."""
    _, mark, after = time.partition("T")
    return after[: 8 if seconds else 5].replace(":", ".") if mark else time


def moment(time: str) -> str:
    """Return 4 Oktober 2022 14.32 of an ISO time."""
    return f"{show_date(time[:10])} {clock(time)}" if "T" in time else time
