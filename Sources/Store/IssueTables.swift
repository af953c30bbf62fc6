extension Schema {
  /// Which states an act on an issue may lead from and to, as `from * 10 + to`, said again for the database: the rows
  /// of the sign-off's table that change the state. A test compares the two.
  static let issueSteps = [1, 10, 12, 20, 23, 30, 34, 40, 45]

  static let digests = [
    // 一期月报 on its way into print: the fold of its events, kept for lists. `id` is the number of the event that opened
    // it; `was` and `state` are the two ends of the last act, `hash` is the content last frozen.
    """
    CREATE TABLE digest_issue (
      id INTEGER PRIMARY KEY, month TEXT NOT NULL, template TEXT NOT NULL, corrects INTEGER, version INTEGER NOT NULL,
      action INTEGER NOT NULL, was INTEGER NOT NULL, state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 5),
      hash TEXT NOT NULL, changed_at INTEGER NOT NULL, CHECK (corrects < id),
      CHECK (was = state OR was * 10 + state IN (\(issueSteps.map(String.init).joined(separator: ", ")))))
    """,
    // A month has one issue of a template; what corrects it is an issue of its own.
    "CREATE UNIQUE INDEX digest_issue_original ON digest_issue (month, template) WHERE corrects IS NULL",
    // What the editor changed, canonical JSON, as of the event that froze it (0 for the opening). Empty where an erased
    // case was rewritten in it.
    """
    CREATE TABLE digest_edit (
      issue INTEGER NOT NULL, version INTEGER NOT NULL, editing BLOB NOT NULL,
      PRIMARY KEY (issue, version)) WITHOUT ROWID
    """,
    // 已发布的一期, as it went out, compressed; and which cases stand in it.
    "CREATE TABLE digest_print (issue INTEGER PRIMARY KEY, json BLOB NOT NULL, html BLOB NOT NULL)",
    """
    CREATE TABLE digest_case (
      issue INTEGER NOT NULL, suggestion INTEGER NOT NULL, PRIMARY KEY (issue, suggestion)) WITHOUT ROWID
    """,
    "CREATE INDEX digest_case_suggestion ON digest_case (suggestion)",
  ]
}
