/// 数: one figure with what it was made from. Shares and means are kept as whole numbers, so that they print alike
/// wherever they are made.
package enum DigestFigure: Sendable, Hashable {
  case count(Int)
  case share(Int, of: Int)
  /// A mean, a median or another quantile in whole seconds, and how many times it was made from; nil where there were none.
  case seconds(Int?, of: Int)

  /// Of counts the number itself.
  package var denominator: Int? {
    switch self {
    case .count: nil
    case .share(_, let whole), .seconds(_, let whole): whole
    }
  }

  /// From this many on a share or a time stands without a mark: as in the program's own statistics.
  package static let enough = 30

  package var isSmall: Bool { denominator.map { $0 > 0 && $0 < DigestFigure.enough } ?? false }
}

/// 指标: a figure's name, and what is counted of what.
package struct DigestIndicator: Sendable, Hashable {
  package enum Unit: String, Sendable {
    case count, share, seconds
  }

  package var name: DigestLabel
  package var definition: DigestLabel
  package var unit: Unit
  /// 时限 it speaks of; nil for none.
  package var clock: DigestLabel?

  package init(name: DigestLabel, definition: DigestLabel, unit: Unit, clock: DigestLabel? = nil) {
    self.name = name
    self.definition = definition
    self.unit = unit
    self.clock = clock
  }

  package var code: String { name.code ?? "" }
}

/// A value of this month beside those it is compared with; nil where the store has nothing of that month.
package struct DigestComparison<Value: Sendable & Hashable>: Sendable, Hashable {
  package var current: Value
  package var previous: Value?
  package var yearEarlier: Value?

  package init(_ current: Value, previous: Value? = nil, yearEarlier: Value? = nil) {
    self.current = current
    self.previous = previous
    self.yearEarlier = yearEarlier
  }

  package func map<Other>(_ change: (Value) -> Other) -> DigestComparison<Other> {
    DigestComparison<Other>(change(current), previous: previous.map(change), yearEarlier: yearEarlier.map(change))
  }
}
