extension Schema {
  /// Which states an act may lead from and to, as `from * 10 + to`, said again for the database: the rows of
  /// ``CaseLifecycle/edges`` with a state behind them. A test compares the two.
  static let caseSteps = [
    1, 2, 3, 6, 7, 10, 19, 32, 34, 35, 42, 45, 46, 51, 52, 53, 56, 57, 62, 64, 67, 78, 79, 82, 83, 84, 86, 87,
  ]

  static let casework: [String] =
    [
      // The states become ten; SQLite cannot widen a CHECK, so the table is written anew. A suggestion that people merged
      // before there were states is a merged one.
      "ALTER TABLE suggestion RENAME TO suggestion_waiting",
      """
      CREATE TABLE suggestion (
        id INTEGER PRIMARY KEY, version INTEGER NOT NULL DEFAULT 1, state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 9),
        track INTEGER NOT NULL CHECK (track BETWEEN 0 AND 1), kind INTEGER NOT NULL, urgency INTEGER NOT NULL,
        topic INTEGER NOT NULL, region INTEGER NOT NULL, station INTEGER NOT NULL, lead INTEGER NOT NULL,
        tier INTEGER NOT NULL, priority INTEGER NOT NULL, support INTEGER NOT NULL, submissions INTEGER NOT NULL,
        submitted_at INTEGER, near INTEGER, decided INTEGER NOT NULL DEFAULT 0, merged_into INTEGER, root INTEGER,
        CHECK ((state = 2) = (merged_into IS NOT NULL)))
      """,
      """
      INSERT INTO suggestion (id, version, state, track, kind, urgency, topic, region, station, lead, tier, priority,
        support, submissions, submitted_at, near, decided, merged_into, root)
      SELECT id, version, CASE WHEN merged_into IS NULL THEN state ELSE 2 END, track, kind, urgency, topic, region,
        station, lead, tier, priority, support, submissions, submitted_at, near, decided, merged_into, root
      FROM suggestion_waiting
      """,
      "DROP TABLE suggestion_waiting",
      "CREATE INDEX suggestion_queue ON suggestion (track, state, priority DESC, id)",
      "CREATE INDEX suggestion_root ON suggestion (root) WHERE root IS NOT NULL",
      // Where each case stands that somebody acted on: the fold of its events, kept for lists. `was` and `state` are the
      // two ends of the last act; only going back may join any two of them.
      """
      CREATE TABLE case_file (
        suggestion INTEGER PRIMARY KEY, version INTEGER NOT NULL CHECK (version > 0), action INTEGER NOT NULL,
        was INTEGER NOT NULL, state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 9), round INTEGER NOT NULL,
        hops INTEGER NOT NULL, unit INTEGER NOT NULL, district INTEGER NOT NULL, keeper INTEGER NOT NULL,
        supervised INTEGER NOT NULL, claimant TEXT, claimed_until INTEGER, snoozed_until INTEGER, answer_due INTEGER,
        next_due INTEGER, provisional INTEGER NOT NULL, acted_at INTEGER NOT NULL,
        CHECK (was = state OR action IN (\(goingBack)) OR was * 10 + state IN (\(steps))))
      """,
      "CREATE INDEX case_unit ON case_file (unit, district, state, next_due)",
      "CREATE INDEX case_due ON case_file (next_due) WHERE next_due IS NOT NULL",
      // 协办.
      """
      CREATE TABLE case_assistant (
        suggestion INTEGER NOT NULL, unit INTEGER NOT NULL, district INTEGER NOT NULL, keeper INTEGER NOT NULL,
        PRIMARY KEY (suggestion, unit, district, keeper)) WITHOUT ROWID
      """,
      // 再次发生: cases that take a matter up again that was done with; `first` is its first case.
      "CREATE TABLE recurrence (suggestion INTEGER PRIMARY KEY, first INTEGER NOT NULL, CHECK (first <> suggestion))",
      "CREATE INDEX recurrence_first ON recurrence (first)",
      // 催办: steps of the ladder that were taken or passed over, for good; and when each case is looked at next.
      """
      CREATE TABLE reminder (
        key TEXT PRIMARY KEY, suggestion INTEGER NOT NULL, at INTEGER NOT NULL, passed INTEGER NOT NULL) WITHOUT ROWID
      """,
      "CREATE INDEX reminder_suggestion ON reminder (suggestion)",
      "CREATE TABLE watch (suggestion INTEGER PRIMARY KEY, next_at INTEGER)",
      "CREATE INDEX watch_next ON watch (next_at) WHERE next_at IS NOT NULL",
      "CREATE INDEX event_subject ON event (subject, seq) WHERE action <> 'intake'",
    ]

  /// Acts that lead to the state of before: unmerge, recall, restore, undo.
  static let goingBack = "4, 9, 20, 46"

  private static var steps: String { caseSteps.map(String.init).joined(separator: ", ") }
}
