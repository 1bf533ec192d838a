"""On what these tests run: what a system does not have cannot be shown there."""

import ctypes
import os

import pytest

IS_WINE = os.name == "nt" and hasattr(getattr(ctypes, "windll").ntdll, "wine_get_version")  # noqa: B009 - Linux has none
on_linux = pytest.mark.skipif(os.name == "nt", reason="what Linux says")
limits_processes = pytest.mark.skipif(IS_WINE, reason="wine takes limits of a job and does not hold anybody to them")
