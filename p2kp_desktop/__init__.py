"""P2KP Desktop: offline data entry for the settlement programme of South Sumatra."""

__version__ = "0.9.0"
