internal import Suggestions

/// A suggestion that is done with, and who has its matter now.
package struct EndedMatter: Sendable, Hashable {
  package var suggestion: UInt32
  /// The first case of the matter.
  package var first: UInt32
  /// What takes the matter up and is not done with; nil where all of it is.
  package var next: UInt32?
}

extension SuggestionStore {
  /// Done with: what repeats such a case opens one of its own.
  private static let over: [CaseState] = [.closed, .archived]

  static func isOver(_ state: Int64) -> Bool { over.contains { Int64($0.rawValue) == state } }

  /// As many as people have closed, and what was merged into those, by number.
  package func endedMatters() throws(StoreFault) -> [EndedMatter] {
    try snapshot { session throws(StoreFault) in
      var isOver = [Bool](repeating: false, count: Int(try session.integer("SELECT coalesce(max(id), 0) FROM suggestion")) + 1)
      // By the queue's index alone, as a store of some years holds little else.
      for track in Track.allCases {
        for state in SuggestionStore.over {
          try session.each(
            "SELECT id FROM suggestion WHERE track = $1 AND state = $2",
            [.integer(Int(track.rawValue)), .integer(Int(state.rawValue))]) { isOver[Int($0.integer(0))] = true }
        }
      }
      let matters = try RecurringMatters(session)
      let ended = isOver.indices.filter { isOver[$0] } + matters.allMerged.filter { isOver[matters.handled($0)] }
      var open: [Int: UInt32] = [:]
      for first in matters.allFirst {
        // One that is merged into an open case is joined itself: parted again, it keeps what came to it.
        let next = matters.members(of: first).last { !isOver[matters.handled($0)] }
        open[first] = next.map { UInt32(truncatingIfNeeded: $0) }
      }
      return ended.sorted().map { id in
        let first = matters.first(of: id)
        return EndedMatter(
          suggestion: UInt32(truncatingIfNeeded: id), first: UInt32(truncatingIfNeeded: first), next: open[first])
      }
    }
  }
}
