"""Where the command line prints: data to standard output, words to standard error."""

import json
import sys
from typing import TextIO

from p2kp_desktop.language import harmless


class Screen:
    """Standard output where it is a terminal: nothing in a name is obeyed by it. What goes elsewhere is as it is."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Show a text."""
        return self._stream.write(harmless(text))

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


def tell(message: str) -> None:
    """Say something to the person, beside the data."""
    print(harmless(message), file=sys.stderr)


def put_out(document: object) -> None:
    """Print one JSON document."""
    print(json.dumps(document, ensure_ascii=False, indent=1))
