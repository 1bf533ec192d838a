"""The database: the only package that knows SQLAlchemy.

What is above asks an open `workspace` for a connection (`asking()` to read, `changing()` to write), and gives it to a
function of the module that knows the matter. Where to begin:

- a workspace: `opening`, `workspace`, `migrations`, `node` (whose count of saves this is), `facts`; its file:
  `footing`, `reaching`, `copies`, `pages`, `checking`, `remains`;
- records: `tables` derives one table from each form; `records` keeps versions, `views` reads values as people see
  them, `history` keeps every save, `drafts` what is not saved yet;
- lists and figures: `listing` (households), `tabling` and `filtering` (any form), `search`, `summaries`; what the
  database has to decide by itself: `clauses` (conditions), `breaches` (checks), `standing` (how a record stands);
- bundles: `dispatch` (what one may hold), `transfers` (the log), `receipts` (what others have), `spans`, `undoing`,
  and `branching` where a copy of a workspace was saved too.
"""

from .opening import create, is_taken, open_workspace
from .workspace import Connection, Workspace

__all__ = ["Connection", "Workspace", "create", "is_taken", "open_workspace"]
