"""Today, and the day as of which a period is judged."""

import datetime

from p2kp_desktop import environment


def today() -> datetime.date:
    """Return the day of this computer's clock."""
    return datetime.date.fromisoformat(environment.now()[:10])


def as_of(period: str) -> datetime.date:
    """Return the day as of which a period is judged: today, or its last day once it is over."""
    year = period.partition("-")[0]
    return min(today(), datetime.date(int(year), 12, 31)) if year.isdigit() else today()
