"""What of the wheels and of CPython's folder goes to the laptop, and why the rest does not.

Qt and PySide6 are taken by name, for they are the largest part and most of it is for other programs; of everything else
all is taken but what is listed. `closure.py` shows after every build that no DLL is missing and none is there for
nothing; `tests/packaging/test_windows_trim.py` holds both to a folder made for it. Nothing is changed inside a file:
the signatures of Qt, Microsoft and the Python foundation stay what they are.
"""

from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

# Taken of PySide6, by path below it; the libraries that these import must be in it too.
QT = frozenset({
    "__init__.py", "_config.py", "_git_pyside_version.py", "support/__init__.py", "support/deprecated.py",
    "QtCore.pyd", "QtGui.pyd", "QtPrintSupport.pyd", "QtSvg.pyd", "QtWidgets.pyd",
    "Qt6Core.dll", "Qt6Gui.dll", "Qt6PrintSupport.dll", "Qt6Svg.dll", "Qt6Widgets.dll",
    "pyside6.abi3.dll",
    "plugins/platforms/qwindows.dll",  # no plugins for pictures: Pillow reads photos, Qt itself PNG
})
# Opened by its own name and in nobody's imports.
LOADED_BY_NAME = frozenset({"highs.dll"})
# Taken of highsbox. Its OpenBLAS, larger than the solver, serves a method for problems without whole numbers: the
# solver looks for it only then, and ours has whole numbers. The rest is for compiling against it.
HIGHS = frozenset({"__init__.py", "highs_dist/bin/highs.dll", "highs_dist/lib/libhighs.so"})
# Licences that a package carries among its own files.
LICENCES_INSIDE = frozenset({"highsbox/highs_dist/share/doc/HIGHS/LICENSE.txt"})

# Photos, letterheads and scanned pages are JPEG, PNG, WebP, TIFF, BMP or GIF, and are written anew as PDF too; in PDFs
# of scanners are JPEG 2000 and fax besides.
PICTURES_OF_OTHERS = (
    "Avif Blp Bufr Cur Dcx Dds Eps Fits Fli Fpx Ftex Gbr Grib Hdf5 Icns Ico Im Imt Iptc McIdas Mic Mpeg Msp Palm"
    " Pcd Pcx Pixar Psd Qoi Sgi Spider Sun Tga Wmf Xbm Xpm XVThumb"
)


@dataclass(frozen=True)
class Rule:
    """Files that stay behind: a pattern of their path in the folder, and how it is known that nobody misses them."""

    pattern: str
    why: str


LEFT_BEHIND = (
    Rule("*.pyi", "types, for a checker of types"),
    Rule("*/py.typed", "types, for a checker of types"),
    Rule("*.pyx", "sources"), Rule("*.pxd", "sources"), Rule("*.pxi", "sources"), Rule("*.c", "sources"),
    Rule("*.h", "sources"), Rule("*.hpp", "sources"), Rule("*.cpp", "sources"), Rule("*.lib", "for linking"),
    Rule("*/tests/*", "a package's own tests"),
    Rule("*.dist-info/*", "METADATA is kept by name, licences go to one folder"),
    Rule("bin/*", "commands of other packages"),
    Rule("PIL/_avif.*", "photos are JPEG, PNG and WebP; Pillow says itself that it has no AVIF then"),
    Rule("PIL/_imagingcms.*", "colour profiles"),
    Rule("PIL/_imagingft.*", "letters drawn into pictures; how wide those of paper are, the fonts' tables say"),
    Rule("PIL/_imagingtk.*", "another toolkit"),
    Rule("PIL/_imagingmath.*", "arithmetic on pictures"),
    Rule("PIL/_imagingmorph.*", "morphology of pictures"),
    *(Rule(f"PIL/{kind}ImagePlugin.py", "pictures of other trades; Pillow says itself that it cannot read them then")
      for kind in PICTURES_OF_OTHERS.split()),
    *(Rule(f"PIL/{name}.py", "asked for by nobody here") for name in (
        "BdfFontFile", "FontFile", "GdImageFile", "ImageCms", "ImageDraw", "ImageDraw2", "ImageFont", "ImageMath",
        "ImageMorph", "ImageQt", "ImageText", "ImageTk", "ImageTransform", "ImageWin",
        "PcfFontFile", "PSDraw", "TarIO", "WalImageFile", "_tkinter_finder",
    )),
    Rule("cffi/*", "for writing bindings; cryptography imports _cffi_backend alone, which ships"),
    Rule("pypdf/_codecs/adobe_glyphs.py", "names of letters, for texts; pdf_pages.py puts an empty table in its place"),
    Rule("pypdf/annotations/*", "new notes on pages; nothing in pypdf imports them"),
    Rule("pypdf/_crypt_providers/_fallback.py", "ciphers in Python, where cryptography is lacking; it ships"),
    Rule("pypdf/_crypt_providers/_pycryptodome.py", "ciphers of another library; cryptography ships"),
    Rule("pypdf/generic/_image_inline.py", "pictures as pypdf reads them; scan_image.py asks Pillow"),
    Rule("pypdf/generic/_image_xobject.py", "pictures as pypdf reads them; scan_image.py asks Pillow"),
    Rule("rapidfuzz/distance/metrics_cpp.*", "distances other than those of `fuzz`; it takes its own in Python then"),
    Rule("rapidfuzz/__pyinstaller/*", "for another packer"),
    Rule("rapidfuzz/*_avx2.*", "the same once more for processors since 2013; it takes the plain one by itself"),
    Rule("sqlalchemy/orm/*", "only Core is used (a contract of pyproject.toml); Core never imports it"),
    Rule("sqlalchemy/ext/*", "extensions of the ORM"),
    Rule("sqlalchemy/testing/*", "SQLAlchemy's tests"),
    Rule("sqlalchemy/dialects/mssql/*", "another database"),
    Rule("sqlalchemy/dialects/mysql/*", "another database"),
    Rule("sqlalchemy/dialects/oracle/*", "another database"),
    Rule("lokal/data/LICENSE*", "licences go to one folder"),
    Rule("lokal/data/desa.json.gz", "villages of the whole country; those of the province are our own list"),
    Rule("lokal/data/kodepos.json.gz", "postal codes"),
    Rule("lokal/data/wilayah.json.gz", "regions of the whole country; those of the province are our own list"),
    Rule("lokal/files/*", "names veiled in documents; asked for by nobody"),
    Rule("lokal/wilayah.py", "what reads these"), Rule("lokal/alamat.py", "addresses taken apart; imports wilayah"),
    Rule("olefile/doc/*", "documentation"),
    Rule("olefile/olefile2.py", "for Python 2; no Python 3 can compile it"),
    Rule("OleFileIO_PL.py", "an old name of olefile"),
    Rule("NOTICE.txt", "licences go to one folder"),
)
PYTHON_LEFT_BEHIND = {
    "_ssl.pyd": "no network: nothing speaks TLS",
    "libssl-3.dll": "no network: nothing speaks TLS",
    "_hashlib.pyd": "digests in C are part of Python; what it lacks then, scrypt, comes from cryptography",
    "libcrypto-3.dll": "what _hashlib is linked to; cryptography and SQLCipher bring what they need",
    "_sqlite3.pyd": "SQLCipher's SQLite opens every database",
    "sqlite3.dll": "SQLCipher's SQLite opens every database",
    "winsound.pyd": "no sound",
    "python.cat": "the signature of the whole zip; each file has its own",
    "LICENSE.txt": "licences go to one folder",
    "python313._pth": "written anew, so that it finds lib",
}
SHIBOKEN = frozenset({
    "__init__.py", "_config.py", "_git_shiboken_module_version.py", "Shiboken.pyd", "shiboken6.abi3.dll",
})
# Microsoft's C++ runtime as Shiboken brings it. zxing-cpp needs it too and brings none, so it lies beside python.exe,
# where everybody finds it; in Shiboken's folder the command line, which loads no Qt, would not.
FOR_EVERYBODY = frozenset(f"shiboken6/{name}" for name in ("msvcp140.dll", "msvcp140_1.dll", "msvcp140_2.dll"))


def place(path: PurePosixPath) -> PurePosixPath | None:
    """Where a file of a wheel goes in the folder, by its path below site-packages; None where it stays behind."""
    if path.as_posix() in FOR_EVERYBODY:
        return PurePosixPath("python", path.name)
    return PurePosixPath("lib", path) if _taken(path) else None


def _taken(path: PurePosixPath) -> bool:
    below = PurePosixPath(*path.parts[1:]).as_posix()
    if path.parts[0] == "PySide6":
        return below in QT
    if path.parts[0] == "shiboken6":
        return below in SHIBOKEN
    if path.parts[0] == "highsbox":
        return below in HIGHS
    if path.parts[0].endswith(".dist-info"):
        return path.name == "METADATA"
    return not any(fnmatchcase(path.as_posix(), rule.pattern) for rule in LEFT_BEHIND)
