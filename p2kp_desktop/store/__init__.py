"""The database: the only package that knows SQLAlchemy."""

from .opening import Connection, Workspace, create, open_workspace

__all__ = ["Connection", "Workspace", "create", "open_workspace"]
