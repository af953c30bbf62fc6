package import Casework
package import Suggestions

/// 来件人的其他来件: what else the writers of a suggestion wrote, without a word of who they are or what they said.
package struct OtherSuggestions: Sendable {
  package struct Entry: Sendable {
    package var id: Int
    /// When the writer's latest text for it was handed in; seconds since 1970.
    package var submittedAt: Int64?
    package var history: CaseHistory
  }

  /// The newest first. Who may see which of them is the caller's to ask.
  package var entries: [Entry] = []
  /// There were older ones that were not looked at.
  package var isCut = false
  /// Submissions that were not looked at because the index does not know them yet.
  package var waiting = 0
}

extension SuggestionStore {
  /// Suggestions that are handled apart from this one and have a submission by one of its writers:
  /// ``OtherSuggestions/mostSubmissions`` of each writer are looked at and ``OtherSuggestions/mostEntries`` found at
  /// most. Erased submissions have no writer any more.
  ///
  /// - Parameters:
  ///   - tracks: of what may be told; a text that is sensitive itself is told to those alone who may see such.
  ///   - regionPath: a region's code, then the codes of what it lies in.
  package func otherSuggestions(
    of id: Int, on tracks: Set<Track>, regionPath: (String) -> [String]
  ) throws(StoreFault) -> OtherSuggestions {
    try snapshot { session throws(StoreFault) in
      try withoutActuallyEscaping(regionPath) { path throws(StoreFault) in
        try OtherSuggestions(of: id, on: tracks, CaseRows(session, regionPath: path))
      }
    }
  }
}

extension OtherSuggestions {
  package static let mostSubmissions = 200
  package static let mostEntries = 50
  /// Of a suggestion that many wrote, the first of them.
  private static let mostWriters = 20

  fileprivate init(of id: Int, on tracks: Set<Track>, _ rows: CaseRows) throws(StoreFault) {
    let session = rows.session
    let writers = try OtherSuggestions.writers(of: id, session)
    guard !writers.isEmpty, !tracks.isEmpty else { return }
    let (watermark, last) = (try WriterIndex.watermark(session), try WriterIndex.last(session))
    let floor = max(watermark, last - WriterIndex.tail)
    waiting = floor - watermark
    var numbers: Set<Int> = []
    for writer in writers {
      let found = try WriterIndex.numbers(
        of: writer, limit: OtherSuggestions.mostSubmissions, floor: floor, session)
      if found.count == OtherSuggestions.mostSubmissions { isCut = true }
      numbers.formUnion(found)
    }
    let places = try OtherSuggestions.places(of: numbers.sorted(by: >), apartFrom: id, on: tracks, session)
    isCut = isCut || places.count > OtherSuggestions.mostEntries
    for place in places.prefix(OtherSuggestions.mostEntries) {
      guard let reading = try rows.reading(of: place.id) else { continue }
      entries.append(Entry(id: place.id, submittedAt: place.submittedAt, history: reading.history))
    }
    entries.sort { ($0.submittedAt ?? .min, $0.id) > ($1.submittedAt ?? .min, $1.id) }
  }

  private static func writers(of id: Int, _ session: any SQLSession) throws(StoreFault) -> [Int64] {
    let group = "SELECT id FROM suggestion WHERE id = $1 OR root = $1"
    let writers = try session.all(
      """
      SELECT s.writer FROM submission s
      WHERE s.number IN (\(group) UNION SELECT submission FROM member WHERE suggestion IN (\(group)))
        AND s.writer IS NOT NULL
      ORDER BY s.number LIMIT $2
      """, [.integer(id), .integer(mostWriters)]) { $0.integer(0) }
    return Set(writers).sorted()
  }

  /// The suggestions some submissions are handled with, each once, in their order.
  private static func places(
    of numbers: [Int], apartFrom id: Int, on tracks: Set<Track>, _ session: any SQLSession
  ) throws(StoreFault) -> [(id: Int, submittedAt: Int64?)] {
    var places: [(id: Int, submittedAt: Int64?)] = []
    var known: Set<Int> = [id]
    for start in stride(from: 0, to: numbers.count, by: ReviewScan.together) {
      var list = ArgumentList()
      let some = list.list(numbers[start..<min(numbers.count, start + ReviewScan.together)])
      let allowed = list.list(tracks.map { Int($0.rawValue) }.sorted())
      // The signs keep the numbers what is looked up by.
      try session.each(
        """
        SELECT g.id, s.submitted_at
        FROM submission s JOIN suggestion o ON o.id = s.suggestion JOIN suggestion g ON g.id = coalesce(o.root, o.id)
        WHERE s.number IN (\(some)) AND +s.track IN (\(allowed)) AND +g.track IN (\(allowed))
        ORDER BY s.number DESC
        """, list.values
      ) { row in
        if known.insert(Int(row.integer(0))).inserted { places.append((Int(row.integer(0)), row.optionalInteger(1))) }
      }
    }
    return places
  }
}
