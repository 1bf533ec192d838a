"""The screen: shows records, collects answers, and asks the core; holds no rules."""
