"""What of the wheels for Linux goes to a desktop: of Qt by name, of everything else what also goes to Windows.

A window under Wayland goes through XWayland, which every desktop has; Qt's own Wayland client would be five libraries
more. `closure.py` shows after every build that nothing is missing and nothing is there for nothing.
"""

from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from windows import trim

QT = frozenset({
    "__init__.py", "_config.py", "_git_pyside_version.py", "support/__init__.py", "support/deprecated.py",
    "QtCore.abi3.so", "QtGui.abi3.so", "QtPrintSupport.abi3.so", "QtSvg.abi3.so", "QtWidgets.abi3.so",
    "libpyside6.abi3.so.6.9",
    *(f"Qt/lib/libQt6{name}.so.6" for name in (
        "Core", "DBus", "Gui", "PrintSupport", "Svg", "Widgets", "XcbQpa",
    )),
    *(f"Qt/lib/libicu{name}.so.73" for name in ("data", "i18n", "uc")),
    "Qt/plugins/platforms/libqxcb.so", "Qt/plugins/platforms/libqoffscreen.so",
    "Qt/plugins/imageformats/libqjpeg.so",  # with which Qt packs pictures for CUPS; photos are read by Pillow
    "Qt/plugins/platforminputcontexts/libcomposeplatforminputcontextplugin.so",
    "Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
    "Qt/plugins/printsupport/libcupsprintersupport.so",
})
SHIBOKEN = frozenset({
    "__init__.py", "_config.py", "_git_shiboken_module_version.py", "Shiboken.abi3.so", "libshiboken6.abi3.so.6.9",
})
_BY_NAME = {"PySide6": QT, "shiboken6": SHIBOKEN}
LEFT_BEHIND = (
    trim.Rule("pillow.libs/libavif-*", "what PIL/_avif is linked to, which stays behind"),
    trim.Rule("pillow.libs/liblcms2-*", "what PIL/_imagingcms is linked to, which stays behind"),
    *(trim.Rule(f"pillow.libs/lib{name}-*", "what PIL/_imagingft is linked to, which stays behind")
      for name in ("freetype", "harfbuzz", "png16", "brotlidec", "brotlicommon")),
)


def place(path: PurePosixPath) -> PurePosixPath | None:
    """Where a file of a wheel goes in the folder, by its path below site-packages; None where it stays behind."""
    taken = _BY_NAME.get(path.parts[0])
    if taken is None:
        return None if any(fnmatchcase(path.as_posix(), rule.pattern) for rule in LEFT_BEHIND) else trim.place(path)
    return PurePosixPath("lib", path) if path.relative_to(path.parts[0]).as_posix() in taken else None
