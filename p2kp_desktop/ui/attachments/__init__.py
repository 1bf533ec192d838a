"""The attachments of records: a card with lines and small pictures, and what is done with it, for every place."""
