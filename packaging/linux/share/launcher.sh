#!/bin/sh
here=$(dirname -- "$(readlink -f -- "$0")")
exec "$here/python/bin/python3.13" -IS "$here/python/start/@NAME@" "$@"
