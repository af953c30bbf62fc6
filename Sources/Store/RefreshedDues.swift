internal import Casework

extension SuggestionStore {
  /// Computes every stored due time anew, as after a calendar came out or the clocks changed. Some hundred cases are
  /// read at one moment, and written only where something differs: nobody waits for it.
  ///
  /// - Parameter goesOn: asked before each of those parts.
  /// - Returns: the suggestions whose due times changed.
  package func refreshDues(
    under rules: CaseworkRules, while goesOn: () -> Bool = { true }
  ) throws(StoreFault) -> [Int] {
    var changed: [Int] = []
    var last = 0
    while goesOn() {
      let (differing, end) = try differingDues(under: rules, after: last)
      if !differing.isEmpty { changed += try keep(differing) }
      guard let end else { break }
      last = end
    }
    return changed
  }

  private struct Dues {
    var suggestion: Int
    var version: Int64
    var answer: Int64?
    var next: Int64?
    var isProvisional: Bool
  }

  private static let casesTogether = 256

  private func differingDues(
    under rules: CaseworkRules, after last: Int
  ) throws(StoreFault) -> (differing: [Dues], end: Int?) {
    try snapshot { session throws(StoreFault) in
      let rows = try CaseRows(session, regionPath: rules.regionPath)
      let kept = try session.all(
        """
        SELECT suggestion, answer_due, next_due, provisional, acted_at, version FROM case_file WHERE suggestion > $1
        ORDER BY suggestion LIMIT $2
        """, [.integer(last), .integer(SuggestionStore.casesTogether)]
      ) { row in
        (
          dues: Dues(
            suggestion: Int(row.integer(0)), version: row.integer(5), answer: row.optionalInteger(1),
            next: row.optionalInteger(2), isProvisional: row.integer(3) != 0), at: row.integer(4)
        )
      }
      var differing: [Dues] = []
      for (stored, at) in kept {
        guard let reading = try rows.reading(of: stored.suggestion) else { continue }
        let file = try CaseActing.file(reading.history, stored.suggestion)
        let now = CaseProjecting(session, rules).dues(of: file, at: at)
        if now == (stored.answer, stored.next, stored.isProvisional) { continue }
        var dues = stored
        (dues.answer, dues.next, dues.isProvisional) = now
        differing.append(dues)
      }
      return (differing, kept.count < SuggestionStore.casesTogether ? nil : kept.last?.dues.suggestion)
    }
  }

  /// A case that somebody acted on meanwhile has its due times by that act.
  private func keep(_ dues: [Dues]) throws(StoreFault) -> [Int] {
    try write { session throws(StoreFault) in
      var changed: [Int] = []
      for due in dues {
        changed += try session.all(
          """
          UPDATE case_file SET answer_due = $3, next_due = $4, provisional = $5 WHERE suggestion = $1 AND version = $2
          RETURNING suggestion
          """,
          [
            .integer(due.suggestion), .integer(due.version), .optional(due.answer), .optional(due.next),
            .integer(due.isProvisional ? 1 : 0),
          ]
        ) { Int($0.integer(0)) }
      }
      return changed
    }
  }
}
