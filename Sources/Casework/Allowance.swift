/// 时限: an amount of time in the unit it was promised in.
package struct Allowance: Sendable, Hashable {
  /// In which of the calendar's time it is counted.
  package enum Unit: UInt8, CaseIterable, Sendable {
    /// By the clock on the wall, day and night.
    case minutes = 0
    case hours = 1
    /// 日历日.
    case days = 2
    /// 工作日: whole days on which offices work, from midnight to midnight.
    case workingDays = 3
    /// Within office hours alone.
    case workingMinutes = 4
    case workingHours = 5

    package var code: String {
      switch self {
      case .minutes: "minutes"
      case .hours: "hours"
      case .days: "days"
      case .workingDays: "working days"
      case .workingMinutes: "working minutes"
      case .workingHours: "working hours"
      }
    }

    /// Seconds of its own time.
    package var seconds: Int64 {
      switch self {
      case .minutes, .workingMinutes: 60
      case .hours, .workingHours: 3600
      case .days, .workingDays: 86_400
      }
    }

    package var counting: CountedTime {
      switch self {
      case .minutes, .hours, .days: .always
      case .workingDays: .workingDays
      case .workingMinutes, .workingHours: .workingHours
      }
    }
  }

  package var amount: Int
  package var unit: Unit

  package init(_ amount: Int, _ unit: Unit) {
    self.amount = amount
    self.unit = unit
  }

  /// Reads `2 hours`, `1 working day`, `30 minutes`; nil for anything else and for more than ten thousand.
  package init?(_ text: String) {
    let words = text.split(separator: " ")
    guard words.count == 2 || words.count == 3, let amount = Int(words[0]), (0...10_000).contains(amount),
      words[0].first != "+"
    else { return nil }
    let name = words.dropFirst().joined(separator: " ")
    guard let unit = Unit.allCases.first(where: { $0.code == name || $0.code == name + "s" }) else { return nil }
    self.init(amount, unit)
  }

  package var text: String { amount == 1 ? "1 \(unit.code.dropLast())" : "\(amount) \(unit.code)" }

  /// Seconds of the time it is counted in.
  package var seconds: Int64 { Int64(amount) * unit.seconds }
}

/// Which part of the time a clock counts.
package enum CountedTime: UInt8, CaseIterable, Sendable {
  case always = 0
  case workingDays = 1
  case workingHours = 2
}
