"""A form that no other file of the program knows, and what a person does with it: run by tests/ui/test_new_form.py."""
