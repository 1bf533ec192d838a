"""The database: the only package that knows SQLAlchemy."""

from .opening import create, open_workspace
from .workspace import Connection, Workspace

__all__ = ["Connection", "Workspace", "create", "open_workspace"]
