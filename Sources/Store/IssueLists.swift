internal import Publishing

/// Issues of the digest as people read them.
extension SuggestionStore {
  /// The newest month first, corrections behind what they correct.
  ///
  /// - Parameters:
  ///   - month: `2025-07`; nil for all.
  ///   - isPublished: only those that are, or only those that are not; nil for both.
  package func issues(
    of month: String? = nil, isPublished: Bool? = nil, limit: Int = 1000
  ) throws(StoreFault) -> [IssueRecord] {
    var conditions: [String] = []
    var arguments: [SQLValue] = [.integer(limit)]
    if let month {
      arguments.append(.text(month))
      conditions.append("month = $\(arguments.count)")
    }
    if let isPublished { conditions.append("state \(isPublished ? "=" : "<>") \(SignOffState.published.rawValue)") }
    let filter = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
    return try read { session throws(StoreFault) in
      try session.all("\(IssueRows.columns)\(filter) ORDER BY month DESC, template, id LIMIT $1", arguments) {
        IssueRows.record($0)
      }.compactMap(\.self)
    }
  }

  /// One issue with its history and every editing of it; nil where there is none of that number.
  package func issue(_ id: Int) throws(StoreFault) -> IssueReading? {
    try snapshot { session throws(StoreFault) in
      let found = try session.first("\(IssueRows.columns) WHERE id = $1", [.integer(id)]) { IssueRows.record($0) }
      guard let record = found ?? nil else { return nil }
      guard let told = try IssueRows.told(of: id, session) else { throw .corrupt("issue \(id) cannot be read") }
      return IssueReading(
        record: record, history: told.history, file: try IssueRows.file(told.history, id),
        editings: try IssueRows.editings(of: id, session))
    }
  }

  /// A published issue as it went out; nil where it is not published.
  package func issuePrint(_ id: Int) throws(StoreFault) -> IssuePrint? {
    try snapshot { session throws(StoreFault) in try IssueRows.print(of: id, session) }
  }
}
