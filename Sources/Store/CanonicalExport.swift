package import Suggestions

/// What leaves the store as files. Everything is redacted text; each export sees one moment of the store and is handed
/// on in pieces of some 64 KiB. `emit` must not come back to the store: its connection is taken.
extension SuggestionStore {
  package enum ExportOrder: Sendable {
    /// In the order submissions were taken in.
    case number
    /// By source, then external id, bytewise.
    case externalID
  }

  /// JSON Lines of every submission of every track, by source and external id, bytewise. Two stores of the same content
  /// give the same bytes: no processing times, receipts, random values or numbers that only this store gave. Of an
  /// erased submission the line says that it is; its external id is one that only this store knows.
  package func exportCanonical(
    names: CodeNames, _ emit: ([UInt8]) throws(StoreFault) -> Void
  ) throws(StoreFault) {
    try snapshot { session throws(StoreFault) in
      let line = SubmissionLine(codes: try StoredCodes(session), names: names, receipts: nil)
      var output = Output(line: line, tracks: nil)
      try SuggestionStore.byExternalID(session, line.codes, emit, &output)
    }
  }

  /// JSON Lines of the submissions of the given tracks, with receipts and numbers, without those that were erased.
  ///
  /// - Parameter tracks: no default on purpose: whoever lets sensitive matters out says so.
  package func exportPlain(
    tracks: Set<Track>, order: ExportOrder = .number, names: CodeNames, _ emit: ([UInt8]) throws(StoreFault) -> Void
  ) throws(StoreFault) {
    let receipts = ReceiptCode(key: try keys.derived("receipt"))
    try snapshot { session throws(StoreFault) in
      let line = SubmissionLine(codes: try StoredCodes(session), names: names, receipts: receipts)
      var output = Output(line: line, tracks: tracks)
      switch order {
      case .number: try SuggestionStore.byNumber(session, emit, &output)
      case .externalID: try SuggestionStore.byExternalID(session, line.codes, emit, &output)
      }
    }
  }

  /// Tab-separated, with a head line: per submission, in the order of their numbers, what it duplicates. `differs` is
  /// empty where nothing differs; `leader_external_id` where there is no leader.
  package func exportDuplicates(_ emit: ([UInt8]) throws(StoreFault) -> Void) throws(StoreFault) {
    try snapshot { session throws(StoreFault) in
      var text = "external_id\tkind\tleader_external_id\tscore\tdiffers\n"
      var last = 0
      while true {
        let page = try session.all(
          """
          SELECT s.number, s.external_id, s.duplicate + s.contained, l.external_id, s.score, s.differs
          FROM submission s LEFT JOIN submission l ON l.number = s.leader
          WHERE s.number > $1 ORDER BY s.number LIMIT 1024
          """, [.integer(last)]
        ) { row in
          let score = min(1000, max(0, Int(row.integer(4))))
          let decimals = String(score % 1000 + 1000).dropFirst()
          let line = [
            SuggestionStore.cell(row.text(1)), StoredCodes.duplicate(row.integer(2)), SuggestionStore.cell(row.text(3)),
            "\(score / 1000).\(decimals)", StoredCodes.differs(row.integer(5)) ?? "",
          ].joined(separator: "\t")
          return (number: Int(row.integer(0)), line: line)
        }
        for row in page { text += row.line + "\n" }
        try emit(Array(text.utf8))
        text = ""
        guard let end = page.last else { return }
        last = end.number
      }
    }
  }

  /// An id may hold what would break the line it stands in.
  private static func cell(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }) else { return text }
    var cell = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\t": cell += "\\t"
      case "\n": cell += "\\n"
      case "\r": cell += "\\r"
      default: cell.unicodeScalars.append(scalar)
      }
    }
    return cell
  }

  // MARK: Pages
  // Rows are read a page at a time and not in one long read, so that a closed pipe ends the work at once and other
  // statements can run in between.

  private static let pageRows = 512

  /// Lines on their way out.
  private struct Output {
    let line: SubmissionLine
    let tracks: Set<Track>?
    var json = JSONWriter()

    init(line: SubmissionLine, tracks: Set<Track>?) {
      self.line = line
      self.tracks = tracks
    }

    mutating func write(
      _ page: some Sequence<StoredSubmission>, _ session: any SQLSession, _ emit: ([UInt8]) throws(StoreFault) -> Void
    ) throws(StoreFault) {
      for row in page {
        if tracks != nil && row.isErased { continue }
        if let tracks, ![row.track, row.handledTrack].allSatisfy({ SuggestionStore.holds(tracks, $0) }) { continue }
        try line.write(row, earlier: row.revision > 0 ? SuggestionStore.earlier(row.number, session) : [], to: &json)
        if json.bytes.count >= 1 << 16 { try flush(emit) }
      }
    }

    mutating func flush(_ emit: ([UInt8]) throws(StoreFault) -> Void) throws(StoreFault) {
      guard !json.bytes.isEmpty else { return }
      try emit(json.bytes)
      json.removeAll()
    }
  }

  private static func holds(_ tracks: Set<Track>, _ value: Int64) -> Bool {
    UInt8(exactly: value).flatMap { Track(rawValue: $0) }.map(tracks.contains) ?? false
  }

  private static func byNumber(
    _ session: any SQLSession, _ emit: ([UInt8]) throws(StoreFault) -> Void, _ output: inout Output
  ) throws(StoreFault) {
    var last = 0
    while true {
      let page = try session.all(
        "\(StoredSubmission.selection) WHERE s.number > $1 ORDER BY s.number LIMIT $2",
        [.integer(last), .integer(pageRows)]) { StoredSubmission($0) }
      try output.write(page, session, emit)
      guard let end = page.last else { break }
      last = end.number
    }
    try output.flush(emit)
  }

  private static func byExternalID(
    _ session: any SQLSession, _ codes: StoredCodes, _ emit: ([UInt8]) throws(StoreFault) -> Void,
    _ output: inout Output
  ) throws(StoreFault) {
    let sources = try session.all(
      "SELECT id, text FROM code WHERE family = $1", [.integer(CodeFamily.source.rawValue)]
    ) { (id: Int($0.integer(0)), name: Array($0.text(1).utf8)) }
    for source in sources.sorted(by: { $0.name.lexicographicallyPrecedes($1.name) }) {
      // Each page begins with the row the last one ended with: ids are compared by SQL alone, as Swift would take two
      // Unicode forms of one id for the same. Bytewise in SQLite; PostgreSQL needs the column COLLATE "C".
      var last = ""
      var isFirst = true
      while true {
        let page = try session.all(
          "\(StoredSubmission.selection) WHERE s.source = $1 AND s.external_id >= $2 ORDER BY s.external_id LIMIT $3",
          [.integer(source.id), .text(last), .integer(pageRows)]) { StoredSubmission($0) }
        let fresh = page.dropFirst(isFirst ? 0 : 1)
        try output.write(fresh, session, emit)
        guard let end = fresh.last else { break }
        last = end.externalID
        isFirst = false
      }
    }
    try output.flush(emit)
  }

  private static func earlier(_ number: Int, _ session: any SQLSession) throws(StoreFault) -> [SubmissionLine.Earlier] {
    try session.all(
      "SELECT revision, identity, title, body FROM revision WHERE submission = $1 ORDER BY revision",
      [.integer(number)]
    ) {
      SubmissionLine.Earlier(
        revision: Int($0.integer(0)), identity: $0.bytes(1), title: $0.bytes(2), body: $0.bytes(3))
    }
  }
}
