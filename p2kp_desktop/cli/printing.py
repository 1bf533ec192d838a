"""Where the command line prints: data to standard output, words to standard error."""

import json
import sys


def tell(message: str) -> None:
    """Say something to the person, beside the data."""
    print(message, file=sys.stderr)


def put_out(document: object) -> None:
    """Print one JSON document."""
    print(json.dumps(document, ensure_ascii=False, indent=1))
