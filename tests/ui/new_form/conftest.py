"""The command line, for what is played here."""

from tests.cli.conftest import p2kp as p2kp
