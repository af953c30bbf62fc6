internal import Casework
internal import Store
internal import Suggestions

/// The rows of the queue that one page shows.
struct QueueList: Sendable {
  struct Row: Sendable {
    var item: QueueItem
    var standing: CaseStanding?

    /// Who else has it in hands now.
    func holder(_ visit: Visit) -> String? {
      guard let claim = standing?.claim, claim.until > visit.now, claim.actor != visit.visitor.account?.name else {
        return nil
      }
      return claim.actor
    }
  }

  var rows: [Row]
  /// How many there are by these filters.
  var total: Int
  /// The row to show beside the list where none was asked for by number.
  private var follower: Int?

  init(_ query: QueueQuery, _ visit: Visit) async throws(StoreFault) {
    let (names, track) = (visit.services.codeNames, query.track)
    let after = visit.request.query.number("after")
    (rows, total, follower) = try await visit.pool.read { store throws(StoreFault) in
      let items = try store.queue(limit: QueuePage.length, track: track, names: names)
      let counts = try store.queueCounts(track: track)
      let standings = try store.standings(of: items.map(\.id) + [after].compactMap(\.self))
      let byID = Dictionary(standings.map { ($0.id, $0) }) { first, _ in first }
      let rows = items.map { Row(item: $0, standing: byID[$0.id]) }
      return (rows, counts.pending, QueueList.follower(of: after.flatMap { byID[$0] }, in: rows))
    }
  }

  /// What comes after a case that was just decided and so is no longer in the list.
  private static func follower(of decided: CaseStanding?, in rows: [Row]) -> Int? {
    guard let decided else { return rows.first?.item.id }
    let next = rows.first {
      $0.item.priority < decided.priority || $0.item.priority == decided.priority && $0.item.id > decided.id
    }
    return (next ?? rows.first)?.item.id
  }

  func chosen(_ fields: FormFields) -> Int? { fields.number("item") ?? follower }

  func count(_ visit: Visit) -> String { visit.say("\(total) 件待审核", "\(total) to review") }

  func nextPage(_ query: QueueQuery) -> String? { nil }
}
