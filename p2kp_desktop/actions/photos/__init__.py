"""Photos that find their record: read, matched by code or order, shown before, and filed in one act."""
