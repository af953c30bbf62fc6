internal import Suggestions

extension Verification {
  /// Each case that takes a matter up again repeats a text of that matter, or a person said so; each text that repeats
  /// another and yet was not joined takes its matter up; nothing is left of what was taken back.
  func checkRecurrences() throws(StoreFault) {
    var told: [Int: Int?] = [:]
    var related = Kinship()
    try session.each(
      """
      SELECT action, subject, payload FROM event
      WHERE action IN ('again', 'not-again', 'merge', 'case.merge') ORDER BY seq
      """, []
    ) { row in
      let (action, id, payload) = (row.text(0), Int(row.integer(1)), EventPayload(row.text(2)))
      if let other = payload.number("of") ?? payload.number("target") ?? payload.number("into") { related.join(id, other) }
      if action == "again" { told[id] = .some(payload.number("of")) }
      if action == "not-again" { told[id] = .some(nil) }
    }
    let links = try session.all(
      """
      SELECT c.suggestion, c.first, s.suggestion, s.revision FROM recurrence c
        LEFT JOIN submission s ON s.number = c.suggestion ORDER BY c.suggestion
      """
    ) { row in
      (id: Int(row.integer(0)), first: Int(row.integer(1)), own: row.optionalInteger(2), revision: row.integer(3))
    }
    for link in links { related.join(link.id, link.first) }
    var shown: Set<Int> = []
    for link in links {
      shown.insert(link.id)
      if let said = told.removeValue(forKey: link.id) {
        if said != link.first { faults.add(.recurrences, link.id) }
        continue
      }
      // Which text a corrected one repeated is not known any more.
      var follows = link.own == Int64(link.id) && link.revision > 0
      if let leader = repeating[link.id] {
        let suggestion = try session.integer("SELECT suggestion FROM submission WHERE number = $1", [.integer(leader)])
        follows = related.areKin(Int(suggestion), link.first, without: link.id)
      }
      if !follows || link.first >= link.id { faults.add(.recurrences, link.id) }
    }
    for id in repeating.keys.sorted() where !shown.contains(id) && told[id] == nil { faults.add(.recurrences, id) }
    for (id, first) in told.sorted(by: { $0.key < $1.key }) where first != nil { faults.add(.recurrences, id) }
  }
}

/// What was ever told to be one matter, merged or again; parting does not undo it.
private struct Kinship {
  private var others: [Int: Set<Int>] = [:]

  mutating func join(_ one: Int, _ other: Int) {
    others[one, default: []].insert(other)
    others[other, default: []].insert(one)
  }

  /// - Parameter without: one whose own word does not count.
  func areKin(_ one: Int, _ other: Int, without: Int) -> Bool {
    var seen: Set = [one, without]
    var waiting = [one]
    while let next = waiting.popLast() {
      if next == other { return true }
      for kin in others[next] ?? [] where seen.insert(kin).inserted { waiting.append(kin) }
    }
    return false
  }
}
