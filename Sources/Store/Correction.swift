package import Suggestions

/// What of a suggestion a person has decided: the machine leaves it alone from then on.
package struct DecidedAspects: OptionSet, Sendable, Hashable {
  package let rawValue: Int
  package static let topic = DecidedAspects(rawValue: 1)
  package static let kind = DecidedAspects(rawValue: 2)
  package static let lead = DecidedAspects(rawValue: 4)

  package init(rawValue: Int) { self.rawValue = rawValue }

  package var names: [String] {
    [(DecidedAspects.topic, "topic"), (.kind, "kind"), (.lead, "lead")].compactMap { contains($0.0) ? $0.1 : nil }
  }
}

/// What a reviewer says a suggestion is, where the machine said otherwise or was not sure. Nil leaves things as they are.
package struct Correction: Sendable, Hashable {
  /// Who leads: a department's code, and the tier it acts on.
  package struct Lead: Sendable, Hashable {
    package var code: String
    package var tier: Int
    /// Whether a person chose it; else it follows from the topic.
    package var isChosen: Bool

    package init(code: String, tier: Int, isChosen: Bool) {
      self.code = code
      self.tier = tier
      self.isChosen = isChosen
    }
  }

  /// Code of the topic.
  package var topic: String?
  package var kind: Kind?
  package var lead: Lead?

  package init(topic: String? = nil, kind: Kind? = nil, lead: Lead? = nil) {
    self.topic = topic
    self.kind = kind
    self.lead = lead
  }

  var aspects: DecidedAspects {
    var aspects: DecidedAspects = []
    if topic != nil { aspects.insert(.topic) }
    if kind != nil { aspects.insert(.kind) }
    if lead?.isChosen ?? false { aspects.insert(.lead) }
    return aspects
  }
}

extension SuggestionStore {
  /// Takes a correction of a suggestion that waits for review; the event tells what was before and after.
  ///
  /// - Parameter version: of the suggestion as the person saw it.
  /// - Returns: false when somebody else has changed it since, or it waits no more: nothing is done.
  package func correct(
    _ id: Int, seen version: Int, _ correction: Correction, act: StaffAct
  ) throws(StoreFault) -> Bool {
    try write { session throws(StoreFault) in
      let before = try session.first(
        "SELECT topic, kind, lead, tier FROM suggestion WHERE id = $1 AND version = $2 AND state = $3",
        [.integer(id), .integer(version), .integer(Int(CaseState.pending.rawValue))]
      ) { row in (0..<4).map { Int(row.integer($0)) } }
      guard let before else { return false }
      let table = CodeTable()
      let known = try StoredCodes(session)
      var after = before
      if let topic = correction.topic { after[0] = try table.id(.topic, topic, session) }
      if let kind = correction.kind { after[1] = Int(kind.rawValue) }
      if let lead = correction.lead {
        after[2] = try table.id(.department, lead.code, session)
        after[3] = lead.tier
      }
      try session.execute(
        """
        UPDATE suggestion SET version = version + 1, topic = $2, kind = $3, lead = $4, tier = $5, decided = decided | $6
        WHERE id = $1 AND version = $7
        """,
        [
          .integer(id), .integer(after[0]), .integer(after[1]), .integer(after[2]), .integer(after[3]),
          .integer(correction.aspects.rawValue), .integer(version),
        ])
      var payload = JSONWriter()
      payload.object { root in
        func tell(_ aspect: String, _ old: String?, _ new: String) {
          root.field("\(aspect)_before", old)
          root.field(aspect, new)
        }
        if let topic = correction.topic { tell("topic", known.text(before[0]), topic) }
        if let kind = correction.kind { tell("kind", StoredCodes.kind(Int64(before[1])), kind.code) }
        if let lead = correction.lead {
          tell("lead", known.text(before[2]), lead.code)
          root.field("tier", lead.tier)
        }
        root.field("decided", correction.aspects.rawValue)
        root.field("reason", act.reason)
      }
      try History.append(
        History.Event(at: act.at, actor: act.actor, action: "correct", subject: id, payload: payload.text), to: session)
      return true
    }
  }

  /// Texts of which a person decided the topic, with its code: what rules can learn from. By number.
  package func decidedTopics() throws(StoreFault) -> [(text: StoredText, topic: String)] {
    try snapshot { session throws(StoreFault) in
      let codes = try StoredCodes(session)
      return try session.all(
        """
        SELECT \(StoredText.columns), g.topic FROM suggestion g JOIN submission s ON s.number = g.id
        WHERE g.decided & 1 = 1 ORDER BY g.id
        """, []
      ) { row in
        codes.text(Int(row.integer(StoredText.columnCount))).map { (StoredText(row), $0) }
      }.compactMap(\.self)
    }
  }
}
