extension Schema {
  static let review: [String] = [
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
