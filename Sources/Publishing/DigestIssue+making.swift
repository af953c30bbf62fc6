internal import Suggestions

extension DigestIssue {
  /// Columns of the tables by area, department, topic, station and door, as far as the material has them.
  static let columns = [
    "received", "submissions", "closed", "on-time.answer", "used-median.answer", "solved", "satisfied", "returned",
  ]

  /// Hides the small numbers, chooses the cases, lays the editor's work over both.
  package init(
    _ material: DigestMaterial, by rule: DigestSelection = DigestSelection(), edited editing: DigestEditing = DigestEditing()
  ) throws(DigestEditingFault) {
    let matters = Set(material.matters.map(\.id))
    let known = matters.union(material.hot.map(\.id))
    let unknown = Set(editing.pins).subtracting(matters)
      .union(Set(editing.order + Array(editing.rewrites.keys)).subtracting(known))
    guard unknown.isEmpty else { throw DigestEditingFault(unknown: unknown.sorted()) }
    title = PublishableText(editing.title ?? "")
    number = PublishableText(editing.number ?? "")
    foreword = PublishableText(editing.foreword ?? "")
    month = material.month
    moment = material.moment
    asOf = material.asOf
    isComplete = material.isComplete
    missing =
      (material.whole.previous == nil ? [material.month.previous] : [])
      + (material.whole.yearEarlier == nil ? [material.month.yearEarlier] : [])
    headlines = DigestIssue.headlines(material)
    tables = material.breakdowns.map { DigestIssue.table($0, material) }
    tallies = DigestIssue.tallies(material)
    sections = DigestIssue.sections(material.matters, rule, editing)
    let dropped = Set(editing.drops)
    hot = material.hot.filter { !dropped.contains($0.id) }.map { matter in
      var matter = matter
      if let title = editing.rewrites[matter.id]?.title { matter.title = PublishableText(title) }
      return Hot(matter: matter)
    }
    standings = editing.hasStandings ? DigestIssue.standings(tables) : nil
    calls =
      editing.calls.map { lines in
        lines.map { line in
          let text = PublishableText(line).text
          return DigestCall(DigestLabel(nil, text, text))
        }
      } ?? DigestIssue.calls(tables)
    state = material.state
  }

  // MARK: figures

  private static func headlines(_ material: DigestMaterial) -> [Headline] {
    material.indicators.map { indicator in
      let cells = material.whole.map { DigestCell(alone: $0[indicator.code]) }
      return Headline(
        indicator: indicator, cell: cells.current, previous: cells.previous ?? .missing,
        yearEarlier: cells.yearEarlier ?? .missing)
    }
  }

  private static func table(_ breakdown: DigestBreakdown, _ material: DigestMaterial) -> Table {
    let columns = columns.compactMap { code in material.indicators.first { $0.code == code } }
    let groups = breakdown.groups
    func weights(_ code: String) -> [Int] { groups.map { DigestCell.weight($0.figures[code]) } }
    // A row that speaks of few cases says nothing at all; the columns then hide what would give it away.
    let few = SmallCells.hidden(weights("received"))
    let hidden = columns.map { SmallCells.hidden(weights($0.code), with: few) }
    let before = groups.map { DigestCell.weight($0.previous?["received"]) }
    let hiddenBefore = SmallCells.hidden(before)
    let rows = groups.enumerated().map { place, group in
      let cells = columns.enumerated().map { column, indicator in
        hidden[column].contains(place) ? .hidden : group.figures[indicator.code].map(DigestCell.shown) ?? .missing
      }
      let earlier = hiddenBefore.contains(place) ? nil : group.previous?["received"].map(DigestCell.shown)
      return Table.Row(name: group.name, cells: cells, change: cells.first.flatMap { DigestChange($0, from: earlier) })
    }
    let total = columns.map { DigestCell(alone: material.whole.current[$0.code]) }
    let earlier = material.whole.previous.map { DigestCell(alone: $0["received"]) }
    return Table(
      name: breakdown.dimension, columns: columns, rows: rows,
      total: Table.Row(name: .total, cells: total, change: total.first.flatMap { DigestChange($0, from: earlier) }))
  }

  private static func tallies(_ material: DigestMaterial) -> [Table] {
    var tables = material.tallies.map { tally in
      table(tally.name, [.submissions], tally.rows.map { ($0.name, [$0.count]) })
    }
    if !material.books.isEmpty {
      tables.append(
        table(
          DigestLabel("books", "各驿站意见簿", "Opinion books by station"), [.entries, .books],
          material.books.map { ($0.station, [$0.entries, $0.books]) }))
    }
    return tables
  }

  /// Counts of one population: the first column hides the small ones, the others follow it. How many books there are
  /// says nothing about anybody, so of them only the row's own hiding counts.
  private static func table(_ name: DigestLabel, _ columns: [DigestIndicator], _ rows: [(DigestLabel, [Int])]) -> Table {
    let hidden = SmallCells.hidden(rows.map { $0.1.first ?? 0 })
    let shown = rows.enumerated().map { place, row in
      Table.Row(
        name: row.0, cells: row.1.map { hidden.contains(place) ? .hidden : .shown(.count($0)) }, change: nil)
    }
    let sums = columns.indices.map { column in rows.reduce(0) { $0 + $1.1[column] } }
    return Table(
      name: name, columns: columns, rows: shown,
      total: Table.Row(name: .total, cells: sums.map { DigestCell(alone: .count($0)) }, change: nil))
  }

  // MARK: cases

  private static func sections(
    _ matters: [PublishableMatter], _ rule: DigestSelection, _ editing: DigestEditing
  ) -> [Section] {
    let dropped = Set(editing.drops)
    let open = matters.filter { !dropped.contains($0.id) }
    let pinned = editing.pins.compactMap { id in open.first { $0.id == id } }
    var taken = Set(pinned.map(\.id))
    return DigestSection.allCases.map { section in
      let own = pinned.filter { DigestSection(of: $0) == section }.map { matter in
        DigestSelection.Choice(matter: matter, reasons: rule.reasons(for: matter, in: section), isPinned: true)
      }
      var rest = rule
      rest.places[section] = max(0, rule.places[section, default: 0] - own.count)
      let chosen = rest.choose(section, from: open.filter { !taken.contains($0.id) })
      taken.formUnion(chosen.map(\.matter.id))
      let items = ordered(own + chosen, editing.order).map { edited($0, editing) }
      return Section(section: section, items: items)
    }
  }

  private static func ordered(
    _ choices: [DigestSelection.Choice], _ order: [Int]
  ) -> [DigestSelection.Choice] {
    let places = Dictionary(order.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
    return choices.enumerated().sorted { left, right in
      (places[left.element.matter.id] ?? order.count, left.offset)
        < (places[right.element.matter.id] ?? order.count, right.offset)
    }.map(\.element)
  }

  private static func edited(_ choice: DigestSelection.Choice, _ editing: DigestEditing) -> Item {
    guard let rewrite = editing.rewrites[choice.matter.id] else { return Item(choice: choice, isRewritten: false) }
    var choice = choice
    choice.matter = choice.matter.rewritten(
      title: rewrite.title.map { PublishableText($0) }, body: rewrite.text.map { PublishableText($0) })
    return Item(choice: choice, isRewritten: true)
  }

  // MARK: standings and calls

  /// From so many units on there is a first and a last.
  private static let fewestUnits = 4

  private static func standings(_ tables: [Table]) -> Standings {
    guard let table = tables.first(where: { $0.name.code == "department" }),
      let column = table.columns.firstIndex(where: { $0.code == "on-time.answer" })
    else { return Standings(first: [], last: []) }
    let units = table.rows.compactMap { row -> (unit: Standings.Unit, share: (Int, Int))? in
      guard row.name.code != nil, let figure = row.cells[column].figure, case .share(let part, let whole) = figure,
        whole >= DigestFigure.enough
      else { return nil }
      return (Standings.Unit(name: row.name, figure: figure), (part, whole))
    }.sorted { left, right in
      let (one, other) = (left.share.0 * right.share.1, right.share.0 * left.share.1)
      return one == other ? (left.unit.name.code ?? "") < (right.unit.name.code ?? "") : one > other
    }.map(\.unit)
    guard units.count >= fewestUnits else { return Standings(first: [], last: []) }
    let count = min(3, units.count / 2)
    return Standings(first: Array(units.prefix(count)), last: units.suffix(count).reversed())
  }

  /// Topics that grew most since the month before; without one, those with most cases.
  private static func calls(_ tables: [Table]) -> [DigestCall] {
    guard let table = tables.first(where: { $0.name.code == "topic" }) else { return [] }
    let rows = table.rows.compactMap { row -> (row: Table.Row, now: Int, growth: Int?)? in
      guard row.name.code != nil, case .count(let now)? = row.cells.first?.figure else { return nil }
      guard case .count(let growth, _)? = row.change else { return (row, now, nil) }
      return (row, now, growth)
    }
    let grown = rows.filter { $0.growth ?? 0 > 0 }
    let proposed =
      rows.contains { $0.growth != nil }
      ? grown.sorted { (($1.growth ?? 0), $1.now) < (($0.growth ?? 0), $0.now) }
      : rows.sorted { $1.now < $0.now }
    return proposed.prefix(3).map { entry in
      let reason =
        entry.growth.map { growth in
          DigestLabel("growth", "本月 \(entry.now) 件，比上月多 \(growth) 件", "\(entry.now) cases, \(growth) more than the month before")
        } ?? DigestLabel("count", "本月 \(entry.now) 件", "\(entry.now) cases")
      return DigestCall(entry.row.name, reason: reason)
    }
  }
}

extension DigestLabel {
  static let total = DigestLabel("total", "合计", "All")
}

extension DigestIndicator {
  static let submissions = DigestIndicator(
    name: DigestLabel("submissions", "来件", "Submissions"),
    definition: DigestLabel(
      "submissions", "本月的来件条数，相同的也算；按来件自己的日期", "submissions of the month, repeated ones too, by their own date"),
    unit: .count)
  static let entries = DigestIndicator(
    name: DigestLabel("entries", "条数", "Entries"),
    definition: DigestLabel("entries", "本月写在意见簿上的条数", "entries written in opinion books in the month"), unit: .count)
  static let books = DigestIndicator(
    name: DigestLabel("books", "簿数", "Books"),
    definition: DigestLabel("books", "这些条目来自几本簿", "how many books they stand in"), unit: .count)
}
