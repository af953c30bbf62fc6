package import Suggestions

/// 统计: figures about cases, for all of them and by groups, from nothing but their records: the same records give the
/// same figures, in whatever order they come. Holds counts and, for quantiles, four bytes a sample; a million cases
/// that nobody acted on take no more room than ten.
///
/// The tracks are kept apart. Groups of the sensitive one by station or topic, and its rules, could point to a person;
/// they are made only where that is asked for.
package struct CaseStatistics: Sendable {
  /// 统计口径: which cases, when, by what.
  package struct Scope: Sendable {
    /// 期间: cases whose ``CaseMoment`` lies in it; nil for all.
    package var period: Range<Int64>?
    package var moment: CaseMoment
    /// The moment the figures are of; seconds since 1970. Later acts are not seen, nor cases that came in later. What
    /// the machine says of a case, and how many submissions it stands for, is as it is now.
    package var asOf: Int64
    package var dimensions: Set<CaseDimension>
    package var listsSensitive: Bool
    /// The area a region is counted in, by code: its district, say.
    package var area: @Sendable (String) -> String
    /// The topic a topic is counted in: the one above it, say.
    package var topic: @Sendable (String) -> String
    /// Number of the tier of leads that are the keeper of the station the case came through; nil where there is none.
    package var stationTier: Int?

    package init(
      period: Range<Int64>? = nil, moment: CaseMoment = .received, asOf: Int64, dimensions: Set<CaseDimension> = [],
      listsSensitive: Bool = false, area: @escaping @Sendable (String) -> String = { $0 },
      topic: @escaping @Sendable (String) -> String = { $0 }, stationTier: Int? = nil
    ) {
      self.period = period
      self.moment = moment
      self.asOf = asOf
      self.dimensions = dimensions
      self.listsSensitive = listsSensitive
      self.area = area
      self.topic = topic
      self.stationTier = stationTier
    }
  }

  package let scope: Scope
  private let clocks: ClockBook
  private let calendar: WorkingCalendar

  /// Histories that cannot be read, which no figure has; `verify` says what is wrong with them.
  package private(set) var unreadable = 0
  /// Number of the first such case.
  package private(set) var firstUnreadable: Int?

  private var wholes: [Track: CaseTally] = [:]
  private var groups: [Group: CaseTally] = [:]
  private var routings: [Routing: CaseRouteFigure] = [:]

  private struct Group: Hashable {
    var track: Track
    var dimension: CaseDimension
    var key: String?
  }

  private struct Routing: Hashable {
    var track: Track
    var route: CaseRoute
  }

  package init(_ scope: Scope, clocks: ClockBook, calendar: WorkingCalendar) {
    self.scope = scope
    self.clocks = clocks
    self.calendar = calendar
  }

  /// Counts a case, if it is one of the period.
  package mutating func add(_ record: CaseRecord) {
    let moment = scope.moment == .submitted ? record.submittedAt ?? record.receivedAt : record.receivedAt
    guard !record.isMerged, record.receivedAt <= scope.asOf, scope.period?.contains(moment) ?? true else { return }
    let walk: CaseWalk
    do throws(CaseHistoryFault) {
      walk = try CaseWalk(seen(record.history), clocks: clocks, calendar: calendar, asOf: scope.asOf)
    } catch {
      unreadable += 1
      firstUnreadable = min(firstUnreadable ?? record.id, record.id)
      return
    }
    guard walk.file.state != .merged else { return }
    let track: Track = record.track == .sensitive || walk.file.track == .sensitive ? .sensitive : .ordinary
    let observations = walk.observations(of: record, asOf: scope.asOf)
    for observation in observations { wholes[track, default: CaseTally()].add(observation) }
    for dimension in scope.dimensions where lists(dimension, of: track) {
      let key = key(dimension, record, walk.file, moment)
      for observation in observations {
        let own = dimension == .department ? observation.unit?.text : key
        groups[Group(track: track, dimension: dimension, key: own), default: CaseTally()].add(observation)
      }
    }
    if track == .ordinary || scope.listsSensitive { addRoute(of: record, walk, track) }
  }

  /// The history as it was at the moment: up to the first act after it. Acts are numbered in the order they were
  /// written; one that says an earlier time than the one before it does not come before it.
  private func seen(_ history: CaseHistory) -> CaseHistory {
    guard history.events.contains(where: { $0.at > scope.asOf }) else { return history }
    return CaseHistory(history.opening, events: Array(history.events.prefix { $0.at <= scope.asOf }))
  }

  private func lists(_ dimension: CaseDimension, of track: Track) -> Bool {
    track == .ordinary || scope.listsSensitive || (dimension != .station && dimension != .topic)
  }

  private func key(
    _ dimension: CaseDimension, _ record: CaseRecord, _ file: CaseFile, _ moment: Int64
  ) -> String? {
    switch dimension {
    case .month: CaseStatistics.month(of: moment)
    case .area:
      (file.corrections.regions.map(\.first) ?? file.regions.first ?? record.region).map(scope.area)
    case .department: file.handler?.text
    case .topic: [file.topic, record.topic ?? ""].first { !$0.isEmpty }.map(scope.topic)
    case .station: file.station ?? record.station
    case .channel: record.channel
    }
  }

  /// `2025-07`, in China's time.
  package static func month(of moment: Int64) -> String {
    let date = CivilTime(moment)
    let year = String(date.year)
    let padding = String(repeating: "0", count: max(0, 4 - year.count))
    return padding + year + (date.month < 10 ? "-0" : "-") + String(date.month)
  }

  private mutating func addRoute(of record: CaseRecord, _ walk: CaseWalk, _ track: Track) {
    guard let first = walk.orders.first, let lead = first.lead?.unit ?? record.lead else { return }
    let topic = first.topic.isEmpty ? record.topic ?? "" : first.topic
    let route = record.route.map(CaseRoute.rule) ?? .pair(topic: topic, department: lead)
    let isKeepers = scope.stationTier != nil && first.lead?.tier == scope.stationTier
    let isFollowed =
      first.handler.isStation
      ? isKeepers && first.handler.unit == walk.file.station ?? record.station : first.handler.unit == lead
    var figure = routings[Routing(track: track, route: route)] ?? CaseRouteFigure(route: route)
    figure.ordered += 1
    if isFollowed {
      figure.followed += 1
      if first.isReturned { figure.returned += 1 }
    }
    routings[Routing(track: track, route: route)] = figure
  }

  // MARK: results

  /// All cases of a track: every indicator, in the order of ``CaseIndicator/all``.
  package func whole(_ track: Track = .ordinary) -> [CaseFigure] { (wholes[track] ?? CaseTally()).figures }

  /// The groups of a track, by code, what has none last. Empty for a dimension that was not asked for.
  package func groups(by dimension: CaseDimension, _ track: Track = .ordinary) -> [CaseGroup] {
    groups.filter { $0.key.track == track && $0.key.dimension == dimension }
      .map { CaseGroup(key: $0.key.key, figures: $0.value.figures) }
      .sorted { left, right in
        guard let first = left.key, let second = right.key else { return left.key != nil && right.key == nil }
        return first < second
      }
  }

  /// What proposed departments, that which was wrong most often first.
  package func routes(_ track: Track = .ordinary) -> [CaseRouteFigure] {
    routings.filter { $0.key.track == track }.map(\.value).sorted { left, right in
      left.misses == right.misses ? left.route.code < right.route.code : left.misses > right.misses
    }
  }
}
