internal import Suggestions

/// Which texts a word may stand in: rows of a word, a segment of submissions, and two bytes for each of them.
///
/// No FTS5: it costs 120 microseconds a text, several times as much; SQLite 3.40's leaves the words of a deleted text
/// in its pages until the whole index is written anew, and erasing must leave no byte; and there is none in PostgreSQL.
/// Here a text is taken out by taking its number out of the lists of one segment.
///
/// It follows the intake behind a watermark: see ``SuggestionStore/updateSearch(limit:folding:)``. It holds every
/// current version up to the watermark but for those noted in `search_stale`, which have been corrected since; what a
/// corrected text said before stays in it.
enum SearchIndex {
  /// 16,384 submissions: a list of a word that stands in every text takes 32 KiB, and a million texts have 62 segments.
  static let segmentBits = 14
  static let segmentLength = 1 << segmentBits

  static func segment(_ number: Int) -> Int { number >> segmentBits }

  static func place(_ number: Int) -> UInt16 { UInt16(truncatingIfNeeded: number & (segmentLength - 1)) }

  static func watermark(_ session: any SQLSession) throws(StoreFault) -> Int {
    Int(try session.first("SELECT value FROM setting WHERE name = 'searched'") { $0.text(0) } ?? "") ?? 0
  }

  static func set(watermark: Int, _ session: any SQLSession) throws(StoreFault) {
    try session.execute(
      """
      INSERT INTO setting (name, value) VALUES ('searched', $1)
      ON CONFLICT (name) DO UPDATE SET value = excluded.value
      """, [.text(String(watermark))])
  }

  static func last(_ session: any SQLSession) throws(StoreFault) -> Int {
    Int(try session.integer("SELECT coalesce(max(number), 0) FROM submission"))
  }

  /// Notes that a submission's text changed.
  static func note(_ number: Int, _ session: any SQLSession) throws(StoreFault) {
    try session.execute(
      "INSERT INTO search_stale (submission) VALUES ($1) ON CONFLICT (submission) DO NOTHING", [.integer(number)])
  }

  /// Takes a submission out of every list, in the transaction that erases its text. It needs no text for that: all
  /// lists of its segment are looked at, a tenth of a second.
  static func forget(_ number: Int, _ session: any SQLSession) throws(StoreFault) {
    try session.execute("DELETE FROM search_stale WHERE submission = $1", [.integer(number)])
    guard number <= (try watermark(session)) else { return }
    let place = place(number)
    var changed: [(word: [UInt8], places: [UInt16])] = []
    try session.each(
      "SELECT word, numbers FROM search_posting WHERE segment = $1", [.integer(segment(number))]
    ) { row in
      let places = SearchIndex.places(row.bytes(1))
      if places.contains(place) { changed.append((row.bytes(0), places.filter { $0 != place })) }
    }
    for (word, places) in changed { try write(segment(number), word, places, session) }
  }

  /// Puts a list in the place of the one there is; an empty one takes its word with it.
  static func write(
    _ segment: Int, _ word: [UInt8], _ places: [UInt16], _ session: any SQLSession
  ) throws(StoreFault) {
    if places.isEmpty {
      try session.execute(
        "DELETE FROM search_posting WHERE segment = $1 AND word = $2", [.integer(segment), .bytes(word)])
      return
    }
    try session.execute(
      """
      INSERT INTO search_posting (segment, word, numbers) VALUES ($1, $2, $3)
      ON CONFLICT (segment, word) DO UPDATE SET numbers = excluded.numbers
      """, [.integer(segment), .bytes(word), .bytes(bytes(places))])
  }

  static func bytes(_ places: [UInt16]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(2 * places.count)
    for place in places {
      bytes.append(UInt8(truncatingIfNeeded: place))
      bytes.append(UInt8(truncatingIfNeeded: place >> 8))
    }
    return bytes
  }

  static func places(_ bytes: [UInt8]) -> [UInt16] {
    (0..<bytes.count / 2).map { UInt16(bytes[2 * $0]) | UInt16(bytes[2 * $0 + 1]) << 8 }
  }
}

/// Some of a segment's submissions, one bit each.
struct SegmentSet {
  private var words = [UInt64](repeating: 0, count: SearchIndex.segmentLength / 64)

  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  mutating func insert(_ place: Int) { words[place >> 6] |= 1 << UInt64(place & 63) }

  /// A list as it is stored.
  mutating func insert(list bytes: [UInt8]) {
    for place in SearchIndex.places(bytes) where Int(place) < SearchIndex.segmentLength { insert(Int(place)) }
  }

  mutating func formIntersection(_ other: SegmentSet) {
    for index in words.indices { words[index] &= other.words[index] }
  }

  mutating func formUnion(_ other: SegmentSet) {
    for index in words.indices { words[index] |= other.words[index] }
  }

  /// The largest first.
  var descending: [Int] {
    var places: [Int] = []
    for index in words.indices.reversed() {
      var word = words[index]
      while word != 0 {
        let bit = 63 - word.leadingZeroBitCount
        places.append(index << 6 | bit)
        word &= ~(1 << UInt64(bit))
      }
    }
    return places
  }
}
