"""The form view: one record under the hands, built from the definition of any form."""
