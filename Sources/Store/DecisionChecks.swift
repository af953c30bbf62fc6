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
