"""What the terminal shows: tables, and one closing line for machines."""


def print_table(columns, rows):
    """Rows of cells, by their labels, under the columns' names."""
    first = max(map(len, rows))
    widths = [max(len(name), *(len(row[i]) for row in rows.values())) for i, name in enumerate(columns)]
    for label, cells in {"": columns, **rows}.items():
        print(f"{label:{first}}  " + "  ".join(f"{cell:{width}}" for cell, width in zip(cells, widths)).rstrip())


def print_matrix(what, columns):
    """The outcomes of each column, by its name; the exit code that they come to."""
    cases = list(next(iter(columns.values())))
    print_table(list(columns), {case: [column[case].verdict for column in columns.values()] for case in cases})
    outcomes = [(case, name, column[case]) for case in cases for name, column in columns.items()]
    for case, name, outcome in outcomes:
        if outcome.detail:
            print(f"{outcome.verdict}: {name}, {case}: {outcome.detail}")
    count = {verdict: sum(outcome.verdict == verdict for *_, outcome in outcomes) for verdict in ("ok", "FAIL", "skip")}
    print(f"{what}: {count['ok']} passed, {count['FAIL']} failed, {count['skip']} skipped")
    return int(count["FAIL"] > 0)
