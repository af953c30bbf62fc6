package import Suggestions

/// 时限种类. Stored by number.
package enum ClockKind: UInt8, CaseIterable, Sendable {
  /// 派单时限: the platform's own.
  case dispatch = 0
  /// 签收时限.
  case sign = 1
  /// 到场时限.
  case arrive = 2
  /// 处置时限.
  case resolve = 3
  /// 答复时限.
  case answer = 4
  /// 退单时限: a window that shuts, not a duty that is missed.
  case sendBack = 5
  /// 全程时限: from the writer's word to the result, whoever had it meanwhile.
  case whole = 6

  package var code: String {
    switch self {
    case .dispatch: "dispatch"
    case .sign: "sign"
    case .arrive: "arrive"
    case .resolve: "resolve"
    case .answer: "answer"
    case .sendBack: "return"
    case .whole: "whole"
    }
  }

  package var isWindow: Bool { self == .sendBack }
}

/// 起算: when a clock begins to run after its start.
package enum ClockBegin: UInt8, CaseIterable, Sendable {
  /// At the same moment.
  case moment = 0
  /// When offices are open: what comes in at night begins in the morning.
  case workingMoment = 1
  /// 次日: at the midnight after, so that the day of the start does not count.
  case nextDay = 2
  /// 次一工作日: at the beginning of the next working day.
  case nextWorkingDay = 3

  package var code: String {
    switch self {
    case .moment: "same moment"
    case .workingMoment: "next working moment"
    case .nextDay: "next day"
    case .nextWorkingDay: "next working day"
    }
  }
}

/// 届满: where the end of the time is put.
package enum ClockEnd: UInt8, CaseIterable, Sendable {
  /// Where it falls; for whole days, at 24:00 of the last.
  case exact = 0
  /// When offices close on the last day, should that be earlier.
  case close = 1
  /// 顺延: at the same time of the next working day, where the last day is a day off (Civil Code, article 203).
  case workingDay = 2

  package var code: String {
    switch self {
    case .exact: "exact"
    case .close: "close of business"
    case .workingDay: "working day"
    }
  }
}

/// 时限: one clock as data.
package struct ClockRule: Sendable, Hashable {
  /// How much a unit may be granted, and how often.
  package struct Extension: Sendable, Hashable {
    package var most: Allowance
    package var times: Int

    package init(most: Allowance, times: Int = 1) {
      self.most = most
      self.times = times
    }
  }

  package var kind: ClockKind
  package var within: Allowance
  package var start: ClockMoment
  /// The first of these that comes stops it.
  package var stops: [ClockMoment]
  package var begins: ClockBegin
  package var ends: ClockEnd
  /// What it stands still for, and for how long at most: no pause is without end.
  package var pauses: [PauseCause: Allowance]
  /// Nil where no more time can be granted.
  package var extra: Extension?

  package init(
    _ kind: ClockKind, within: Allowance, start: ClockMoment, stops: [ClockMoment], begins: ClockBegin = .moment,
    ends: ClockEnd = .exact, pauses: [PauseCause: Allowance] = [:], extra: Extension? = nil
  ) {
    self.kind = kind
    self.within = within
    self.start = start
    self.stops = stops
    self.begins = begins
    self.ends = ends
    self.pauses = pauses
    self.extra = extra
  }
}

/// Some clocks and the cases they are for.
package struct ClockSet: Sendable, Hashable {
  package var id: String
  /// 所依办法: whose practice it follows.
  package var model: String
  package var title: String
  package var titleEnglish: String
  /// Empty conditions hold for every case.
  package var kinds: Set<Kind> = []
  package var urgencies: Set<Urgency> = []
  package var tracks: Set<Track> = []
  /// Topics with everything below them.
  package var topics: [String] = []
  /// Regions with everything inside them.
  package var regions: Set<String> = []
  /// Days since 1970-01-01, both included.
  package var from: Int?
  package var until: Int?
  package var rules: [ClockRule]

  package init(
    id: String, model: String = "", title: String = "", titleEnglish: String = "", rules: [ClockRule]
  ) {
    self.id = id
    self.model = model
    self.title = title
    self.titleEnglish = titleEnglish
    self.rules = rules
  }

  /// How exactly the set names the case, nil where it does not fit: urgency before topic, region, track and kind, so
  /// that what a district says of potholes in general does not slow down the one somebody may fall into.
  func fit(_ file: CaseFile, on day: Int) -> [Int]? {
    guard from.map({ $0 <= day }) ?? true, until.map({ day <= $0 }) ?? true,
      kinds.isEmpty || kinds.contains(file.kind), urgencies.isEmpty || urgencies.contains(file.urgency),
      tracks.isEmpty || tracks.contains(file.track)
    else { return nil }
    let topic = topics.filter { file.topic.hasPrefix($0) }.map(\.count).max()
    if !topics.isEmpty, topic == nil { return nil }
    let region = file.regions.firstIndex { regions.contains($0) }
    if !regions.isEmpty, region == nil { return nil }
    return [
      urgencies.isEmpty ? 0 : 1, topic ?? 0, region.map { file.regions.count - $0 } ?? 0, tracks.isEmpty ? 0 : 1,
      kinds.isEmpty ? 0 : 1,
    ]
  }
}

/// 时限规则: what `rules/clocks.yaml` says.
package struct ClockBook: Sendable, Hashable {
  /// Which models are followed; the others are there to be compared with or switched to.
  package var inForce: [String]
  package var sets: [ClockSet]

  package init(inForce: [String], sets: [ClockSet]) {
    self.inForce = inForce
    self.sets = sets
  }

  /// The clocks of a case, one of each kind at most: each from the set that names the case most exactly and has it.
  /// Which sets are valid is decided on the day the round began, so that a new rule changes no promise given.
  package func rules(for file: CaseFile) -> [(set: ClockSet, rule: ClockRule)] {
    // 贡献、表扬: counted, never clocked.
    guard file.kind != .contribution, file.kind != .praise, let received = file.moments[.received] else { return [] }
    let day = WorkingCalendar.dayNumber(at: received)
    let fitting = sets.enumerated().compactMap { place, set -> (fit: [Int], place: Int, set: ClockSet)? in
      guard inForce.contains(set.model) else { return nil }
      return set.fit(file, on: day).map { ($0, place, set) }
    }.sorted { left, right in
      left.fit == right.fit ? left.place < right.place : right.fit.lexicographicallyPrecedes(left.fit)
    }
    return ClockKind.allCases.compactMap { kind in
      for candidate in fitting {
        if let rule = candidate.set.rules.first(where: { $0.kind == kind }) { return (candidate.set, rule) }
      }
      return nil
    }
  }

  /// Every clock of a case at a moment.
  package func readings(of file: CaseFile, on calendar: WorkingCalendar, asOf moment: Int64) -> [ClockReading] {
    let calendar = calendar.inside(file.regions)
    return rules(for: file).map {
      ClockReading(of: $0.rule, set: $0.set.id, in: file, on: calendar, asOf: moment)
    }
  }
}
