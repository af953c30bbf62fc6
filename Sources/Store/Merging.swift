internal import Suggestions

/// Why a merge does not happen.
package enum MergeRefusal: Error, Sendable, Hashable {
  case unknown(Int)
  /// Both are one already: the same, or merged before.
  case together
  /// It is merged into another; that one would have to be merged, or this one parted first.
  case merged(into: Int)
  /// An ordinary matter into a sensitive one: it leaves the ordinary queue. Allowed when confirmed.
  case intoSensitive
  /// A sensitive matter does not come into the ordinary queue.
  case sensitive
  case notMerged
}

/// What a suggestion stands for after a merge or an unmerge.
package struct MergeResult: Sendable, Hashable {
  /// The suggestion the merged ones are handled with; after an unmerge the one that was left.
  package var root: Int
  package var support: Int
  package var submissions: Int
}

extension SuggestionStore {
  /// Puts a suggestion, with what was merged into it, into another, as both are one matter. Its submissions keep their
  /// numbers, receipts and verdicts and itself keeps its history; only whom they are handled with changes, so that
  /// ``unmerge(_:act:)`` restores all of it.
  ///
  /// - Parameter target: any suggestion of the matter; merged is into the one it is handled with.
  /// - Parameter isConfirmed: whether an ordinary matter may go into a sensitive one.
  package func merge(
    _ id: Int, into target: Int, isConfirmed: Bool = false, act: StaffAct
  ) throws(StoreFault) -> Result<MergeResult, MergeRefusal> {
    // What an interrupted import left uncounted is counted with the rest, or a group would be ahead of its parts.
    try SupportCounting.catchUp(self)
    return try write { session throws(StoreFault) in
      let merged = try MergedSuggestions(session)
      let root = merged.root(of: target) ?? target
      if let refusal = try refusal(id, into: root, merged, isConfirmed: isConfirmed, session) { return .failure(refusal) }
      try session.execute(
        "UPDATE suggestion SET merged_into = $2, root = $2, version = version + 1 WHERE id = $1",
        [.integer(id), .integer(root)])
      try session.execute("UPDATE suggestion SET root = $2 WHERE root = $1", [.integer(id), .integer(root)])
      let after = try MergedSuggestions(session)
      for changed in [id, root] { try SupportCounting.count(changed, after, session) }
      var payload = JSONWriter()
      payload.object {
        $0.field("into", root)
        $0.field("reason", act.reason)
      }
      try History.append(
        History.Event(at: act.at, actor: act.actor, action: "merge", subject: id, payload: payload.text), to: session)
      return .success(try standing(root, session))
    }
  }

  /// Parts a merged suggestion, with what was merged into it, from the one it is handled with.
  package func unmerge(_ id: Int, act: StaffAct) throws(StoreFault) -> Result<MergeResult, MergeRefusal> {
    // What an interrupted import left uncounted is counted with the rest, or a group would be ahead of its parts.
    try SupportCounting.catchUp(self)
    return try write { session throws(StoreFault) in
      let merged = try MergedSuggestions(session)
      guard let root = merged.root(of: id) else {
        return .failure(try exists(id, session) ? .notMerged : .unknown(id))
      }
      try session.execute(
        "UPDATE suggestion SET merged_into = NULL, root = NULL, version = version + 1 WHERE id = $1", [.integer(id)])
      for below in merged.below(id) {
        try session.execute("UPDATE suggestion SET root = $2 WHERE id = $1", [.integer(below), .integer(id)])
      }
      let after = try MergedSuggestions(session)
      for changed in [id, root] { try SupportCounting.count(changed, after, session) }
      var payload = JSONWriter()
      payload.object {
        $0.field("from", root)
        $0.field("reason", act.reason)
      }
      try History.append(
        History.Event(at: act.at, actor: act.actor, action: "unmerge", subject: id, payload: payload.text), to: session)
      return .success(try standing(root, session))
    }
  }

  private func refusal(
    _ id: Int, into root: Int, _ merged: MergedSuggestions, isConfirmed: Bool, _ session: any SQLSession
  ) throws(StoreFault) -> MergeRefusal? {
    for one in [id, root] where try !exists(one, session) { return .unknown(one) }
    if id == root || merged.root(of: id) == root { return .together }
    if let other = merged.root(of: id) { return .merged(into: other) }
    let tracks = try session.all(
      "SELECT id, track FROM suggestion WHERE id = $1 OR id = $2", [.integer(id), .integer(root)]
    ) { (id: Int($0.integer(0)), track: $0.integer(1)) }
    guard let own = tracks.first(where: { $0.id == id }), let other = tracks.first(where: { $0.id == root }) else {
      return .unknown(id)
    }
    if own.track == other.track { return nil }
    if own.track == Int64(Track.sensitive.rawValue) { return .sensitive }
    return isConfirmed ? nil : .intoSensitive
  }

  private func exists(_ id: Int, _ session: any SQLSession) throws(StoreFault) -> Bool {
    try session.integer("SELECT count(*) FROM suggestion WHERE id = $1", [.integer(id)]) == 1
  }

  private func standing(_ id: Int, _ session: any SQLSession) throws(StoreFault) -> MergeResult {
    let counts = try session.first("SELECT support, submissions FROM suggestion WHERE id = $1", [.integer(id)]) {
      (Int($0.integer(0)), Int($0.integer(1)))
    }
    return MergeResult(root: id, support: counts?.0 ?? 0, submissions: counts?.1 ?? 0)
  }
}
