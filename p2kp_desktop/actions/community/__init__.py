"""The community bowl: institutions, agreements, meetings, needs, and the collaboration that answers them."""
