"""The screen: shows records, collects answers, and asks the core; holds no rules.

Everything that can be decided without a widget is decided below `ui/` (`actions/keying/record_keying.py` is the form
without a screen), so most of the window is tested without one.
"""
