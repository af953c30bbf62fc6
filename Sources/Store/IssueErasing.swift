internal import Publishing

/// Issues of the digest in which an erased case stands. What went out cannot be called back: it is told. What has not
/// keeps the editor's words for the case in no version of what was changed.
struct IssueErasing {
  private let session: any SQLSession

  init(_ session: any SQLSession) { self.session = session }

  /// - Parameter cases: numbers of suggestions.
  /// - Returns: published issues that show one of them, and issues whose rewriting went.
  func erase(
    _ cases: Set<Int>, by actor: String, at moment: Int64
  ) throws(StoreFault) -> (published: [Int], drafts: [Int]) {
    var published: Set<Int> = []
    for suggestion in cases {
      published.formUnion(
        try session.all("SELECT issue FROM digest_case WHERE suggestion = $1", [.integer(suggestion)]) {
          Int($0.integer(0))
        })
    }
    let open = try session.all(
      "SELECT id FROM digest_issue WHERE state <> $1 ORDER BY id", [.integer(Int(SignOffState.published.rawValue))]
    ) { Int($0.integer(0)) }
    var drafts: [Int] = []
    for id in open where try forget(cases, in: id, by: actor, at: moment) { drafts.append(id) }
    return (published.sorted(), drafts)
  }

  private func forget(
    _ cases: Set<Int>, in id: Int, by actor: String, at moment: Int64
  ) throws(StoreFault) -> Bool {
    let editings = try IssueRows.editings(of: id, session)
    let holding = editings.filter { entry in
      SignOffEditing(entry.value).map { !cases.isDisjoint(with: $0.rewritten) } ?? false
    }
    guard !holding.isEmpty else { return false }
    guard let told = try IssueRows.told(of: id, session) else { throw .corrupt("issue \(id) cannot be read") }
    var history = told.history
    let file = try IssueRows.file(history, id)
    var editing = editings[file.frozenBy].flatMap(SignOffEditing.init)
    editing?.forget(cases)
    guard let left = editing?.bytes else { throw .corrupt("issue \(id) cannot be read") }
    var content = file.content
    content.editing = IssueEventRecord.digest(left)
    let last = history.events.last?.at ?? history.opening.at
    guard let event = SignOffLifecycle.forgetting(content, in: file, by: actor, at: max(moment, last)) else {
      return false
    }
    for version in holding.keys {
      try session.execute(
        "UPDATE digest_edit SET editing = $3 WHERE issue = $1 AND version = $2",
        [.integer(id), .integer(version), .bytes([])])
    }
    try IssueRows.keep(left, of: id, event.number, session)
    history.append(event)
    try IssueRows.update(id, try IssueRows.file(history, id), after: event, session)
    var record = IssueEventRecord(event)
    record.emptied = holding.keys.sorted()
    _ = try SuggestionStore.tell(event, record, of: id, session)
    return true
  }
}
