internal import GRDBSQLite
package import Suggestions

/// What the duplicate index needs of a stored submission. Bytes are views, valid for the call only.
package struct IndexRow {
  package var number: UInt32
  package var suggestion: UInt32
  package var identity: UnsafeRawBufferPointer
  package var body: UnsafeBufferPointer<UInt8>
  package var sketch: UnsafeRawBufferPointer
  package var place: UInt64
  package var namesOwnPlace: Bool
  package var track: Track
  /// Joined for its text, neither it nor its leader revised or erased since: found by hash, through its leader's bands.
  package var isExact: Bool
}

/// A set-aside record that is in quarantine already.
package struct QuarantineKey: Sendable, Hashable {
  package var source: String
  package var ordinal: Int
  package var line: Int
  package var digest: [UInt8]

  package init(source: String, ordinal: Int, line: Int, digest: [UInt8]) {
    self.source = source
    self.ordinal = ordinal
    self.line = line
    self.digest = digest
  }
}

extension SuggestionStore {
  /// All submissions in the order of their numbers: one sequential read. Of an erased one all bytes are empty.
  package func eachIndexRow(_ body: (IndexRow) -> Void) throws(StoreFault) {
    try transaction { session throws(StoreFault) in
      let sql = """
        SELECT number, suggestion, identity, body, sketch, place, names_place, track,
          duplicate = 1 AND revision = 0 AND NOT EXISTS (SELECT 1 FROM revision WHERE revision.submission = leader)
            AND NOT EXISTS (SELECT 1 FROM erased_submission e WHERE e.number = leader)
        FROM submission ORDER BY number
        """
      let statement = try session.statement(sql)
      let row = SQLiteRow(statement: statement)
      defer { sqlite3_reset(statement) }
      while true {
        switch sqlite3_step(statement) {
        case SQLITE_ROW:
          body(
            IndexRow(
              number: UInt32(truncatingIfNeeded: row.integer(0)), suggestion: UInt32(truncatingIfNeeded: row.integer(1)),
              identity: row.rawBytes(2), body: row.rawBytes(3).bindMemory(to: UInt8.self), sketch: row.rawBytes(4),
              place: UInt64(bitPattern: row.integer(5)), namesOwnPlace: row.integer(6) != 0,
              track: Track(rawValue: UInt8(row.integer(7))) ?? .ordinary,
              isExact: row.integer(8) != 0))
        case SQLITE_DONE: return
        default: throw session.fault(sql)
        }
      }
    }
  }

  /// Identities of versions that were revised since.
  package func eachEarlierVersion(_ body: (_ number: UInt32, _ identity: [UInt8]) -> Void) throws(StoreFault) {
    try read { session throws(StoreFault) in
      try session.each("SELECT submission, identity FROM revision ORDER BY submission, revision", []) {
        body(UInt32(truncatingIfNeeded: $0.integer(0)), $0.bytes(1))
      }
    }
  }

  package func quarantineKeys() throws(StoreFault) -> Set<QuarantineKey> {
    try read { session throws(StoreFault) in
      Set(
        try session.all(
          """
          SELECT code.text, ordinal, line, digest FROM quarantine JOIN code ON code.id = quarantine.source
          """
        ) {
          QuarantineKey(
            source: $0.text(0), ordinal: Int($0.integer(1)), line: Int($0.integer(2)), digest: $0.bytes(3))
        })
    }
  }

  /// Numbers the next intake goes on from.
  package struct Tail: Sendable {
    package var submission: UInt32
    package var seal: Int
    package var key: Int

    package init(submission: UInt32, seal: Int, key: Int) {
      self.submission = submission
      self.seal = seal
      self.key = key
    }
  }

  package func tail() throws(StoreFault) -> Tail {
    try read { session throws(StoreFault) in
      Tail(
        submission: UInt32(truncatingIfNeeded: try session.integer("SELECT coalesce(max(number), 0) FROM submission")),
        seal: Int(try session.integer("SELECT coalesce(max(first + count), 1) FROM segment")),
        key: try SuggestionStore.nextKey(session))
    }
  }
}
