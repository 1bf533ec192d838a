"""The first start, the practice village and the journey on sample data."""
