"""The Windows package, made on Linux: CPython's own embeddable build, wheels of the lock, what Qt needs, a setup."""
