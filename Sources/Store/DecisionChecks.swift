internal import Suggestions

extension Verification {
  /// What people decided, told by the history, against what suggestions show; and the verdicts kept aside against the
  /// events that say how many were replaced.
  func checkDecisions() throws(StoreFault) {
    let codes = try StoredCodes(session)
    var told: [Int: ToldDecision] = [:]
    var replaced: [Int: Int] = [:]
    try session.each(
      "SELECT seq, action, subject, payload FROM event WHERE action IN ('correct', 'reclassify') ORDER BY seq", []
    ) { row in
      let payload = EventPayload(row.text(3))
      if row.text(1) == "correct" {
        told[Int(row.integer(2)), default: ToldDecision()].take(payload)
      } else {
        replaced[Int(row.integer(0))] = payload.number("changed") ?? 0
      }
    }
    try session.each(
      "SELECT id, decided, topic, kind, lead, tier FROM suggestion WHERE decided <> 0 ORDER BY id", []
    ) { row in
      let decision = told.removeValue(forKey: Int(row.integer(0)))
      let shown = ToldDecision(
        aspects: Int(row.integer(1)), topic: codes.text(Int(row.integer(2))), kind: StoredCodes.kind(row.integer(3)),
        lead: codes.text(Int(row.integer(4))), tier: Int(row.integer(5)))
      if !(decision?.agrees(with: shown) ?? false) { faults.add(.decisions, Int(row.integer(0))) }
    }
    for id in told.keys.sorted() { faults.add(.decisions, id) }
    try session.each("SELECT event, count(*) FROM earlier_verdict GROUP BY event", []) { row in
      let event = Int(row.integer(0))
      if replaced.removeValue(forKey: event) != Int(row.integer(1)) { faults.add(.earlierVerdicts, event) }
    }
    for (event, count) in replaced.sorted(by: { $0.key < $1.key }) where count > 0 { faults.add(.earlierVerdicts, event) }
  }
}

extension Verification {
  /// Who is merged into whom, told by the history; the roots that follow from it; and what the roots count.
  func checkMerged(_ merged: MergedSuggestions) throws(StoreFault) {
    var told: [Int: Int] = [:]
    try session.each("SELECT action, subject, payload FROM event WHERE action IN ('merge', 'unmerge') ORDER BY seq", []) {
      row in
      told[Int(row.integer(1))] = row.text(0) == "merge" ? EventPayload(row.text(2)).number("into") : nil
    }
    let expected = MergedSuggestions(parents: told)
    let shown = Set(merged.parents.keys).union(merged.allRoots.flatMap { merged.group(of: $0) })
    for id in shown.union(told.keys).sorted() {
      let isRight = merged.parents[id] == told[id] && merged.root(of: id) == expected.root(of: id)
      if !isRight { faults.add(.merges, id) }
    }
    for root in expected.allRoots {
      let voices = try SupportCounting.voices(of: [root] + expected.group(of: root), session)
      let counts = try session.first("SELECT support, submissions FROM suggestion WHERE id = $1", [.integer(root)]) {
        (Int($0.integer(0)), Int($0.integer(1)))
      }
      if counts?.0 != SupportCounting.people(voices) || counts?.1 != voices.count { faults.add(.support, root) }
    }
  }
}

/// The fold of a suggestion's corrections; nil where none spoke of it.
private struct ToldDecision {
  var aspects = 0
  var topic: String?
  var kind: String?
  var lead: String?
  var tier: Int?

  mutating func take(_ event: EventPayload) {
    aspects |= event.number("decided") ?? 0
    topic = event.text("topic") ?? topic
    kind = event.text("kind") ?? kind
    lead = event.text("lead") ?? lead
    tier = event.number("tier") ?? tier
  }

  func agrees(with shown: ToldDecision) -> Bool {
    aspects == shown.aspects && topic ?? shown.topic == shown.topic && kind ?? shown.kind == shown.kind
      && lead ?? shown.lead == shown.lead && tier ?? shown.tier == shown.tier
  }
}
