"""The one SQLite of this process: SQLCipher's, or Python's own where that is lacking.

One and never both. Two copies of SQLite in a process do not see each other's locks on a file, and what the first holds
is gone when the second closes it. SQLCipher's opens files in clear as any other does; it is newer than those of Python
and of most systems, which can damage a file that one connection moves out of its log while another writes (mended in
SQLite 3.51.3).
"""

from typing import Any

ENCIPHERS = True
try:
    from sqlcipher3 import dbapi2 as _library
except ImportError:
    import sqlite3 as _library

    ENCIPHERS = False

library: Any = _library
