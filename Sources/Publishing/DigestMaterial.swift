/// 材料: everything an issue of a month is made of, as it is counted. Of the ordinary track alone. Nothing leaves from
/// here: what may leave is a ``DigestIssue``, in which small numbers are hidden and texts are chosen.
package struct DigestMaterial: Sendable, Hashable {
  package var month: DigestMonth
  /// 归期: `submitted` or `received`, which moment puts a case into a month.
  package var moment: String
  /// The moment the figures are of: that of the store's last event, so that the same store makes the same issue.
  package var asOf: Int64
  package var indicators: [DigestIndicator]
  /// By the code of the indicator. A month of which the store has no case is nil.
  package var whole: DigestComparison<[String: DigestFigure]>
  package var breakdowns: [DigestBreakdown]
  /// 来件: submissions by the week of the month, door, act and kind.
  package var tallies: [DigestTally]
  package var books: [DigestBookRow]
  package var matters: [PublishableMatter]
  package var hot: [PublishableHotMatter]
  package var state: DigestStoreState

  package init(
    month: DigestMonth, moment: String, asOf: Int64, indicators: [DigestIndicator],
    whole: DigestComparison<[String: DigestFigure]>, breakdowns: [DigestBreakdown] = [], tallies: [DigestTally] = [],
    books: [DigestBookRow] = [], matters: [PublishableMatter] = [], hot: [PublishableHotMatter] = [],
    state: DigestStoreState
  ) {
    self.month = month
    self.moment = moment
    self.asOf = asOf
    self.indicators = indicators
    self.whole = whole
    self.breakdowns = breakdowns
    self.tallies = tallies
    self.books = books
    self.matters = matters
    self.hot = hot
    self.state = state
  }

  /// Whether the month was over when the figures were made.
  package var isComplete: Bool { asOf >= month.moments.upperBound }
}

/// Which store an issue was made from, and by which rules.
package struct DigestStoreState: Sendable, Hashable {
  /// Number of the last event of the history, 0 before the first.
  package var event: Int
  /// Its hash, in hexadecimal digits.
  package var head: String
  package var submissions: Int
  /// Version of the rule book names and areas are from.
  package var rules: String

  package init(event: Int, head: String, submissions: Int, rules: String) {
    self.event = event
    self.head = head
    self.submissions = submissions
    self.rules = rules
  }
}

/// 分组: the cases told apart by one thing. Every case is in one group, so the groups add up to the whole.
package struct DigestBreakdown: Sendable, Hashable {
  package struct Group: Sendable, Hashable {
    package var name: DigestLabel
    package var figures: [String: DigestFigure]
    /// Nil where the store has nothing of the month before.
    package var previous: [String: DigestFigure]?

    package init(name: DigestLabel, figures: [String: DigestFigure], previous: [String: DigestFigure]? = nil) {
      self.name = name
      self.figures = figures
      self.previous = previous
    }
  }

  /// `area`, `department`, `topic`, `station`, `channel`.
  package var dimension: DigestLabel
  package var groups: [Group]

  package init(dimension: DigestLabel, groups: [Group]) {
    self.dimension = dimension
    self.groups = groups
  }
}

/// 计数: submissions of the month told apart by one thing.
package struct DigestTally: Sendable, Hashable {
  package struct Row: Sendable, Hashable {
    package var name: DigestLabel
    package var count: Int

    package init(_ name: DigestLabel, _ count: Int) {
      self.name = name
      self.count = count
    }
  }

  /// `weeks`, `channels`, `acts`, `kinds`.
  package var name: DigestLabel
  package var rows: [Row]

  package init(name: DigestLabel, rows: [Row]) {
    self.name = name
    self.rows = rows
  }
}

/// 意见簿: what was written on the wall of one station.
package struct DigestBookRow: Sendable, Hashable {
  package var station: DigestLabel
  package var books: Int
  package var entries: Int

  package init(station: DigestLabel, books: Int, entries: Int) {
    self.station = station
    self.books = books
    self.entries = entries
  }
}
