#!/bin/sh
# Build CPython for the folder, inside a bare old Debian (called by python.py): /build/python, which runs from any place.
#
# libffi, zlib and liblzma lie beside, found by a path relative to the interpreter. That path is a DT_RPATH, which holds
# for every library the process loads later: Qt's helpers of the screen, which many desktops lack, are found through it
# too. OpenSSL and SQLite are not asked for: cryptography and SQLCipher bring what the program needs of both. No profile
# is measured (PGO): its counts differ from run to run, and so would the bytes.
set -eu
cd /build
export LC_ALL=C TZ=UTC PYTHONHASHSEED=0
jobs=$(nproc)
unpack() { rm -rf "$2"; mkdir "$2"; tar xf "/build/sources/$1" -C "$2" --strip-components=1; }

unpack "$PYTHON" cpython
cd cpython
for module in _tkinter _curses _curses_panel readline _gdbm _dbm _bz2 _ssl _hashlib _sqlite3 nis; do
    export "py_cv_module_$module=n/a"
done
./configure --prefix=/usr --without-ensurepip --disable-test-modules --without-static-libpython --without-readline \
    LDFLAGS='-Wl,--disable-new-dtags -Wl,-rpath,\$$ORIGIN/../lib:\$$ORIGIN/../../lib/PySide6/Qt/lib'
make -j"$jobs"
rm -rf /build/python
make install DESTDIR=/build/python
find /build/python -name '*.so' -exec strip {} +
strip /build/python/usr/bin/python3.13
