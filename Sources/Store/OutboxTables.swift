extension Schema {
  static let outbox: [String] = [
    // Who is told of what happens. Never deleted, as the secrets that are derived from a number must not come twice;
    // of a removed receiver the address is gone. `medium`: 0 webhook, 1 e-mail. `kinds`: codes with blanks between,
    // none for all.
    """
    CREATE TABLE receiver (
      id INTEGER PRIMARY KEY, medium INTEGER NOT NULL CHECK (medium BETWEEN 0 AND 1), address TEXT NOT NULL,
      kinds TEXT NOT NULL, unit TEXT, sensitive INTEGER NOT NULL CHECK (sensitive BETWEEN 0 AND 1),
      language TEXT NOT NULL, generation INTEGER NOT NULL DEFAULT 1 CHECK (generation > 0), renewed_at INTEGER,
      failures INTEGER NOT NULL DEFAULT 0, held_until INTEGER NOT NULL DEFAULT 0, added_at INTEGER NOT NULL,
      ended_at INTEGER, ending INTEGER CHECK (ending BETWEEN 0 AND 1),
      CHECK ((ended_at IS NULL) = (ending IS NULL)))
    """,
    // What there is to tell, written in the transaction of what it tells of. `event`: its number in the history, or 0.
    // `state`: 0 waiting, 1 sent, 2 cancelled, 3 failed; the fold of its deliveries.
    """
    CREATE TABLE outbox (
      id INTEGER PRIMARY KEY, event INTEGER NOT NULL, kind TEXT NOT NULL, subject INTEGER NOT NULL, unit TEXT,
      identifier TEXT NOT NULL UNIQUE, payload TEXT NOT NULL, not_before INTEGER NOT NULL,
      state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3))
    """,
    "CREATE INDEX outbox_event ON outbox (event)",
    // One message to one receiver. `attempts` counts all there were and is the token of whoever makes the newest;
    // `tries` those since it was put in line, `departed` those that may have reached the receiver.
    """
    CREATE TABLE delivery (
      outbox INTEGER NOT NULL, receiver INTEGER NOT NULL, state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
      attempts INTEGER NOT NULL DEFAULT 0, tries INTEGER NOT NULL DEFAULT 0, departed INTEGER NOT NULL DEFAULT 0,
      next_at INTEGER NOT NULL, settled_at INTEGER, status INTEGER, fault TEXT,
      PRIMARY KEY (outbox, receiver),
      CHECK (departed BETWEEN 0 AND attempts), CHECK (tries BETWEEN 0 AND attempts),
      CHECK ((state = 0) = (settled_at IS NULL)), CHECK (state <> 1 OR departed > 0)) WITHOUT ROWID
    """,
    "CREATE INDEX delivery_due ON delivery (receiver, next_at, outbox) WHERE state = 0",
  ]
}
