"""The place Aturan Bersama: the list, one agreement with its clauses, versions side by side, example clauses."""
