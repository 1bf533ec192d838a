"""Files that carry data between laptops and programs; each module imports its workbook library on first use.

Where to begin:

- a bundle: `writing` makes one (`cover`, `form_sheets`, `history_sheet`, `dictionary_sheet`, and hidden
  `machine_sheets`), `reading` takes one apart again (`front`, `records_part`, `visible`), `signing` and `digests` say
  whether it is as it was sent;
- a file from elsewhere: `foreign` is how the program sees one, read in a process apart (`apart`, `serving`, `guard`);
  `tables` finds its tables, `columns` says which column answers which question;
- a list or report as a file: `table_files`, and `table_block` for the clipboard; a blank form: `template`.
"""
