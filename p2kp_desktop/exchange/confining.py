"""What the process that reads foreign files may use: it limits itself before it opens anything.

On POSIX by resource limits, on Windows by a job object of its own, in which it is alone. Where a system refuses, the
reading goes on without that limit: the limits of guard.py, and what the program counts, hold everywhere.
"""

import sys

_NO_ERROR_BOXES = 0x0001 | 0x0002 | 0x8000  # SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX, SEM_NOOPENFILEERRORBOX
_BY_PROCESS_TIME, _BY_PROCESS_MEMORY, _DIE_WITHOUT_A_BOX = 0x0002, 0x0100, 0x0400  # JOB_OBJECT_LIMIT_…
_EXTENDED = 9  # JobObjectExtendedLimitInformation
_TICKS = 10_000_000  # of 100 ns in a second


def confine(memory: int, seconds: int) -> None:
    """Let this process have so many bytes, and so many seconds of processor time from now on."""
    if sys.platform == "win32":
        _confine_windows(memory, seconds)
    else:
        _confine_posix(memory, seconds)


if sys.platform == "win32":
    import ctypes
    import time
    from ctypes import wintypes

    class _Basic(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", ctypes.c_int64), ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD), ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t), ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t), ("PriorityClass", wintypes.DWORD), ("SchedulingClass", wintypes.DWORD),
        )

    class _Extended(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", _Basic), ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t), ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t), ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    _jobs: list[int] = []  # the one of this process, once it is in it

    def _confine_windows(memory: int, seconds: int) -> None:
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.CreateJobObjectW.argtypes = (wintypes.LPVOID, wintypes.LPCWSTR)
        kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, wintypes.LPVOID, wintypes.DWORD)
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        kernel.SetErrorMode(_NO_ERROR_BOXES)
        job = _jobs[0] if _jobs else kernel.CreateJobObjectW(None, None)
        if not job:
            return
        limits = _Extended()
        limits.BasicLimitInformation.LimitFlags = _BY_PROCESS_TIME | _BY_PROCESS_MEMORY | _DIE_WITHOUT_A_BOX
        limits.BasicLimitInformation.PerProcessUserTimeLimit = int((time.process_time() + seconds) * _TICKS)
        limits.ProcessMemoryLimit = memory
        kernel.SetInformationJobObject(job, _EXTENDED, ctypes.byref(limits), ctypes.sizeof(limits))
        if not _jobs and kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess()):
            _jobs.append(job)
else:
    import resource
    from contextlib import suppress

    def _confine_posix(memory: int, seconds: int) -> None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        limits = (
            (resource.RLIMIT_CORE, 0), (resource.RLIMIT_AS, memory),
            (resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + seconds + 1),
        )
        for kind, most in limits:
            with suppress(OSError, ValueError):  # a stricter limit that somebody set stays
                resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))
