package import Suggestions

/// The index by which texts about the same matter are found: for each piece of two characters the texts that have it in
/// their title or, where it is rare, in their body. One for each track; who asks in one never hears of the other.
///
/// It follows the intake behind a watermark, page by page, when somebody looks for something: taking in does not pay for
/// it. What is revised or judged anew is noted and taken in again. What pieces and their weights are, its users know.
package enum MatterIndex {
  /// How far the index is. Two states with one generation are the same.
  package struct State: Sendable, Hashable {
    /// Counts the changes.
    package var generation: Int
    /// Submissions up to this number were looked at.
    package var watermark: Int
    /// Submissions that wait to be looked at, for the first time or again.
    package var lag: Int
  }

  /// Texts of a track and what their bodies' squared lengths add up to.
  package struct Sum: Sendable, Hashable {
    package var texts: Int
    package var squares: UInt64

    package init(texts: Int, squares: UInt64) {
      self.texts = texts
      self.squares = squares
    }
  }

  /// A part of the counters of a track's field.
  package struct Part: Sendable {
    package var field: Int
    package var part: Int
    package var counts: [UInt32]

    package init(field: Int, part: Int, counts: [UInt32]) {
      self.field = field
      self.part = part
      self.counts = counts
    }
  }

  /// A text that was taken in, as it was then.
  package struct Entry: Sendable, Hashable {
    package var number: Int
    package var track: Track
    package var revision: Int
    /// Pieces it was kept under; when it is taken out, all it may have been kept under.
    package var pieces: [Int]
    package var square: UInt64

    package init(number: Int, track: Track, revision: Int, pieces: [Int], square: UInt64) {
      self.number = number
      self.track = track
      self.revision = revision
      self.pieces = pieces
      self.square = square
    }
  }

  /// Changes that are written together.
  package struct Change: Sendable {
    /// Number of the last submission looked at; nil where the watermark stays.
    package var watermark: Int?
    package var added: [Entry] = []
    package var removed: [Entry] = []
    /// Submissions that were noted as changed and were looked at; the note stays on those that changed since.
    package var settled: [Int] = []
    /// Submissions that are never to be taken in again.
    package var forgotten: [Int] = []
    package var sums: [Track: Sum] = [:]
    package var parts: [Track: [Part]] = [:]

    package init() {}
  }

  /// Notes that a submission's text, track or suggestion changed.
  package static func note(_ number: Int, _ session: any SQLSession) throws(StoreFault) {
    try session.execute(
      "INSERT INTO matter_stale (submission) VALUES ($1) ON CONFLICT (submission) DO NOTHING", [.integer(number)])
  }

  /// 131,072 submissions to one: eight to look through at a million.
  static func segment(_ number: Int) -> Int { number >> 17 }

  static func state(_ session: any SQLSession) throws(StoreFault) -> State {
    let watermark = try setting("matter_watermark", session)
    // Numbers have no gaps; counting rows would read all of them.
    let tail = Int(try session.integer("SELECT coalesce(max(number), 0) FROM submission"))
    let stale = Int(
      try session.integer("SELECT count(*) FROM matter_stale WHERE submission <= $1", [.integer(watermark)]))
    return State(
      generation: try generation(session), watermark: watermark, lag: max(0, tail - watermark) + stale)
  }

  static func generation(_ session: any SQLSession) throws(StoreFault) -> Int {
    try setting("matter_generation", session)
  }

  private static func setting(_ name: String, _ session: any SQLSession) throws(StoreFault) -> Int {
    Int(try session.first("SELECT value FROM setting WHERE name = $1", [.text(name)]) { $0.text(0) } ?? "") ?? 0
  }

  static func set(_ name: String, _ value: Int, _ session: any SQLSession) throws(StoreFault) {
    try session.execute(
      "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      [.text(name), .text(String(value))])
  }
}

extension SuggestionStore {
  package func matterState() throws(StoreFault) -> MatterIndex.State {
    try snapshot { session throws(StoreFault) in try MatterIndex.state(session) }
  }

  /// The sums and counters of a track, and the state they belong to.
  package func matterFrequencies(
    _ track: Track
  ) throws(StoreFault) -> (state: MatterIndex.State, sum: MatterIndex.Sum, parts: [MatterIndex.Part]) {
    try snapshot { session throws(StoreFault) in
      let sum = try session.first(
        "SELECT texts, squares FROM matter_sum WHERE track = $1", [.integer(Int(track.rawValue))]
      ) { MatterIndex.Sum(texts: Int($0.integer(0)), squares: UInt64(max(0, $0.integer(1)))) }
      var isWhole = true
      let parts = try session.all(
        "SELECT field, part, counts FROM matter_frequency WHERE track = $1 ORDER BY field, part",
        [.integer(Int(track.rawValue))]
      ) { row in
        let counts = MatterIndex.Part.unpacked(row.bytes(2))
        if counts == nil { isWhole = false }
        return MatterIndex.Part(field: Int(row.integer(0)), part: Int(row.integer(1)), counts: counts ?? [])
      }
      guard isWhole else { throw .corrupt("the counters of the same-matter index cannot be read") }
      return (try MatterIndex.state(session), sum ?? MatterIndex.Sum(texts: 0, squares: 0), parts)
    }
  }

  /// Writes changes that were made from a state of the index.
  ///
  /// - Returns: false when another process has changed the index since: nothing is written.
  package func change(
    matterIndex change: MatterIndex.Change, from generation: Int
  ) throws(StoreFault) -> Bool {
    try transaction { session throws(StoreFault) in
      guard try MatterIndex.generation(session) == generation else { return false }
      for entry in change.removed { try MatterIndexWriter.remove(entry, session) }
      try MatterIndexWriter.add(change.added, session)
      for number in change.forgotten {
        try session.execute(
          "UPDATE matter_text SET revision = -1, pieces = 0, square = 0 WHERE number = $1", [.integer(number)])
      }
      for number in change.settled { try MatterIndexWriter.settle(number, session) }
      for number in change.forgotten {
        try session.execute("DELETE FROM matter_stale WHERE submission = $1", [.integer(number)])
      }
      for (track, sum) in change.sums {
        try session.execute(
          """
          INSERT INTO matter_sum (track, texts, squares) VALUES ($1, $2, $3)
          ON CONFLICT (track) DO UPDATE SET texts = excluded.texts, squares = excluded.squares
          """, [.integer(Int(track.rawValue)), .integer(sum.texts), .integer(Int(clamping: sum.squares))])
      }
      for (track, parts) in change.parts {
        for part in parts { try MatterIndexWriter.write(part, track, session) }
      }
      if let watermark = change.watermark { try MatterIndex.set("matter_watermark", watermark, session) }
      try MatterIndex.set("matter_generation", generation + 1, session)
      return true
    }
  }
}

/// Rows of the index.
private enum MatterIndexWriter {
  static func add(_ entries: [MatterIndex.Entry], _ session: SQLiteSession) throws(StoreFault) {
    for entry in entries {
      try session.execute(
        """
        INSERT INTO matter_text (number, track, revision, pieces, square) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (number) DO UPDATE SET track = excluded.track, revision = excluded.revision,
          pieces = excluded.pieces, square = excluded.square
        """,
        [
          .integer(entry.number), .integer(Int(entry.track.rawValue)), .integer(entry.revision),
          .integer(entry.pieces.count), .integer(Int(clamping: entry.square)),
        ])
    }
    // In the order of the table, so that neighbouring rows are written together.
    var postings: [(track: UInt8, piece: Int, number: Int)] = []
    for entry in entries {
      for piece in entry.pieces { postings.append((entry.track.rawValue, piece, entry.number)) }
    }
    postings.sort {
      ($0.track, MatterIndex.segment($0.number), $0.piece, $0.number)
        < ($1.track, MatterIndex.segment($1.number), $1.piece, $1.number)
    }
    for posting in postings {
      let statement = try session.prepared(
        """
        INSERT INTO matter_posting (track, segment, piece, number) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
        """)
      var binder = Binder(statement)
      binder.integer(Int(posting.track))
      binder.integer(MatterIndex.segment(posting.number))
      binder.integer(posting.piece)
      binder.integer(posting.number)
      try session.run(statement)
    }
  }

  /// The intake goes on while texts are taken apart: only what is in the index as it is now is settled.
  static func settle(_ number: Int, _ session: SQLiteSession) throws(StoreFault) {
    try session.execute(
      """
      DELETE FROM matter_stale WHERE submission = $1 AND NOT EXISTS (
        SELECT 1 FROM submission s LEFT JOIN matter_text m ON m.number = s.number
        WHERE s.number = $1 AND s.number = s.suggestion
          AND (m.number IS NULL OR m.revision <> s.revision OR m.track <> s.track))
      """, [.integer(number)])
  }

  static func remove(_ entry: MatterIndex.Entry, _ session: SQLiteSession) throws(StoreFault) {
    for piece in entry.pieces {
      try session.execute(
        "DELETE FROM matter_posting WHERE track = $1 AND segment = $2 AND piece = $3 AND number = $4",
        [
          .integer(Int(entry.track.rawValue)), .integer(MatterIndex.segment(entry.number)), .integer(piece),
          .integer(entry.number),
        ])
    }
    try session.execute("DELETE FROM matter_text WHERE number = $1", [.integer(entry.number)])
  }

  static func write(_ part: MatterIndex.Part, _ track: Track, _ session: SQLiteSession) throws(StoreFault) {
    guard let packed = part.packed else { throw .corrupt("the counters of the same-matter index cannot be packed") }
    try session.execute(
      """
      INSERT INTO matter_frequency (track, field, part, counts) VALUES ($1, $2, $3, $4)
      ON CONFLICT (track, field, part) DO UPDATE SET counts = excluded.counts
      """, [.integer(Int(track.rawValue)), .integer(part.field), .integer(part.part), .bytes(packed)])
  }
}

extension MatterIndex.Part {
  /// Little-endian numbers of 32 bits, compressed.
  fileprivate var packed: [UInt8]? {
    counts.map { $0.littleEndian }.withUnsafeBytes { CompressedBytes.pack($0, level: 1) }
  }

  fileprivate static func unpacked(_ packed: [UInt8]) -> [UInt32]? {
    guard let plain = CompressedBytes.unpack(packed), plain.count % 4 == 0 else { return nil }
    return plain.withUnsafeBytes { bytes in
      (0..<plain.count / 4).map { UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self)) }
    }
  }
}
