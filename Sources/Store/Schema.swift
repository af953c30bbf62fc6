internal import GRDB

/// The tables, as numbered steps that are never edited once released. Types and SQL are those SQLite and PostgreSQL share.
enum Schema {
  /// Number of the newest step; also in SQLite's user_version, so that an older program refuses a newer store.
  static let version = steps.count

  static func migrator() -> DatabaseMigrator {
    var migrator = DatabaseMigrator()
    for (index, step) in steps.enumerated() {
      migrator.registerMigration("\(index + 1) \(step.name)") { database in
        for statement in step.statements { try database.execute(sql: statement) }
        try database.execute(sql: "PRAGMA user_version = \(index + 1)")
      }
    }
    return migrator
  }

  private static let steps: [(name: String, statements: [String])] = [
    ("intake", intake), ("decisions", decisions), ("contained", contained), ("same matter", sameMatter),
    ("casework", casework), ("accounts", accounts), ("links", links), ("outbox", outbox), ("desks", desks),
    ("erasure", erasure), ("review", review), ("corrected priority", correctedPriority),
    ("desk lists", deskLists), ("book pages", bookPages), ("near lists", nearLists),
    ("intake moments", intakeMoments), ("splits", splits), ("retention", retention), ("writers", writers),
    ("support list", supportList), ("topic lists", topicLists), ("digests", digests),
  ]

  // When something came in is found among the batches alone, however much people did between two of them.
  private static let intakeMoments = ["CREATE INDEX event_intake ON event (seq) WHERE action = 'intake'"]

  // The queue of one topic, of which there may be few in a million.
  private static let topicLists = [
    "CREATE INDEX suggestion_topic ON suggestion (topic, track, state, priority DESC, id)"
  ]

  // What nearly repeats a suggestion: asked for with every case that is looked at.
  private static let nearLists = ["CREATE INDEX suggestion_near ON suggestion (near) WHERE near IS NOT NULL"]

  // What more than one person speaks for, in the order of how many. Only joined texts write to it, and not when they
  // come in: they are counted behind the watermark by number, so that most of it grows at its end.
  private static let supportList = [
    "CREATE INDEX suggestion_support ON suggestion (track, state, support DESC, id) WHERE support > 1"
  ]

  private static let correctedPriority = [
    // The place in the queue that a person's correction gave, without the support; none where the machine's stands.
    "ALTER TABLE suggestion ADD COLUMN corrected_priority INTEGER",
  ]

  private static let contained = [
    // Of a link (duplicate = 2) whether one text stands inside the other. A column of its own, as the range of
    // `duplicate` cannot be widened without writing the table anew; duplicate + contained is the kind's code.
    "ALTER TABLE submission ADD COLUMN contained INTEGER NOT NULL DEFAULT 0",
  ]

  private static let sameMatter = [
    // Which texts have a piece of two characters: see MatterIndex.swift. Follows the intake behind a watermark. Segments
    // of numbers keep what is written together together: without them each batch would rewrite the whole table.
    """
    CREATE TABLE matter_posting (
      track INTEGER NOT NULL, segment INTEGER NOT NULL, piece INTEGER NOT NULL, number INTEGER NOT NULL,
      PRIMARY KEY (track, segment, piece, number)) WITHOUT ROWID
    """,
    // What was taken into it: version and track as they were then, how many pieces, squared length of the body's vector.
    // A text that was taken out for good keeps its row with revision -1.
    """
    CREATE TABLE matter_text (
      number INTEGER PRIMARY KEY, track INTEGER NOT NULL, revision INTEGER NOT NULL, pieces INTEGER NOT NULL,
      square INTEGER NOT NULL)
    """,
    "CREATE TABLE matter_sum (track INTEGER PRIMARY KEY, texts INTEGER NOT NULL, squares INTEGER NOT NULL)",
    // In how many texts pieces stand, in counters found by hash, compressed.
    """
    CREATE TABLE matter_frequency (
      track INTEGER NOT NULL, field INTEGER NOT NULL, part INTEGER NOT NULL, counts BLOB NOT NULL,
      PRIMARY KEY (track, field, part)) WITHOUT ROWID
    """,
    // Submissions whose text or track changed since they were taken in.
    "CREATE TABLE matter_stale (submission INTEGER PRIMARY KEY)",
  ]

  private static let decisions = [
    // What people decided of a suggestion, one bit each: the machine leaves it alone.
    "ALTER TABLE suggestion ADD COLUMN decided INTEGER NOT NULL DEFAULT 0",
    // Merged by a person: into which suggestion, and with which it is handled now, the one at the end of the way there.
    "ALTER TABLE suggestion ADD COLUMN merged_into INTEGER",
    "ALTER TABLE suggestion ADD COLUMN root INTEGER",
    "CREATE INDEX suggestion_root ON suggestion (root) WHERE root IS NOT NULL",
    // Verdicts that another rule book took the place of, exactly as they were stored; `event` is the replacing.
    """
    CREATE TABLE earlier_verdict (
      submission INTEGER NOT NULL, ordinal INTEGER NOT NULL, event INTEGER NOT NULL, track INTEGER NOT NULL,
      kind INTEGER NOT NULL, act INTEGER NOT NULL, urgency INTEGER NOT NULL, topic INTEGER NOT NULL,
      region INTEGER NOT NULL, station INTEGER NOT NULL, lead INTEGER NOT NULL, tier INTEGER NOT NULL,
      priority INTEGER NOT NULL, book INTEGER NOT NULL, verdict BLOB NOT NULL,
      PRIMARY KEY (submission, ordinal)) WITHOUT ROWID
    """,
    // Rule books that judged something, whole, so that each verdict can be explained by its own.
    "CREATE TABLE rule_book (version TEXT PRIMARY KEY, files BLOB NOT NULL) WITHOUT ROWID",
  ]

  private static let intake = [
    // Texts that repeat endlessly (sources, topics, rules, book versions) are stored once.
    """
    CREATE TABLE code (
      id INTEGER PRIMARY KEY, family INTEGER NOT NULL, text TEXT NOT NULL, UNIQUE (family, text))
    """,
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    // One row per submission with its verdict. `seal` numbers every version taken in; received bytes lie sealed under it.
    """
    CREATE TABLE submission (
      number INTEGER PRIMARY KEY, source INTEGER NOT NULL, external_id TEXT NOT NULL, seal INTEGER NOT NULL,
      revision INTEGER NOT NULL DEFAULT 0, submitted_at INTEGER, channel INTEGER NOT NULL, writer INTEGER,
      place INTEGER NOT NULL, names_place INTEGER NOT NULL,
      identity BLOB NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL, attributes BLOB NOT NULL, sketch BLOB NOT NULL,
      suggestion INTEGER NOT NULL, duplicate INTEGER NOT NULL CHECK (duplicate BETWEEN 0 AND 2),
      leader INTEGER, score INTEGER NOT NULL, differs INTEGER NOT NULL,
      track INTEGER NOT NULL CHECK (track BETWEEN 0 AND 1), kind INTEGER NOT NULL, act INTEGER NOT NULL,
      urgency INTEGER NOT NULL, topic INTEGER NOT NULL, region INTEGER NOT NULL, station INTEGER NOT NULL,
      lead INTEGER NOT NULL, tier INTEGER NOT NULL, priority INTEGER NOT NULL, book INTEGER NOT NULL,
      verdict BLOB NOT NULL,
      CHECK ((duplicate = 0) = (leader IS NULL)))
    """,
    "CREATE UNIQUE INDEX submission_identity ON submission (source, external_id)",
    // Earlier versions of revised submissions, exactly as they were stored.
    """
    CREATE TABLE revision (
      submission INTEGER NOT NULL, revision INTEGER NOT NULL, seal INTEGER NOT NULL, submitted_at INTEGER,
      channel INTEGER NOT NULL, identity BLOB NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL,
      attributes BLOB NOT NULL, book INTEGER NOT NULL, topic INTEGER NOT NULL, kind INTEGER NOT NULL,
      verdict BLOB NOT NULL, PRIMARY KEY (submission, revision)) WITHOUT ROWID
    """,
    // What staff handle. The id is the number of the first submission.
    """
    CREATE TABLE suggestion (
      id INTEGER PRIMARY KEY, version INTEGER NOT NULL DEFAULT 1, state INTEGER NOT NULL CHECK (state = 0),
      track INTEGER NOT NULL CHECK (track BETWEEN 0 AND 1), kind INTEGER NOT NULL, urgency INTEGER NOT NULL,
      topic INTEGER NOT NULL, region INTEGER NOT NULL, station INTEGER NOT NULL, lead INTEGER NOT NULL,
      tier INTEGER NOT NULL, priority INTEGER NOT NULL, support INTEGER NOT NULL, submissions INTEGER NOT NULL,
      submitted_at INTEGER, near INTEGER)
    """,
    "CREATE INDEX suggestion_queue ON suggestion (track, state, priority DESC, id)",
    // Submissions joined to a suggestion that is not their own.
    """
    CREATE TABLE member (
      suggestion INTEGER NOT NULL, submission INTEGER NOT NULL, writer INTEGER,
      PRIMARY KEY (suggestion, submission)) WITHOUT ROWID
    """,
    "CREATE TABLE segment (first INTEGER PRIMARY KEY, count INTEGER NOT NULL, key INTEGER NOT NULL, sealed BLOB NOT NULL)",
    """
    CREATE TABLE quarantine (
      id INTEGER PRIMARY KEY, source INTEGER NOT NULL, profile INTEGER NOT NULL, file TEXT NOT NULL,
      ordinal INTEGER NOT NULL, line INTEGER NOT NULL, byte_offset INTEGER NOT NULL, fault_line INTEGER NOT NULL,
      fault_column INTEGER NOT NULL, reason TEXT NOT NULL, detail TEXT NOT NULL, seal INTEGER NOT NULL,
      total_bytes INTEGER NOT NULL, digest BLOB NOT NULL, run INTEGER NOT NULL,
      state INTEGER NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 2), submission INTEGER,
      UNIQUE (source, ordinal, line, digest))
    """,
    """
    CREATE TABLE run (
      id INTEGER PRIMARY KEY, started_at INTEGER NOT NULL, finished_at INTEGER, as_of INTEGER NOT NULL,
      book INTEGER NOT NULL, command TEXT NOT NULL)
    """,
    // How far each file of a run was taken in; written in the transaction of the batch it describes.
    """
    CREATE TABLE checkpoint (
      run INTEGER NOT NULL, file TEXT NOT NULL, source INTEGER NOT NULL, profile INTEGER NOT NULL,
      byte_offset INTEGER NOT NULL, records INTEGER NOT NULL, new INTEGER NOT NULL, revised INTEGER NOT NULL,
      unchanged INTEGER NOT NULL, quarantined INTEGER NOT NULL, complete INTEGER NOT NULL,
      PRIMARY KEY (run, file)) WITHOUT ROWID
    """,
    // The append-only history, chained by hash.
    """
    CREATE TABLE event (
      seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
      subject INTEGER NOT NULL, payload TEXT NOT NULL, salt BLOB NOT NULL, previous BLOB NOT NULL, hash BLOB NOT NULL)
    """,
  ]
}
