internal import Suggestions

/// Which set-aside records to list.
package struct QuarantineFilter: Sendable, Hashable {
  /// Nil for all.
  package var state: QuarantineState?
  package var source: String?
  /// The file as it was called when it was taken in.
  package var file: String?

  package init(state: QuarantineState? = .waiting, source: String? = nil, file: String? = nil) {
    self.state = state
    self.source = source
    self.file = file
  }

  /// As SQL, with what it compares.
  var condition: (sql: String, arguments: [SQLValue]) {
    var parts: [String] = []
    var arguments: [SQLValue] = []
    func next(_ value: SQLValue) -> String {
      arguments.append(value)
      return "$\(arguments.count)"
    }
    if let state { parts.append("state = " + next(.integer(state.rawValue))) }
    if let source {
      let family = next(.integer(CodeFamily.source.rawValue))
      parts.append("source = (SELECT id FROM code WHERE family = \(family) AND text = \(next(.text(source))))")
    }
    if let file { parts.append("file = " + next(.text(file))) }
    return (parts.isEmpty ? "" : " WHERE " + parts.joined(separator: " AND "), arguments)
  }
}

extension SuggestionStore {
  /// Set-aside records, the newest first, and how many there are in all.
  ///
  /// - Parameter offset: how many to pass over.
  package func quarantine(
    _ filter: QuarantineFilter, limit: Int, offset: Int = 0
  ) throws(StoreFault) -> (items: [QuarantineItem], count: Int) {
    let (condition, arguments) = filter.condition
    return try snapshot { session throws(StoreFault) in
      let codes = try StoredCodes(session)
      let count = try session.integer("SELECT count(*) FROM quarantine" + condition, arguments)
      let page = [SQLValue.integer(limit), .integer(offset)]
      let items = try session.all(
        "\(SuggestionStore.quarantineColumns)\(condition) ORDER BY id DESC LIMIT $\(arguments.count + 1) "
          + "OFFSET $\(arguments.count + 2)", arguments + page
      ) { SuggestionStore.quarantineItem($0, codes) }
      return (items, Int(count))
    }
  }

  /// One of them, without its bytes.
  package func quarantine(id: Int) throws(StoreFault) -> QuarantineItem? {
    try read { session throws(StoreFault) in
      let codes = try StoredCodes(session)
      return try session.first("\(SuggestionStore.quarantineColumns) WHERE id = $1", [.integer(id)]) {
        SuggestionStore.quarantineItem($0, codes)
      }
    }
  }

  /// Files that have set-aside records, by name.
  package func quarantineFiles(limit: Int) throws(StoreFault) -> [String] {
    try read { session throws(StoreFault) in
      try session.all("SELECT DISTINCT file FROM quarantine ORDER BY file LIMIT $1", [.integer(limit)]) { $0.text(0) }
    }
  }
}
