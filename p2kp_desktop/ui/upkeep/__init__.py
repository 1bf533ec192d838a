"""Perawatan data: handing over, retiring, renaming and merging RTs, erasing a person's data."""
