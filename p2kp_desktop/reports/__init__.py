"""Every list and report: a function that puts lines into columns, and what finds the lines in a workspace.

    @report(rts_of)
    def rts(lines: Sequence[RtLine] = ()) -> Table[RtLine]:
        return Table("rt", say("Daftar RT"), (Column("rt", say("RT"), Kind.RT, lambda line: line.rt), …), lines)

The window shows the table of the lines it has, `p2kp report rt FILE OUT.xlsx` finds the lines and writes it, paper
sets it. Reports stand above `actions`, whose figures they put into columns; a table itself is a value of the schema,
so that the exchange can write it. A new report is one such function in one of these modules (a new module is named
in `catalogue`).
"""
