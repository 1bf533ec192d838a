"""Numbers as words of a command."""

import argparse
from fractions import Fraction


def whole(text: str) -> int:
    """Return a number that is not negative; raise ArgumentTypeError."""
    try:
        number = int(text)
    except ValueError:
        number = -1
    if number < 0:
        raise argparse.ArgumentTypeError(f"«{text}»: 0, 1, 2 …")
    return number


def share(text: str) -> Fraction:
    """Return per cents, 0 or more; raise ArgumentTypeError."""
    try:
        number = Fraction(text)
    except (ValueError, ZeroDivisionError):
        number = Fraction(-1)
    if number < 0:
        raise argparse.ArgumentTypeError(f"«{text}»: 0, 5, 12.5 …")
    return number
