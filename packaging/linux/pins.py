"""Which packages of the lock go to Linux: those that go to Windows, judged for Linux, as wheels for an old glibc."""

from collections.abc import Callable, Sequence

from windows import pins
from windows.pins import LAPTOP, Pin

PYTHON = "3.13.5"  # of Debian 13, and the one that the folder brings
DESKTOP = LAPTOP | {
    "implementation_version": PYTHON,
    "os_name": "posix",
    "platform_machine": "x86_64",
    "platform_release": "",
    "platform_system": "Linux",
    "platform_version": "",
    "python_full_version": PYTHON,
    "sys_platform": "linux",
}
# The glibc of the oldest system that Qt's wheels run on; a wheel for an older one runs there too.
_NEWEST_GLIBC = 28
FOR_THE_DESKTOP = [
    "--only-binary", ":all:", "--python-version", "3.13", "--implementation", "cp",
    "--abi", "cp313", "--abi", "abi3", "--abi", "none",
    *(word for minor in range(_NEWEST_GLIBC, 4, -1) for word in ("--platform", f"manylinux_2_{minor}_x86_64")),
    "--platform", "manylinux2014_x86_64", "--platform", "manylinux2010_x86_64", "--platform", "manylinux1_x86_64",
]


def for_the_desktop(lock: str, requires: Callable[[str], Sequence[str]]) -> list[Pin]:
    """The pins of what ships on Linux, by name; raises Stopped where the lock has none or two of one."""
    return pins.for_the_laptop(lock, pins.shipped(requires, DESKTOP), DESKTOP)
