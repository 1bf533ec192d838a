"""How quick the window is: run by the Python that is measured, `starting.py WORKSPACE SECONDS`, on either system.

Prints one line of JSON: seconds from SECONDS (the time when the process was begun) to the first painted window and to
Beranda with its figures, seconds of processor time, and megabytes of memory in use then.
"""

import ctypes
import json
import os
import sys
import time


def main() -> None:
    """Start, wait, measure, leave."""
    from PySide6.QtWidgets import QApplication

    from p2kp_desktop import app

    program = app.Program(QApplication([]))
    program.start(sys.argv[1])
    assert program.frame is not None
    painted: list[float] = []
    program.frame.painted.connect(lambda: painted.append(time.time()))
    while not painted or program.window is None or program.window.about is None or program.window.desk.tasks:
        program.app.processEvents()
    usable, begun = time.time(), float(sys.argv[2])
    print(json.dumps({
        "painted_s": round(painted[0] - begun, 2), "usable_s": round(usable - begun, 2),
        "processor_s": round(time.process_time(), 2), "memory_mb": round(memory() / 1e6),
    }))
    sys.stdout.flush()
    program.frame.close()


def memory() -> int:
    """Bytes of this process that are in memory now."""
    if os.name != "nt":
        with open("/proc/self/statm", encoding="ascii") as told:  # noqa: PTH123 - the shipped Python reads it too
            return int(told.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    counters = (ctypes.c_size_t * 9)(9 * ctypes.sizeof(ctypes.c_size_t))  # PROCESS_MEMORY_COUNTERS: two DWORDs, sizes
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - Linux has none
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    kernel.K32GetProcessMemoryInfo.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint32]
    kernel.K32GetProcessMemoryInfo(kernel.GetCurrentProcess(), counters, ctypes.sizeof(counters))
    return counters[2]


if __name__ == "__main__":
    main()
