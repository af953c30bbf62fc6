package import Suggestions

extension CaseSheet {
  /// 流量: what one day brought and took away.
  package struct Day: Sendable, Hashable {
    /// Since 1970-01-01.
    package var day: Int
    package var received: Int
    /// Closings, of whatever month the case is; one that was reopened and closed again closed twice.
    package var closed: Int
  }

  /// - Parameter moment: which day a case counts as received on.
  package func flow(_ days: Range<Int>, _ track: Track, by moment: CaseMoment, reach: CaseReach) -> [Day] {
    let gate = Gate(reach, in: self)
    var flow = days.map { Day(day: $0, received: 0, closed: 0) }
    for (index, row) in rows.enumerated() where row.track == track && days.contains(row.day(moment)) {
      if gate.admits(index) { flow[row.day(moment) - days.lowerBound].received += 1 }
    }
    for turn in turns where turn.kind == .closed && days.contains(Int(turn.day)) {
      let index = Int(turn.row)
      if rows[index].track == track, gate.admits(index) { flow[Int(turn.day) - days.lowerBound].closed += 1 }
    }
    return flow
  }

  /// 积压天数: how many days cases have been open, in bands; the last has no end.
  package static let ages: [ClosedRange<Int>] = [
    0...1, 2...3, 4...7, 8...15, 16...30, 31...90, 91...Int(Int32.max),
  ]

  /// 积压: cases open at the end of a day, by how many days ago they came in, in the order of ``ages``. A case that was
  /// reopened has been open since it came in: its writer waits since then. By when they were written, cases that were
  /// taken in later count too, as somebody waited for them already.
  package func openAges(atEndOf day: Int, _ track: Track, by moment: CaseMoment, reach: CaseReach) -> [Int] {
    var counts = [Int](repeating: 0, count: CaseSheet.ages.count)
    for index in open(atEndOf: day, track, by: moment, Gate(reach, in: self)) {
      counts[CaseSheet.band(of: day - rows[index].day(moment))] += 1
    }
    return counts
  }

  /// Place in ``ages``.
  static func band(of age: Int) -> Int { ages.firstIndex { $0.contains(max(0, age)) } ?? 0 }

  func open(atEndOf day: Int, _ track: Track, by moment: CaseMoment, _ gate: Gate) -> [Int] {
    var next = 0
    var open: [Int] = []
    for (index, row) in rows.enumerated() {
      var isOpen = true
      while next < turns.count, turns[next].row <= UInt32(index) {
        if turns[next].day <= Int32(clamping: day) { isOpen = turns[next].kind == .opened }
        next += 1
      }
      guard isOpen, row.track == track, row.day(moment) <= day else { continue }
      if gate.admits(index) { open.append(index) }
    }
    return open
  }

  /// One field of topics × areas.
  package struct Crossing: Sendable, Hashable {
    /// Nil for none, as in groups.
    package var topic: String?
    package var area: String?
    package var cases: Int
  }

  /// 主题×地区: cases of the ordinary track; of the other one such a table could point to a person.
  package func crossings(_ scope: CaseStatistics.Scope, days: Range<Int>?, reach: CaseReach) -> [Crossing] {
    let (topics, areas) = (Keys(.topic, scope, in: self), Keys(.area, scope, in: self))
    var counts: [SIMD2<UInt32>: Int] = [:]
    for index in counted(days, scope.moment, Gate(reach, in: self)) where rows[index].track == .ordinary {
      counts[SIMD2(topics.number(of: rows[index]), areas.number(of: rows[index])), default: 0] += 1
    }
    return counts.map {
      Crossing(topic: topics.text($0.key.x, in: self), area: areas.text($0.key.y, in: self), cases: $0.value)
    }.sorted { ($0.topic ?? "~", $0.area ?? "~") < ($1.topic ?? "~", $1.area ?? "~") }
  }

  /// The last day a case is known to have been written on, other than the day it was taken in; nil for none.
  package func lastWritten(reach: CaseReach) -> Int? {
    let gate = Gate(reach, in: self)
    var last: Int32?
    for (index, row) in rows.enumerated() where row.submitted < row.received && row.submitted > last ?? .min {
      if gate.admits(index) { last = row.submitted }
    }
    return last.map { Int($0) }
  }

  /// Days with cases, first and last; nil for none. Days after the moment of the sheet are a slip of somebody's pen.
  package func span(_ moment: CaseMoment, reach: CaseReach) -> ClosedRange<Int>? {
    let gate = Gate(reach, in: self)
    let last = CivilTime(asOf).dayNumber
    var span: ClosedRange<Int>?
    for (index, row) in rows.enumerated() {
      let day = row.day(moment)
      guard day <= last, gate.admits(index) else { continue }
      span = min(span?.lowerBound ?? day, day)...max(span?.upperBound ?? day, day)
    }
    return span
  }
}
