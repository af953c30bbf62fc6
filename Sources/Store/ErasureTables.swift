extension Schema {
  static let erasure = [
    // Of an event whose texts were erased: the salted digest of its payload as it was, by which the chain goes on. Null
    // while the payload is whole; the salt goes with the texts, so that nobody can try out what they were.
    "ALTER TABLE event ADD COLUMN digest BLOB",
    // Submissions whose text is gone. `event` tells of it; `mark` is the keyed digest of who they were, see
    // ErasureMarks.swift. Of one that opened a suggestion, `shown` is the first of the others, whose words stand for it now.
    """
    CREATE TABLE erased_submission (
      number INTEGER PRIMARY KEY, event INTEGER NOT NULL, mark BLOB NOT NULL, shown INTEGER)
    """,
    // The digest each of their versions had, masked: the event of its batch is written over it.
    "CREATE TABLE erased_version (seal INTEGER PRIMARY KEY, submission INTEGER NOT NULL, digest BLOB NOT NULL)",
    // What the intake passes over from now on: 0 submissions by their mark, 1 set-aside records by theirs. Also those this
    // store never held, as one that was restored from before they came.
    """
    CREATE TABLE erased_mark (
      kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 1), mark BLOB NOT NULL, PRIMARY KEY (kind, mark)) WITHOUT ROWID
    """,
  ]
}
