extension Schema {
  static let review: [String] = [
    // Wider than it was: who filters the queue by what stands in a suggestion's verdict never leaves the index (a million
    // rows in 90 ms instead of 360). Entries go where they went before, so the intake writes no further pages, but fuller
    // ones: 1.5 % more bytes in all.
    "DROP INDEX suggestion_queue",
    """
    CREATE INDEX suggestion_queue ON suggestion (track, state, priority DESC, id, topic, lead, region, kind, urgency)
    """,
    // What more than one person speaks for; what comes in is in it only after it was counted.
    "CREATE INDEX suggestion_support ON suggestion (track, state, support DESC, id) WHERE support > 1",
    // In somebody's hands, and put aside: few at any time.
    "CREATE INDEX case_claim ON case_file (claimant, claimed_until) WHERE claimant IS NOT NULL",
    "CREATE INDEX case_snooze ON case_file (snoozed_until) WHERE snoozed_until IS NOT NULL",
    // Where a word may stand: see SearchIndex.swift. `numbers` are places in the segment, two bytes each, ascending.
    """
    CREATE TABLE search_posting (
      segment INTEGER NOT NULL, word BLOB NOT NULL, numbers BLOB NOT NULL, PRIMARY KEY (segment, word)) WITHOUT ROWID
    """,
    // Submissions that were corrected and have not been taken in since.
    "CREATE TABLE search_stale (submission INTEGER PRIMARY KEY)",
    // 常用视图: filters somebody gave a name, as the address of the list has them.
    """
    CREATE TABLE saved_view (
      id INTEGER PRIMARY KEY, owner TEXT NOT NULL, name TEXT NOT NULL, query TEXT NOT NULL,
      shared INTEGER NOT NULL CHECK (shared BETWEEN 0 AND 1), created_at INTEGER NOT NULL, UNIQUE (owner, name))
    """,
  ]
}
