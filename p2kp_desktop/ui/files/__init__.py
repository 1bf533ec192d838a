"""Files and drives that several places let people choose."""
