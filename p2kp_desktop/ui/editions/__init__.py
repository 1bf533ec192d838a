"""Official results frozen on a day, beside what stands now."""
