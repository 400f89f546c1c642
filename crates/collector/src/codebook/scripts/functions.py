

def read(table=TABLE):
    """The table as it was sent: codes as whole numbers, text as text, and the reasons for missing values left in."""
    rows = pd.read_csv(table, dtype=str, keep_default_na=False, encoding="utf-8")
    for name, variable in VARIABLES.items():
        if variable["type"] == "whole":
            rows[name] = pd.to_numeric(rows[name]).astype("Int64")
        elif variable["type"] == "decimal":
            rows[name] = pd.to_numeric(rows[name]).astype("Float64")
    return rows


def missing(rows):
    """For each cell whether it says why there is no value."""
    gaps = {}
    for name, variable in VARIABLES.items():
        reasons = list(variable["missing"][LANGUAGES[0]])
        if variable["type"] in ("whole", "decimal"):
            reasons = [int(code) for code in reasons]
        gaps[name] = rows[name].isin(reasons).astype(bool)
    return pd.DataFrame(gaps, index=rows.index)


def answered(rows):
    """The same table with nothing where a value is missing, and with days as days."""
    rows = rows.mask(missing(rows))
    for name, variable in VARIABLES.items():
        if variable["type"] == "day":
            rows[name] = pd.to_datetime(rows[name], format="%Y-%m-%d")
    return rows


def labelled(rows, language=LANGUAGES[0]):
    """The same table with words in the place of codes, as categories in the order of the question."""
    gaps = missing(rows)
    words = rows.copy()
    for name, variable in VARIABLES.items():
        values = variable["values"][language]
        if values:
            kept = rows[name].astype(str).where(~gaps[name]).map(values)
            order = list(dict.fromkeys(values.values()))
            ordered = variable["measure"] == "ordinal"
            words[name] = pd.Categorical(kept, categories=order, ordered=ordered)
    return words


def labels(language=LANGUAGES[0]):
    """What each column is, in words."""
    return {name: variable["label"][language] for name, variable in VARIABLES.items()}


if __name__ == "__main__":
    responses = answered(read())
    print(f"{len(responses)} responses, {len(responses.columns)} columns")
    for column, label in labels().items():
        print(f"{column}: {label}; {responses[column].notna().sum()} answered")
