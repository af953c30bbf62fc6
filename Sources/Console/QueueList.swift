internal import Casework
internal import Store
internal import Suggestions

/// The rows of the queue that one page shows.
struct QueueList: Sendable {
  struct Row: Sendable {
    var item: QueueItem
    /// Set where words were looked for.
    var hit: SearchHit?

    /// Who else has it in hands now.
    func holder(_ visit: Visit) -> String? {
      guard let claim = item.claim, claim.until > visit.now, claim.actor != visit.visitor.account?.name else { return nil }
      return claim.actor
    }

    var title: PageValue {
      if let hit, !hit.title.isEmpty { return MarkedRuns.runs(of: hit.title, stretches: hit.titleMarks) }
      if let hit { return MarkedRuns.runs(of: hit.excerpt, stretches: hit.marks) }
      return MarkedRuns.runs(of: item.title.isEmpty ? item.excerpt : item.title)
    }

    var excerpt: PageValue {
      if let hit { return hit.title.isEmpty ? [] : MarkedRuns.runs(of: hit.excerpt, stretches: hit.marks) }
      return item.title.isEmpty ? [] : MarkedRuns.runs(of: item.excerpt)
    }
  }

  var rows: [Row] = []
  /// How many there are by these filters, as far as was counted.
  private var counts = ReviewCounts()
  /// Where the next page goes on, as an address carries it.
  private var next: String?
  /// The page ends before all was looked at.
  private var isCut = false
  /// Submissions the search does not know yet.
  private var waiting = 0
  /// The row to show beside the list where none was asked for by number.
  private var follower: Int?

  init(_ query: QueueQuery, _ visit: Visit) async throws(StoreFault) {
    let filter = query.filter(visit)
    let fields = visit.request.query
    let (names, folding, after) = (visit.services.codeNames, visit.services.searchFolding, fields.number("after"))
    let words = query.words
    self = try await visit.pool.read { store throws(StoreFault) in
      var list = QueueList()
      if let words {
        try list.find(words, filter, after: fields.number("from"), store, names, folding)
      } else {
        let page = try store.reviewQueue(
          filter, after: fields["from"].flatMap { QueuePlace($0) }, limit: QueuePage.length, names: names)
        list.rows = page.items.map { Row(item: $0) }
        list.next = page.next?.text
        list.isCut = page.isCut
        list.counts = try store.reviewCounts(filter, by: [])
      }
      let decided = try after.flatMap { id throws(StoreFault) in try store.standings(of: [id]).first }
      list.follower = QueueList.follower(of: decided, in: list.rows)
      return list
    }
  }

  private init() {}

  private mutating func find(
    _ words: String, _ filter: ReviewFilter, after: Int?, _ store: SuggestionStore, _ names: CodeNames,
    _ folding: SearchFolding
  ) throws(StoreFault) {
    let found = try store.search(
      SearchQuery(words, folding: folding), filter: filter, limit: QueuePage.length, after: after)
    var shown = filter
    shown.ids = Set(found.hits.map(\.suggestion))
    let page = try store.reviewQueue(shown, limit: QueuePage.length, names: names)
    let items = Dictionary(page.items.map { ($0.id, $0) }) { first, _ in first }
    rows = found.hits.compactMap { hit in items[hit.suggestion].map { Row(item: $0, hit: hit) } }
    next = found.next.map(String.init)
    (isCut, waiting) = (found.isCut, found.waiting)
    counts.total = rows.count
    counts.isMore = found.next != nil
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

  func count(_ visit: Visit) -> String {
    let number = String(counts.total) + (counts.isMore ? "+" : "")
    return visit.say("\(number) 件", "\(number) suggestions")
  }

  func nextPage(_ query: QueueQuery) -> String? { next.map { query.address(("from", $0)) } }

  func advice(_ visit: Visit) -> String? {
    if waiting > 0 {
      return visit.say("还有 \(waiting) 条新来件没有编进搜索，稍后再搜。", "\(waiting) new submissions are not searchable yet; search again later.")
    }
    if isCut, rows.isEmpty || rows.count < QueuePage.length {
      return visit.say("还没有找完，点“后面的”接着找。", "Not all was looked at; \"More\" goes on.")
    }
    return nil
  }
}
