"""Who may read what the program writes: its user alone; and of what somebody saves on purpose, whoever may there.

On POSIX what is made from the start of the program on is 0600 and 0700. What was made before, or where the folder was
made by others, is closed when it is used. Windows gives a file what its folder gives, and a folder at the root of a
disk gives everybody everything: there a folder or file of ours gets a list of its own, the user, the system and the
administrators, which what is made in it inherits. Nothing needs an administrator, and a stick without rights is no
fault.
"""

import os
import re
import stat
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

_OTHERS = 0o077
_READ = 0o044
_usual: list[int] = []  # the umask that this process came with, once it keeps private what it makes

def keep_private() -> None:
    """Let everything that this process makes from now on be for its user alone."""
    before = os.umask(_OTHERS)
    _usual.append(before)


def close(path: Path) -> None:
    """Let nobody but its user read a file, or a folder and what is in it; raises nothing."""
    with suppress(OSError):
        if sys.platform == "win32":
            _give_list(path)
        else:
            mode = path.stat().st_mode
            if mode & _OTHERS:
                path.chmod(stat.S_IMODE(mode) & ~_OTHERS)


def make_folder(path: Path) -> Path:
    """Make a folder for this user alone, or close the one that is there; return it. Raises OSError."""
    path.mkdir(parents=True, exist_ok=True)
    close(path)
    return path


def hand_over(path: Path) -> None:
    """Let those read what was saved on purpose who may read the folder that was chosen for it; raises nothing.

    So a report in a shared folder is read there, as of any other program, and one among our own files by nobody else.
    Windows does so by itself.
    """
    with suppress(OSError):
        if sys.platform != "win32" and _usual:
            folder, own = path.parent.stat().st_mode, path.stat().st_mode
            more = folder & _READ & ~_usual[0]
            path.chmod(stat.S_IMODE(own) | more | (more >> 2 if stat.S_ISDIR(own) else 0))


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _FILE, _DACL, _PROTECTED, _REVISION = 1, 0x4, 0x80000000, 1
    _QUERY, _TOKEN_USER = 0x8, 1

    @cache
    def _libraries() -> "tuple[ctypes.WinDLL, ctypes.WinDLL]":
        return ctypes.WinDLL("advapi32", use_last_error=True), ctypes.WinDLL("kernel32", use_last_error=True)

    def _must(done: object) -> None:
        if not done:
            raise ctypes.WinError(ctypes.get_last_error())

    @cache
    def _user() -> str:
        """Give the sign of this user, as S-1-5-21-… . Raises OSError."""
        rights, kernel = _libraries()
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        token, needed = wintypes.HANDLE(), wintypes.DWORD()
        _must(rights.OpenProcessToken(wintypes.HANDLE(kernel.GetCurrentProcess()), _QUERY, ctypes.byref(token)))
        try:
            rights.GetTokenInformation(token, _TOKEN_USER, None, 0, ctypes.byref(needed))
            held = ctypes.create_string_buffer(needed.value)
            _must(rights.GetTokenInformation(token, _TOKEN_USER, held, needed, ctypes.byref(needed)))
        finally:
            kernel.CloseHandle(token)
        text = wintypes.LPWSTR()
        sign = ctypes.cast(held, ctypes.POINTER(ctypes.c_void_p))[0]  # TOKEN_USER begins with a pointer to it
        _must(rights.ConvertSidToStringSidW(ctypes.c_void_p(sign), ctypes.byref(text)))
        try:
            return str(text.value)
        finally:
            kernel.LocalFree(ctypes.cast(text, ctypes.c_void_p))

    def _words(descriptor: ctypes.c_void_p) -> str:
        """Give who may do what, in Windows' own words (SDDL). Raises OSError."""
        rights, kernel = _libraries()
        text = wintypes.LPWSTR()
        _must(rights.ConvertSecurityDescriptorToStringSecurityDescriptorW(
            descriptor, _REVISION, _DACL, ctypes.byref(text), None))
        try:
            return str(text.value)
        finally:
            kernel.LocalFree(ctypes.cast(text, ctypes.c_void_p))

    def _list_of(path: Path) -> str:
        """Give who may do what with a file. Raises OSError."""
        rights, kernel = _libraries()
        found = ctypes.c_void_p()
        fault = rights.GetNamedSecurityInfoW(str(path), _FILE, _DACL, None, None, None, None, ctypes.byref(found))
        if fault:
            raise ctypes.WinError(fault)
        try:
            return _words(found)
        finally:
            kernel.LocalFree(found)

    def _signs(words: str) -> frozenset[str]:
        """Give whom a list names."""
        return frozenset(each.split(";")[5] for each in re.findall(r"\(([^)]*)\)", words))

    def _give_list(path: Path) -> None:
        """Give a file or folder a list of its own, where others stand on the one it has. Raises OSError."""
        rights, kernel = _libraries()
        heirs = "OICI" if path.is_dir() else ""
        words = "D:P" + "".join(f"(A;{heirs};FA;;;{sign})" for sign in (_user(), "SY", "BA"))
        made = ctypes.c_void_p()
        _must(rights.ConvertStringSecurityDescriptorToSecurityDescriptorW(words, _REVISION, ctypes.byref(made), None))
        try:
            before = _signs(_list_of(path))
            if not before or before - _signs(_words(made)):
                _set(path, made)
        finally:
            kernel.LocalFree(made)

    def _set(path: Path, made: ctypes.c_void_p) -> None:
        """Set the list, first so that what is in a folder follows, then as it is: a file server may add to the first.

        Raises OSError.
        """
        rights, _kernel = _libraries()
        given, is_there, is_usual = ctypes.c_void_p(), wintypes.BOOL(), wintypes.BOOL()
        _must(rights.GetSecurityDescriptorDacl(
            made, ctypes.byref(is_there), ctypes.byref(given), ctypes.byref(is_usual)))
        rights.SetNamedSecurityInfoW(str(path), _FILE, _DACL | _PROTECTED, None, None, given, None)
        _must(rights.SetFileSecurityW(str(path), wintypes.DWORD(_DACL | _PROTECTED), made))
