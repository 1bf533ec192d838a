"""The place Jalan termurah: the cheapest works that bring RTs out of slum, and the unit prices they go by."""
