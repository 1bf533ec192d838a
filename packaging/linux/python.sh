#!/bin/sh
# Build CPython for the folder, inside a bare old Debian (called by python.py): /build/python, which runs from any place.
#
# OpenSSL (for hashlib's scrypt and fast digests) and SQLite are linked in; libffi, zlib and liblzma lie beside, found by
# a path relative to the interpreter. That path is a DT_RPATH, which holds for every library the process loads later:
# Qt's helpers of the screen, which many desktops lack, are found through it too. No profile is measured (PGO): its
# counts differ from run to run, and so would the bytes.
set -eu
cd /build
export LC_ALL=C TZ=UTC PYTHONHASHSEED=0
jobs=$(nproc)
unpack() { rm -rf "$2"; mkdir "$2"; tar xf "/build/sources/$1" -C "$2" --strip-components=1; }

unpack "$SQLITE" sqlite
(cd sqlite && ./configure --disable-tcl --disable-readline && make sqlite3.c sqlite3.h)
rm -rf made && mkdir -p made/include made/lib
gcc -O2 -fPIC -c sqlite/sqlite3.c -o made/sqlite3.o -DSQLITE_THREADSAFE=1 -DSQLITE_ENABLE_FTS4 -DSQLITE_ENABLE_FTS5 \
    -DSQLITE_ENABLE_RTREE -DSQLITE_ENABLE_MATH_FUNCTIONS -DSQLITE_ENABLE_COLUMN_METADATA -DSQLITE_ENABLE_DBSTAT_VTAB \
    -DSQLITE_MAX_VARIABLE_NUMBER=250000
ar rcsD made/lib/libsqlite3.a made/sqlite3.o
cp sqlite/sqlite3.h made/include

unpack "$OPENSSL" openssl
(cd openssl && ./Configure linux-x86_64 --prefix=/build/made --libdir=lib --openssldir=/nowhere no-shared no-tests \
    no-apps no-docs no-module no-quic no-legacy no-engine -fPIC && make -j"$jobs" build_libs &&
    cp -r include/openssl ../made/include && cp libssl.a ../made/lib && cp libcrypto.a ../made/lib/libcrypto-whole.a)
# What names libcrypto must also be linked to what it is linked to, after it: a script of the linker says so.
echo 'GROUP(/build/made/lib/libcrypto-whole.a -ldl -lpthread)' >made/lib/libcrypto.a

unpack "$PYTHON" cpython
cd cpython
for module in _tkinter _curses _curses_panel readline _gdbm _dbm _bz2 _ssl nis; do
    export "py_cv_module_$module=n/a"
done
export LIBSQLITE3_CFLAGS=-I/build/made/include LIBSQLITE3_LIBS="-L/build/made/lib -lsqlite3 -lm -lpthread"
./configure --prefix=/usr --without-ensurepip --disable-test-modules --without-static-libpython --without-readline \
    --with-openssl=/build/made --with-openssl-rpath=no \
    LDFLAGS='-Wl,--disable-new-dtags -Wl,-rpath,\$$ORIGIN/../lib:\$$ORIGIN/../../lib/PySide6/Qt/lib'
make -j"$jobs"
rm -rf /build/python
make install DESTDIR=/build/python
find /build/python -name '*.so' -exec strip {} +
strip /build/python/usr/bin/python3.13
