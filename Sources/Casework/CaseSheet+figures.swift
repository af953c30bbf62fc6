internal import Suggestions

extension CaseSheet {
  /// The figures of a period and a reach, as ``CaseStatistics`` makes them from the records themselves.
  ///
  /// - Parameters:
  ///   - days: since 1970-01-01; nil for all time. Goes before the scope's own period.
  ///   - scope: its moment, dimensions and names of areas and topics; `asOf` is the sheet's.
  package func statistics(
    _ scope: CaseStatistics.Scope, days: Range<Int>?, reach: CaseReach = .everything
  ) -> CaseStatistics {
    var scope = scope
    scope.asOf = asOf
    var statistics = CaseStatistics(scope, clocks: clocks, calendar: calendar)
    let unreadable = unreadable.filter {
      days?.contains(scope.moment == .submitted ? $0.submitted : $0.received) ?? true
    }
    statistics.count(unreadable: unreadable.count, first: unreadable.first?.id)
    let gate = Gate(reach, in: self)
    let counted = counted(days, scope.moment, gate)
    for track in Track.allCases {
      let own = counted.filter { rows[$0].track == track }
      statistics.count(sums(own) { _ in 0 }, on: track, in: self)
      for dimension in scope.dimensions where statistics.lists(dimension, of: track) {
        let keys = Keys(dimension, scope, in: self)
        statistics.count(sums(own) { keys.number(of: $0) }, on: track, by: dimension, keys, in: self)
      }
    }
    for (row, order) in orders where isCounted(Int(row), days, scope.moment, gate) {
      statistics.count(order, on: rows[Int(row)].track)
    }
    return statistics
  }

  private func isCounted(_ index: Int, _ days: Range<Int>?, _ moment: CaseMoment, _ gate: Gate) -> Bool {
    days?.contains(rows[index].day(moment)) ?? true && gate.admits(index)
  }

  /// Rows of the period that the reach has.
  func counted(_ days: Range<Int>?, _ moment: CaseMoment, _ gate: Gate) -> [Int] {
    rows.indices.filter { isCounted($0, days, moment, gate) }
  }

  /// How many cases of a group look the same, and what they stand for together.
  struct Sum {
    var cases = 0
    var submissions = 0
    var support = 0
  }

  struct Alike: Hashable {
    var key: UInt32
    var pattern: UInt32
  }

  private func sums(_ indices: [Int], _ key: (Row) -> UInt32) -> [Alike: Sum] {
    var sums: [Alike: Sum] = [:]
    for index in indices {
      let row = rows[index]
      sums[Alike(key: key(row), pattern: row.pattern), default: Sum()].take(row)
    }
    return sums
  }

  /// What a pattern says, with the sums of those it is said of.
  func observation(_ entry: Entry, _ sum: Sum) -> (seen: CaseObservation, times: Int)? {
    let indicator = CaseIndicator.all[Int(entry.slot)]
    switch entry.what {
    case .count:
      let count = indicator == .submissions ? sum.submissions : indicator == .support ? sum.support : sum.cases
      return (CaseObservation(what: .count(indicator, count)), 1)
    case .whole: return (CaseObservation(what: .share(indicator, isPart: false)), sum.cases)
    case .part: return (CaseObservation(what: .share(indicator, isPart: true)), sum.cases)
    case .sample:
      return CaseTally.Series(slot: Int(entry.slot)).map {
        (CaseObservation(what: .sample($0, Int64(entry.seconds))), sum.cases)
      }
    }
  }

  /// What groups are called, for each of a sheet's codes.
  struct Keys {
    private let dimension: CaseDimension
    private let moment: CaseMoment
    /// The group each code is counted in.
    private var names: [String?] = []
    private var numbers: [UInt32] = []

    init(_ dimension: CaseDimension, _ scope: CaseStatistics.Scope, in sheet: CaseSheet) {
      self.dimension = dimension
      moment = scope.moment
      guard dimension == .area || dimension == .topic else { return }
      var known: [String: UInt32] = [:]
      for (number, text) in sheet.texts.enumerated() {
        let name = number == 0 ? nil : dimension == .area ? scope.area(text) : scope.topic(text)
        names.append(name)
        // The first code of a group stands for it.
        numbers.append(name.map { known[$0] ?? UInt32(number) } ?? 0)
        if let name, known[name] == nil { known[name] = UInt32(number) }
      }
    }

    func number(of row: Row) -> UInt32 {
      switch dimension {
      case .area: numbers[Int(row.region)]
      case .topic: numbers[Int(row.topic)]
      case .station: row.station
      case .channel: row.channel
      // Each thing seen has a unit of its own.
      case .department: 0
      case .month: CaseSheet.month(row.day(moment))
      }
    }

    /// Of a group's code, empty for none; nil for one no case has.
    func number(of name: String, in sheet: CaseSheet) -> UInt32? {
      guard dimension == .area || dimension == .topic else { return sheet.known(name) }
      return name.isEmpty ? 0 : names.firstIndex { $0 == name }.map { numbers[$0] }
    }

    func text(_ number: UInt32, in sheet: CaseSheet) -> String? {
      switch dimension {
      case .area, .topic: names[Int(number)]
      case .station, .channel, .department: sheet.text(number)
      case .month: CaseStatistics.month(of: WorkingCalendar.start(of: CaseSheet.firstDay(ofMonth: number)))
      }
    }
  }

  /// Which rows a reach has.
  struct Gate {
    /// By track and number of the region's code.
    private var regions = [[Bool]](repeating: [], count: Track.allCases.count)
    /// By track, those of units.
    private var rows = [Set<UInt32>](repeating: [], count: Track.allCases.count)
    private let sheet: CaseSheet

    init(_ reach: CaseReach, in sheet: CaseSheet) {
      self.sheet = sheet
      for (track, parts) in reach.parts {
        var admitted = [Bool](repeating: false, count: sheet.texts.count)
        for part in parts where part.unit == nil {
          for number in admitted.indices where !admitted[number] {
            admitted[number] = sheet.lies(UInt32(number), in: part.regions)
          }
        }
        regions[Int(track.rawValue)] = admitted
        var own: Set<UInt32> = []
        for part in parts {
          guard let unit = part.unit.flatMap({ sheet.known($0.text) }) else { continue }
          for holding in sheet.holdings where holding.unit == unit {
            if sheet.lies(sheet.rows[Int(holding.row)].region, in: part.regions) { own.insert(holding.row) }
          }
        }
        rows[Int(track.rawValue)] = own
      }
    }

    func admits(_ index: Int) -> Bool {
      let row = sheet.rows[index]
      let track = Int(row.track.rawValue)
      guard !regions[track].isEmpty else { return false }
      return regions[track][Int(row.region)] || rows[track].contains(UInt32(index))
    }
  }

  /// Months since the year 0.
  static func month(_ day: Int) -> UInt32 {
    let date = CivilTime(WorkingCalendar.start(of: day))
    return UInt32(clamping: date.year * 12 + date.month - 1)
  }

  private static func firstDay(ofMonth number: UInt32) -> Int {
    CivilTime.dayNumber(year: Int(number / 12), month: Int(number % 12) + 1, day: 1) ?? 0
  }

  /// Whether a region lies in one of these; in all of the city where there are none.
  private func lies(_ region: UInt32, in regions: Set<String>) -> Bool {
    regions.isEmpty || !regions.isDisjoint(with: paths[region] ?? [])
  }
}

extension CaseSheet.Sum {
  mutating func take(_ row: CaseSheet.Row) {
    cases += 1
    submissions += Int(row.submissions)
    support += Int(row.support)
  }
}

extension CaseReach {
  /// Every case of every track, for figures that nobody looks at directly.
  package static let everything = CaseReach(
    Dictionary(uniqueKeysWithValues: Track.allCases.map { ($0, [.everything]) }))
}

extension CaseStatistics {
  fileprivate mutating func count(
    _ sums: [CaseSheet.Alike: CaseSheet.Sum], on track: Track, in sheet: CaseSheet
  ) {
    for (alike, sum) in sums {
      for entry in sheet.patterns[Int(alike.pattern)] {
        if let (seen, times) = sheet.observation(entry, sum) { count(seen, times: times, on: track) }
      }
    }
  }

  fileprivate mutating func count(
    _ sums: [CaseSheet.Alike: CaseSheet.Sum], on track: Track, by dimension: CaseDimension, _ keys: CaseSheet.Keys,
    in sheet: CaseSheet
  ) {
    for (alike, sum) in sums {
      for entry in sheet.patterns[Int(alike.pattern)] {
        guard let (seen, times) = sheet.observation(entry, sum) else { continue }
        let key = keys.text(dimension == .department ? entry.unit : alike.key, in: sheet)
        count(seen, times: times, on: track, by: dimension, key)
      }
    }
  }
}
