extension Schema {
  static let desks: [String] = [
    // 移动信息员. The name is sealed: the badge alone goes through the store. `id` is the number of the event that added
    // the reporter; the name's event carries a digest of the sealed bytes, so that it can be forgotten.
    """
    CREATE TABLE reporter (
      id INTEGER PRIMARY KEY, badge TEXT NOT NULL UNIQUE, name BLOB, area TEXT NOT NULL,
      active INTEGER NOT NULL CHECK (active BETWEEN 0 AND 1), added_at INTEGER NOT NULL, retired_at INTEGER,
      CHECK ((active = 1) = (retired_at IS NULL)))
    """,
    // Which submissions carry a badge, registered or not. Follows the intake behind a watermark: see ReporterIndex.
    "CREATE TABLE reporter_submission (submission INTEGER PRIMARY KEY, badge TEXT NOT NULL)",
    "CREATE INDEX reporter_submission_badge ON reporter_submission (badge)",
    // When an opinion book hung on its wall, by the heads of its transcripts. `id` is the number of the event that
    // first told of it.
    """
    CREATE TABLE opinion_book (
      id INTEGER PRIMARY KEY, source INTEGER NOT NULL, book TEXT NOT NULL, opened INTEGER, closed INTEGER,
      transcribed INTEGER, UNIQUE (source, book))
    """,
  ]

  static let deskLists: [String] = [
    // Whom a case goes with, by whose it is; the last acts of a unit; and what is open, counted without its row.
    "CREATE INDEX case_assistant_unit ON case_assistant (unit, district, keeper)",
    "CREATE INDEX case_acted ON case_file (unit, district, keeper, acted_at DESC, suggestion)",
    "CREATE INDEX case_standing ON case_file (state, unit, district, keeper, next_due, supervised)",
    "CREATE INDEX case_supervised ON case_file (suggestion) WHERE supervised = 1",
    // What came through a station, which few did; without it a million rows are looked through for each page.
    "CREATE INDEX suggestion_station ON suggestion (station) WHERE station <> 0",
  ]
}
