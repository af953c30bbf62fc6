/// A matter that was split out of another.
package struct SplitPart: Sendable, Hashable {
  /// Number of its suggestion.
  package var id: Int
  package var state: String
  /// Its words; empty where it is on another track, of which this one must not tell.
  package var text: String
}

/// Which submissions are parts of which.
enum SplitParts {
  static func add(_ part: Int, of original: Int, _ session: any SQLSession) throws(StoreFault) {
    try session.execute(
      "INSERT INTO split_part (part, original) VALUES ($1, $2)", [.integer(part), .integer(original)])
  }

  /// The suggestion whose text a suggestion was split out of, as it is handled now; nil for what was handed in whole.
  static func origin(of suggestion: Int, _ session: any SQLSession) throws(StoreFault) -> Int? {
    try session.first(
      """
      SELECT coalesce(g.root, g.id) FROM split_part p JOIN submission o ON o.number = p.original
        JOIN suggestion g ON g.id = o.suggestion
      WHERE p.part = $1
      """, [.integer(suggestion)]) { Int($0.integer(0)) }
  }

  private static let group = "SELECT id FROM suggestion WHERE id = $1 OR root = $1"

  /// What was split out of a suggestion and not put back, by number.
  static func parts(of suggestion: Int, _ session: any SQLSession) throws(StoreFault) -> [SplitPart] {
    try session.all(
      """
      SELECT p.part, g.state,
        CASE WHEN g.track = (SELECT track FROM suggestion WHERE id = $1) THEN s.body ELSE '' END
      FROM split_part p JOIN submission s ON s.number = p.part JOIN suggestion g ON g.id = p.part
      WHERE coalesce(g.root, 0) <> $1 AND p.original IN (\(group) UNION
        SELECT submission FROM member WHERE suggestion IN (\(group)))
      ORDER BY p.part
      """, [.integer(suggestion)]
    ) { row in
      SplitPart(id: Int(row.integer(0)), state: StoredCodes.state(row.integer(1)), text: DisplayText(row.bytes(2)).text)
    }
  }

  /// Numbers of a submission, of what it was split out of and of what was split out of any of them: all that says
  /// something of the same words.
  static func family(of number: Int, _ session: any SQLSession) throws(StoreFault) -> [Int] {
    var found: Set = [number]
    var waiting = [number]
    while let next = waiting.popLast() {
      let kin = try session.all(
        "SELECT original FROM split_part WHERE part = $1 UNION SELECT part FROM split_part WHERE original = $1",
        [.integer(next)]) { Int($0.integer(0)) }
      for one in kin where found.insert(one).inserted { waiting.append(one) }
    }
    return found.sorted()
  }

  /// Whether a suggestion was split out of one of the others: then it is no further voice beside them.
  static func isPart(_ suggestion: Int, ofAny others: Set<Int>, _ session: any SQLSession) throws(StoreFault) -> Bool {
    let origin = try session.first(
      "SELECT o.suggestion FROM split_part p JOIN submission o ON o.number = p.original WHERE p.part = $1",
      [.integer(suggestion)]) { Int($0.integer(0)) }
    return origin.map { others.contains($0) } ?? false
  }
}

extension Verification {
  /// Each part is told of by the split it came from, opened a suggestion of its own, and nothing else is called one.
  func checkSplits() throws(StoreFault) {
    var told: [Int: Int] = [:]
    try session.each(
      "SELECT subject, payload FROM event WHERE action = 'case.split' ORDER BY seq", []
    ) { row in
      // An event that cannot be read is told of with its case.
      for part in CaseEventRecord(payload: row.text(1))?.parts ?? [] { told[Int(part)] = Int(row.integer(0)) }
    }
    try session.each(
      """
      SELECT p.part, o.suggestion, s.suggestion FROM split_part p LEFT JOIN submission o ON o.number = p.original
        LEFT JOIN submission s ON s.number = p.part
      ORDER BY p.part
      """, []
    ) { row in
      let part = Int(row.integer(0))
      let isTold = told.removeValue(forKey: part).map { Int64($0) == row.optionalInteger(1) } ?? false
      if !isTold || row.optionalInteger(2) != row.integer(0) { faults.add(.splits, part) }
    }
    for part in told.keys.sorted() { faults.add(.splits, part) }
  }
}
