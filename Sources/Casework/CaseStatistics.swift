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
    guard scope.period?.contains(moment) ?? true else { return }
    let sight: CaseSight
    do throws(CaseHistoryFault) {
      guard let seen = try CaseSight(record, clocks: clocks, calendar: calendar, asOf: scope.asOf) else { return }
      sight = seen
    } catch {
      count(unreadable: 1, first: record.id)
      return
    }
    wholes[sight.track, default: CaseTally()].add(sight.observations)
    for dimension in scope.dimensions where lists(dimension, of: sight.track) {
      guard dimension == .department else {
        let group = Group(track: sight.track, dimension: dimension, key: key(dimension, sight, moment))
        groups[group, default: CaseTally()].add(sight.observations)
        continue
      }
      // Each thing seen has a unit of its own, most often that of the one before it.
      var rest = sight.observations[...]
      while let first = rest.first {
        let own = rest.prefix { $0.unit == first.unit }
        let group = Group(track: sight.track, dimension: dimension, key: first.unit?.text)
        groups[group, default: CaseTally()].add(own)
        rest = rest.dropFirst(own.count)
      }
    }
    if let order = sight.firstOrder(stationTier: scope.stationTier) { count(order, on: sight.track) }
  }

  /// Takes in what was counted elsewhere of other cases, in the same scope.
  package mutating func add(_ other: CaseStatistics) {
    for (track, tally) in other.wholes { wholes[track, default: CaseTally()].add(tally) }
    for (group, tally) in other.groups { groups[group, default: CaseTally()].add(tally) }
    for (routing, figure) in other.routings {
      var own = routings[routing] ?? CaseRouteFigure(route: figure.route)
      own.ordered += figure.ordered
      own.followed += figure.followed
      own.returned += figure.returned
      routings[routing] = own
    }
    count(unreadable: other.unreadable, first: other.firstUnreadable)
  }

  func lists(_ dimension: CaseDimension, of track: Track) -> Bool {
    track == .ordinary || scope.listsSensitive || (dimension != .station && dimension != .topic)
  }

  private func key(_ dimension: CaseDimension, _ sight: CaseSight, _ moment: Int64) -> String? {
    switch dimension {
    case .month: CaseStatistics.month(of: moment)
    case .area: sight.region.map(scope.area)
    case .department: sight.walk.file.handler?.text
    case .topic: sight.topic.map(scope.topic)
    case .station: sight.station
    case .channel: sight.record.channel
    }
  }

  // MARK: counting

  mutating func count(_ observation: CaseObservation, times: Int = 1, on track: Track) {
    wholes[track, default: CaseTally()].add(observation, times: times)
  }

  mutating func count(
    _ observation: CaseObservation, times: Int = 1, on track: Track, by dimension: CaseDimension, _ key: String?
  ) {
    groups[Group(track: track, dimension: dimension, key: key), default: CaseTally()].add(observation, times: times)
  }

  mutating func count(_ order: CaseFirstOrder, on track: Track) {
    guard track == .ordinary || scope.listsSensitive else { return }
    var figure = routings[Routing(track: track, route: order.route)] ?? CaseRouteFigure(route: order.route)
    figure.ordered += 1
    if order.isFollowed {
      figure.followed += 1
      if order.isReturned { figure.returned += 1 }
    }
    routings[Routing(track: track, route: order.route)] = figure
  }

  fileprivate mutating func keepGroups(_ isKept: (CaseDimension, String?) -> Bool) {
    groups = groups.filter { isKept($0.key.dimension, $0.key.key) }
  }

  mutating func count(unreadable number: Int, first: Int?) {
    unreadable += number
    firstUnreadable = [firstUnreadable, first].compactMap(\.self).min()
  }

  /// `2025-07`, in China's time.
  package static func month(of moment: Int64) -> String {
    let date = CivilTime(moment)
    let year = String(date.year)
    let padding = String(repeating: "0", count: max(0, 4 - year.count))
    return padding + year + (date.month < 10 ? "-0" : "-") + String(date.month)
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

extension CaseStatistics {
  /// The same without what other units had of the cases of one: its figures are theirs to look at, not everybody's.
  package func only(unit: CaseHandler) -> CaseStatistics {
    var own = self
    own.keepGroups { $0 != .department || $1 == unit.text }
    return own
  }
}
