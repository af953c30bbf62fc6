internal import Suggestions

extension SuggestionStore {
  /// A page of the suggestions that pass a filter, in its order.
  ///
  /// Pages go on from a place and not from a count: what leaves the queue meanwhile shifts nothing, and nothing that
  /// stays is shown twice or passed over.
  ///
  /// - Parameters:
  ///   - after: the page before's ``ReviewPage/next``; nil for the first page.
  ///   - limit: how many at most.
  package func reviewQueue(
    _ filter: ReviewFilter, after: QueuePlace? = nil, limit: Int, names: CodeNames
  ) throws(StoreFault) -> ReviewPage {
    let receipts = ReceiptCode(key: try keys.derived("receipt"))
    return try snapshot { session throws(StoreFault) in
      guard let scan = try ReviewScan.of(filter, session) else { return ReviewPage() }
      let found = try scan.places(after: after, limit: limit)
      let rows = try QueueRows(session, names: names, receipts: receipts, at: filter.moment)
      return ReviewPage(items: try rows.items(found.places.map(\.id)), next: found.next, isCut: found.isCut)
    }
  }
}
