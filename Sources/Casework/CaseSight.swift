internal import Suggestions

/// 一件在统计里的样子: what figures see of one case at a moment. All of them are made from these, whether they are
/// counted at once or kept in a ``CaseSheet``.
struct CaseSight {
  let record: CaseRecord
  /// As it was at the moment.
  let history: CaseHistory
  let walk: CaseWalk
  let track: Track
  let observations: [CaseObservation]

  /// Nil for what is no case of its own at that moment: merged, or taken in later.
  init?(
    _ record: CaseRecord, clocks: ClockBook, calendar: WorkingCalendar, asOf moment: Int64
  ) throws(CaseHistoryFault) {
    guard !record.isMerged, record.receivedAt <= moment else { return nil }
    self.record = record
    history = CaseSight.history(record.history, at: moment)
    walk = try CaseWalk(history, clocks: clocks, calendar: calendar, asOf: moment)
    guard walk.file.state != .merged else { return nil }
    track = record.track == .sensitive || walk.file.track == .sensitive ? .sensitive : .ordinary
    observations = walk.observations(of: record, asOf: moment)
  }

  /// Up to the first act after the moment. Acts are numbered in the order they were written; one that says an earlier
  /// time than the one before it does not come before it.
  private static func history(_ history: CaseHistory, at moment: Int64) -> CaseHistory {
    guard history.events.contains(where: { $0.at > moment }) else { return history }
    return CaseHistory(history.opening, events: Array(history.events.prefix { $0.at <= moment }))
  }

  /// Code of the smallest region it lies in.
  var region: String? {
    let file = walk.file
    return file.corrections.regions.map(\.first) ?? file.regions.first ?? record.region
  }

  var topic: String? { [walk.file.topic, record.topic ?? ""].first { !$0.isEmpty } }
  var station: String? { walk.file.station ?? record.station }

  /// What became of the proposal its first order was made on; nil where there was none.
  func firstOrder(stationTier: Int?) -> CaseFirstOrder? {
    guard let first = walk.orders.first, let lead = first.lead?.unit ?? record.lead else { return nil }
    let topic = first.topic.isEmpty ? record.topic ?? "" : first.topic
    let isKeepers = stationTier != nil && first.lead?.tier == stationTier
    let isFollowed =
      first.handler.isStation
      ? isKeepers && first.handler.unit == walk.file.station ?? record.station : first.handler.unit == lead
    return CaseFirstOrder(
      route: record.route.map(CaseRoute.rule) ?? .pair(topic: topic, department: lead), isFollowed: isFollowed,
      isReturned: first.isReturned)
  }
}

/// The first order of a case, as ``CaseRouteFigure`` counts it.
struct CaseFirstOrder: Hashable {
  var route: CaseRoute
  var isFollowed: Bool
  var isReturned: Bool
}
