internal import Crypto
internal import Suggestions

extension Verification {
  /// Entries that were emptied because their time was over are those the history tells of. Asked before the segments,
  /// which are looked at with it.
  func checkRetention() throws(StoreFault) {
    emptied = Array(repeating: false, count: uses.count)
    var seals: [Int: [Int]] = [:]
    try session.each("SELECT event, seal FROM emptied_seal ORDER BY event, seal", []) { row in
      let seal = Int(row.integer(1))
      guard emptied.indices.contains(seal), uses[seal] != .nothing else { return faults.add(.retention, seal) }
      emptied[seal] = true
      seals[Int(row.integer(0)), default: []].append(seal)
    }
    try session.each(
      "SELECT seq, payload FROM event WHERE action = '\(RetentionRecord.action)' ORDER BY seq", []
    ) { row in
      let own = seals.removeValue(forKey: Int(row.integer(0))) ?? []
      let payload = EventPayload(row.text(1))
      let count = (payload.number("originals") ?? 0) + (payload.number("set_aside") ?? 0)
      if own.count != count || payload.text("seals") != RetentionRecord.digest(of: own) { faults.add(.retention, 0) }
    }
    if !seals.isEmpty { faults.add(.retention, 0) }
    try session.each(
      "SELECT q.seal FROM quarantine q JOIN emptied_seal e ON e.seal = q.seal WHERE q.detail <> '' ORDER BY q.seal", []
    ) { faults.add(.retention, Int($0.integer(0))) }
  }
}
