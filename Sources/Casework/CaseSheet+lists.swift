package import Suggestions

/// Which cases stand behind a figure.
package struct CaseSheetFilter: Sendable, Hashable {
  package var track: Track = .ordinary
  package var moment: CaseMoment = .received
  /// Since 1970-01-01; nil for all time.
  package var days: Range<Int>?
  /// Code of a group; empty for what has none, nil for all.
  package var topic: String?
  package var area: String?
  package var station: String?
  package var channel: String?
  /// The unit it has; of an indicator the unit that is counted for it.
  package var unit: String?
  /// What it is counted in, and whether only what the numerator counts.
  package var indicator: CaseIndicator?
  package var isPart: Bool?
  /// Closed on that day.
  package var closedOn: Int?
  /// Open at the end of that day, for so long.
  package var openOn: Int?
  package var age: ClosedRange<Int>?

  package init() {}
}

extension CaseSheet {
  /// A case in the list behind a figure.
  package struct Listed: Sendable, Hashable {
    package var id: Int
    package var topic: String?
    package var region: String?
    package var channel: String?
    package var unit: String?
    package var state: CaseState
    /// Day it counts on, since 1970-01-01.
    package var day: Int
    /// How often an indicator's numerator and denominator count it; nil where none was asked for.
    package var parts: Int?
    package var wholes: Int?
  }

  /// The cases behind a figure by number, with how many there are in all.
  ///
  /// - Parameter number: those after this one only.
  package func list(
    _ filter: CaseSheetFilter, _ scope: CaseStatistics.Scope, reach: CaseReach, after number: Int, limit: Int
  ) -> (cases: [Listed], total: Int) {
    let gate = Gate(reach, in: self)
    var scope = scope
    scope.moment = filter.moment
    let tests = tests(filter, scope)
    var found: [Listed] = []
    var total = 0
    for index in candidates(filter, gate) {
      let row = rows[index]
      guard row.track == filter.track, tests.allSatisfy({ $0(row) }) else { continue }
      let marks = filter.indicator.map { self.marks(row, $0, filter) }
      if let marks, marks.wholes == 0 || (filter.isPart == true && marks.parts == 0)
        || (filter.isPart == false && marks.parts == marks.wholes)
      {
        continue
      }
      total += 1
      guard Int(row.id) > number, found.count < limit else { continue }
      found.append(
        Listed(
          id: Int(row.id), topic: text(row.topic), region: text(row.region), channel: text(row.channel),
          unit: text(row.unit), state: row.state, day: row.day(filter.moment), parts: marks?.parts,
          wholes: marks?.wholes))
    }
    return (found, total)
  }

  private func candidates(_ filter: CaseSheetFilter, _ gate: Gate) -> [Int] {
    if let day = filter.openOn {
      return open(atEndOf: day, filter.track, by: filter.moment, gate).filter {
        filter.age?.contains(max(0, day - rows[$0].day(filter.moment))) ?? true
      }
    }
    if let day = filter.closedOn {
      let closed = turns.filter { $0.kind == .closed && Int($0.day) == day }.map { Int($0.row) }
      return closed.reduce(into: [Int]()) { if $0.last != $1 { $0.append($1) } }.filter(gate.admits)
    }
    return counted(filter.days, filter.moment, gate)
  }

  private func tests(_ filter: CaseSheetFilter, _ scope: CaseStatistics.Scope) -> [(Row) -> Bool] {
    var tests: [(Row) -> Bool] = []
    let dimensions: [(CaseDimension, String?)] = [
      (.topic, filter.topic), (.area, filter.area), (.station, filter.station), (.channel, filter.channel),
    ]
    for (dimension, wanted) in dimensions {
      guard let wanted else { continue }
      let keys = Keys(dimension, scope, in: self)
      let number = keys.number(of: wanted, in: self)
      tests.append { keys.number(of: $0) == number }
    }
    if let unit = filter.unit, filter.indicator == nil {
      let number = known(unit)
      tests.append { $0.unit == number }
    }
    return tests
  }

  /// How often an indicator counts a case: in its numerator and in its denominator. Of a time every sample is both.
  private func marks(_ row: Row, _ indicator: CaseIndicator, _ filter: CaseSheetFilter) -> (parts: Int, wholes: Int) {
    var (parts, wholes) = (0, 0)
    let unit = filter.unit.map(known)
    for entry in patterns[Int(row.pattern)] {
      if let unit, unit != entry.unit { continue }
      switch entry.what {
      case .sample:
        guard CaseTally.Series(slot: Int(entry.slot))?.makes(indicator) ?? false else { continue }
        (parts, wholes) = (parts + 1, wholes + 1)
      case .count, .part, .whole:
        guard CaseIndicator.all[Int(entry.slot)] == indicator else { continue }
        wholes += 1
        if entry.what != .whole { parts += 1 }
      }
    }
    return (parts, wholes)
  }
}
