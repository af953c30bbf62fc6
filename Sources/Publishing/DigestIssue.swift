/// 一期: what may leave the house of a month: figures without small numbers, chosen cases, the editor's words. Every
/// format is made from it and from nothing else.
package struct DigestIssue: Sendable, Hashable {
  package struct Headline: Sendable, Hashable {
    package var indicator: DigestIndicator
    package var cell: DigestCell
    package var previous: DigestCell
    package var yearEarlier: DigestCell

    package var monthly: DigestChange? { DigestChange(cell, from: previous) }
    package var yearly: DigestChange? { DigestChange(cell, from: yearEarlier) }
  }

  package struct Table: Sendable, Hashable {
    package struct Row: Sendable, Hashable {
      package var name: DigestLabel
      /// One for each column.
      package var cells: [DigestCell]
      /// Of the first column.
      package var change: DigestChange?
    }

    package var name: DigestLabel
    package var columns: [DigestIndicator]
    package var rows: [Row]
    package var total: Row
  }

  package struct Item: Sendable, Hashable {
    /// With the editor's words.
    package var choice: DigestSelection.Choice
    package var isRewritten: Bool

    package var matter: PublishableMatter { choice.matter }
    /// 附议: nil where it is a small number.
    package var support: Int? { matter.facts.support >= SmallCells.least ? matter.facts.support : nil }
  }

  package struct Section: Sendable, Hashable {
    package var section: DigestSection
    package var items: [Item]
  }

  package struct Hot: Sendable, Hashable {
    package var matter: PublishableHotMatter
    /// Nil where they are small numbers.
    package var people: Int? { matter.people >= SmallCells.least ? matter.people : nil }
    package var before: Int? { SmallCells.isSmall(matter.before) ? nil : matter.before }
  }

  /// 红黑榜: units by the share they answered in time.
  package struct Standings: Sendable, Hashable {
    package struct Unit: Sendable, Hashable {
      package var name: DigestLabel
      package var figure: DigestFigure
    }

    package var first: [Unit]
    package var last: [Unit]
  }

  package var title: PublishableText
  package var number: PublishableText
  package var foreword: PublishableText
  package var month: DigestMonth
  package var moment: String
  package var asOf: Int64
  package var isComplete: Bool
  /// Months it would be compared with of which the store has nothing.
  package var missing: [DigestMonth]
  package var headlines: [Headline]
  package var tables: [Table]
  /// Submissions by week, door, act and kind; entries by station.
  package var tallies: [Table]
  package var sections: [Section]
  package var hot: [Hot]
  /// Nil where the house wants none.
  package var standings: Standings?
  package var calls: [DigestCall]
  package var state: DigestStoreState

  /// Numbers of all cases in it, for the notes of the house and the feeds.
  package var cases: [Int] { Set(sections.flatMap { $0.items.map(\.matter.id) } + hot.map(\.matter.id)).sorted() }
}

/// 征集: what the next month asks people about.
package struct DigestCall: Sendable, Hashable {
  /// As the editor wrote it, or the topic it is about.
  package var text: DigestLabel
  /// Why the figures propose it; nil for the editor's own.
  package var reason: DigestLabel?

  package init(_ text: DigestLabel, reason: DigestLabel? = nil) {
    self.text = text
    self.reason = reason
  }
}
