package import Casework
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
  /// Into a matter that is done with: its writers would be told an answer of before. Allowed when confirmed; else the new
  /// one is handled as the same matter again.
  case intoClosed(Int)
  /// The table of acts does not know it here: another state, role or reach.
  case refused(CaseRefusal)
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
  /// ``unmerge(_:by:act:under:)`` restores all of it.
  ///
  /// - Parameter target: any suggestion of the matter; merged is into the one it is handled with.
  /// - Parameter isConfirmed: whether an ordinary matter may go into a sensitive one, and an open one into a closed one.
  package func merge(
    _ id: Int, into target: Int, isConfirmed: Bool = false, by actor: CaseActor? = nil, act: StaffAct,
    under rules: CaseworkRules = CaseworkRules()
  ) throws(StoreFault) -> Result<MergeResult, MergeRefusal> {
    let request = CaseRequest(
      .merge, at: act.at,
      details: CaseDetails {
        $0.target = Int64(target)
        $0.reason = act.reason
      })
    switch try self.act(request, on: id, by: actor ?? act.moderator, under: rules, isConfirmed: isConfirmed) {
    case .success(let done): return .success(try standing(Int(done.file.mergedInto ?? 0)))
    case .failure(let refusal): return .failure(MergeRefusal(refusal, id))
    }
  }

  /// Parts a merged suggestion, with what was merged into it, from the one it is handled with.
  package func unmerge(
    _ id: Int, by actor: CaseActor? = nil, act: StaffAct, under rules: CaseworkRules = CaseworkRules()
  ) throws(StoreFault) -> Result<MergeResult, MergeRefusal> {
    let root = try read { session throws(StoreFault) in try MergedSuggestions(session).root(of: id) }
    let request = CaseRequest(.unmerge, at: act.at, details: CaseDetails { $0.reason = act.reason })
    switch try self.act(request, on: id, by: actor ?? act.moderator, under: rules) {
    case .success: return .success(try standing(root ?? 0))
    case .failure(let refusal):
      if root == nil, case .refused(.noEdge) = refusal { return .failure(.notMerged) }
      return .failure(MergeRefusal(refusal, id))
    }
  }

  private func standing(_ id: Int) throws(StoreFault) -> MergeResult {
    let counts = try read { session throws(StoreFault) in
      try session.first(
        """
        SELECT coalesce(r.id, g.id), coalesce(r.support, g.support), coalesce(r.submissions, g.submissions)
        FROM suggestion g LEFT JOIN suggestion r ON r.id = g.root WHERE g.id = $1
        """, [.integer(id)]
      ) { (Int($0.integer(0)), Int($0.integer(1)), Int($0.integer(2))) }
    }
    return MergeResult(root: counts?.0 ?? id, support: counts?.1 ?? 0, submissions: counts?.2 ?? 0)
  }
}

extension MergeRefusal {
  init(_ refusal: CaseActRefusal, _ id: Int) {
    self =
      switch refusal {
      case .unknown(let id): .unknown(id)
      case .merge(let refusal): refusal
      case .refused(let refusal): .refused(refusal)
      // A merge says no version and takes no split back.
      case .changed, .taken: .unknown(id)
      }
  }
}

extension StaffAct {
  /// Somebody of the platform, who sees everything.
  package var moderator: CaseActor { CaseActor(name: actor, role: .moderator, tracks: Set(Track.allCases)) }
}

/// What may be put together.
struct Merging {
  private let session: any SQLSession

  init(_ session: any SQLSession) { self.session = session }

  /// The suggestion that a merge into `target` leads to.
  func target(
    of id: Int, _ target: Int64?, isConfirmed: Bool
  ) throws(StoreFault) -> Result<Int64, MergeRefusal> {
    guard let target = target.map({ Int($0) }) else { return .failure(.unknown(0)) }
    let merged = try MergedSuggestions(session)
    let root = merged.root(of: target) ?? target
    if let refusal = try impossible(id, into: root, merged) { return .failure(refusal) }
    guard let own = try row(id), let other = try row(root) else { return .failure(.unknown(id)) }
    if own.track != other.track {
      if own.track == .sensitive {
        // The words of a part stand in what it was split out of anyway.
        if try !SplitParts.isPart(id, ofAny: [root], session) { return .failure(.sensitive) }
      } else if !isConfirmed { return .failure(.intoSensitive) }
    }
    let isOver = [CaseState.closed, .archived, .rejected].contains(other.state)
    if isOver, !isConfirmed { return .failure(.intoClosed(root)) }
    return .success(Int64(root))
  }

  /// Why what was merged once cannot be merged again by taking back its parting.
  func objection(to id: Int, into target: Int64?) throws(StoreFault) -> MergeRefusal? {
    guard let target = target.map({ Int($0) }) else { return .unknown(0) }
    let merged = try MergedSuggestions(session)
    return try impossible(id, into: merged.root(of: target) ?? target, merged)
  }

  private func impossible(_ id: Int, into root: Int, _ merged: MergedSuggestions) throws(StoreFault) -> MergeRefusal? {
    for one in [id, root] where try row(one) == nil { return .unknown(one) }
    if id == root || merged.root(of: id) == root { return .together }
    return merged.root(of: id).map { .merged(into: $0) }
  }

  private func row(_ id: Int) throws(StoreFault) -> (track: Track?, state: CaseState?)? {
    try session.first("SELECT track, state FROM suggestion WHERE id = $1", [.integer(id)]) {
      (Track(rawValue: UInt8(truncatingIfNeeded: $0.integer(0))), CaseState(rawValue: UInt8(truncatingIfNeeded: $0.integer(1))))
    }
  }
}
