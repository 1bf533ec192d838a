"""The community bowl: institutions, shared agreements, meetings and what they decide, and how ready it all is."""
