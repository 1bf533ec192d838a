"""The place Kolaborasi: needs, sources of funds, activities, partners, policies."""
