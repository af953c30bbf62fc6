/// 常用视图: a filter somebody gave a name, as the address of the list has it.
package struct SavedView: Sendable, Hashable {
  package var id: Int
  /// Name of the account.
  package var owner: String
  package var name: String
  /// The address's query, without `?`.
  package var query: String
  /// Whether everybody who sees the list is offered it. It shows each of them what they may see.
  package var isShared: Bool
  /// Seconds since 1970.
  package var createdAt: Int64

  static let columns = "id, owner, name, query, shared, created_at"

  init(_ row: any SQLRow) {
    id = Int(row.integer(0))
    owner = row.text(1)
    name = row.text(2)
    query = row.text(3)
    isShared = row.integer(4) != 0
    createdAt = row.integer(5)
  }
}

package enum SavedViewRefusal: Error, Sendable, Hashable {
  /// Empty, or more than 40 characters.
  case name
  /// More than 2,000 bytes.
  case query
  /// The owner has as many as one may have.
  case tooMany(Int)
}

extension SuggestionStore {
  package static let mostSavedViews = 50
  private static let longestViewName = 40
  private static let longestViewQuery = 2_000

  /// Somebody's own by name, then those others share.
  package func savedViews(of owner: String) throws(StoreFault) -> [SavedView] {
    try read { session throws(StoreFault) in
      try session.all(
        """
        SELECT \(SavedView.columns) FROM saved_view WHERE owner = $1 OR shared = 1
        ORDER BY CASE WHEN owner = $1 THEN 0 ELSE 1 END, name, owner
        """, [.text(owner)]) { SavedView($0) }
    }
  }

  /// Keeps a view; one of the same name takes the new filter. A person's own setting, so the history does not tell of
  /// it.
  package func saveView(
    _ name: String, query: String, isShared: Bool, of owner: String, at moment: Int64
  ) throws(StoreFault) -> Result<SavedView, SavedViewRefusal> {
    let name = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !name.isEmpty, name.count <= SuggestionStore.longestViewName else { return .failure(.name) }
    guard query.utf8.count <= SuggestionStore.longestViewQuery else { return .failure(.query) }
    return try write { session throws(StoreFault) in
      let others = try session.integer(
        "SELECT count(*) FROM saved_view WHERE owner = $1 AND name <> $2", [.text(owner), .text(name)])
      if others >= SuggestionStore.mostSavedViews { return .failure(.tooMany(SuggestionStore.mostSavedViews)) }
      try session.execute(
        """
        INSERT INTO saved_view (owner, name, query, shared, created_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (owner, name) DO UPDATE SET query = excluded.query, shared = excluded.shared
        """, [.text(owner), .text(name), .text(query), .integer(isShared ? 1 : 0), .integer(moment)])
      let saved = try session.first(
        "SELECT \(SavedView.columns) FROM saved_view WHERE owner = $1 AND name = $2", [.text(owner), .text(name)]
      ) { SavedView($0) }
      guard let saved else { throw .corrupt("a saved view is not there after it was written") }
      return .success(saved)
    }
  }

  /// - Returns: false where there is none of that number, or it is somebody else's.
  package func deleteView(_ id: Int, of owner: String) throws(StoreFault) -> Bool {
    try write { session throws(StoreFault) in
      let key: [SQLValue] = [.integer(id), .text(owner)]
      guard try session.integer("SELECT count(*) FROM saved_view WHERE id = $1 AND owner = $2", key) > 0 else {
        return false
      }
      try session.execute("DELETE FROM saved_view WHERE id = $1 AND owner = $2", key)
      return true
    }
  }
}
