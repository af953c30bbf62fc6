extension Schema {
  static let accounts = [
    // Who may sign in. `password` is a record of PasswordRecord.swift; without one nobody signs in.
    // Named account, as `user` is a reserved word of PostgreSQL.
    """
    CREATE TABLE account (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, display TEXT NOT NULL, created_at INTEGER NOT NULL,
      disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled BETWEEN 0 AND 1), password TEXT)
    """,
    // In which capacity, and how far it reaches: region codes and track numbers in order, separated by spaces, none for
    // the whole city. The number is that of the event that gave it, so that the history can name a grant that is gone.
    """
    CREATE TABLE account_role (
      grant_number INTEGER PRIMARY KEY, account INTEGER NOT NULL, role INTEGER NOT NULL, regions TEXT NOT NULL,
      tracks TEXT NOT NULL, unit TEXT, district TEXT, station INTEGER NOT NULL CHECK (station BETWEEN 0 AND 1))
    """,
    "CREATE INDEX account_role_account ON account_role (account)",
    // The digest of a token and never the token: who reads the store signs in as nobody. The id is the number of
    // the event of signing in.
    """
    CREATE TABLE account_session (
      id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, account INTEGER NOT NULL, created_at INTEGER NOT NULL,
      seen_at INTEGER NOT NULL, idle_until INTEGER NOT NULL, ends_at INTEGER NOT NULL)
    """,
    "CREATE INDEX account_session_account ON account_session (account)",
    // Failures by a keyed number of the name or the address typed: a password typed into the wrong field stays unknown.
    """
    CREATE TABLE sign_in_attempt (
      key INTEGER PRIMARY KEY, since INTEGER NOT NULL, failures INTEGER NOT NULL, locked_until INTEGER NOT NULL)
    """,
  ]
}
