"""Paper: what the program prints, as PDF.

Each thing that can be printed is a function under `@printable` that returns a `Document`: a template of
resources/paper and the data that it sets. Templates hold the layout and no word; words and figures come from here, so
that they are said once and in the language spoken. `making.make` adds what every page carries (whose, when, how sure,
page x of y, a digest), sets it, and notes in the workspace what was printed.

Why typst: it lays out a form of two pages in 10 ms, knows paragraphs, tables that break over pages and footnotes, and
its templates are read by people. A thousand forms are one body with what differs stamped on it (`stamping`): laid out
one by one they took 45 times as long and 20 times the memory.
"""
