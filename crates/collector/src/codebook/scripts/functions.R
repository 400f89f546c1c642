
# The table: codes as factors, numbers as numbers, days as dates. Where a value is missing there is NA, and the
# attribute "reason" of the column says why.
read_responses <- function(file = table_file) {
  rows <- read.csv(file, colClasses = "character", na.strings = character(), check.names = FALSE,
                   fileEncoding = "UTF-8", encoding = "UTF-8")
  for (name in names(variables)) {
    about <- variables[[name]]
    cells <- rows[[name]]
    gaps <- cells %in% about$reasons
    reason <- factor(ifelse(gaps, cells, NA), levels = about$reasons, labels = about$why)
    cells[gaps] <- NA
    if (length(about$values) > 0) {
      cells <- factor(cells, levels = about$values, labels = about$labels, ordered = about$ordered)
    } else if (about$type %in% c("whole", "decimal")) {
      cells <- as.numeric(cells)
    } else if (about$type == "day") {
      cells <- as.Date(cells)
    }
    attr(cells, "label") <- about$label
    if (any(gaps)) attr(cells, "reason") <- reason
    rows[[name]] <- cells
  }
  rows
}

responses <- read_responses()
