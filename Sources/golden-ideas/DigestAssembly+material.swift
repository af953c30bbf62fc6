import Casework
import Publishing
import Rules
import Store
import Suggestions

/// What was read, as the room that publishes knows it: names for codes, redacted texts, figures without their room.
extension DigestAssembly {
  func material(
    of parts: Parts, _ texts: [Int: (title: String, body: String)], _ state: DigestState
  ) -> DigestMaterial {
    let labels = DigestLabels(book)
    let wholes = parts.statistics.map { DigestAssembly.figures($0.whole()) }
    /// Of a month without a case there is nothing to compare with.
    func known(_ place: Int) -> [String: DigestFigure]? {
      wholes[place][CaseIndicator.received.code] == .count(0) ? nil : wholes[place]
    }
    return DigestMaterial(
      month: month, moment: moment.rawValue, asOf: asOf ?? state.at,
      indicators: CaseIndicator.all.map(labels.indicator),
      whole: DigestComparison(wholes[0], previous: known(1), yearEarlier: known(2)),
      breakdowns: DigestAssembly.dimensions.map { breakdown($0, parts.statistics, known(1) != nil, labels) },
      tallies: tallies(parts.tallies, labels), books: books(parts.tallies, labels),
      matters: matters(parts.candidates, texts), hot: hot(parts.hot, texts, labels),
      state: DigestStoreState(
        event: state.head.event, head: state.head.hash, submissions: state.submissions, rules: book.version))
  }

  private static func figures(_ figures: [CaseFigure]) -> [String: DigestFigure] {
    Dictionary(figures.map { ($0.indicator.code, DigestFigure($0)) }) { first, _ in first }
  }

  // MARK: counts

  /// The largest groups first; those of the month before are there too, so that the change of each can be told.
  private func breakdown(
    _ dimension: CaseDimension, _ statistics: [CaseStatistics], _ hasPrevious: Bool, _ labels: DigestLabels
  ) -> DigestBreakdown {
    let empty = DigestAssembly.figures(
      CaseStatistics(statistics[0].scope, clocks: settings.clocks, calendar: settings.calendar).whole())
    func groups(_ place: Int) -> [String?: [String: DigestFigure]] {
      Dictionary(statistics[place].groups(by: dimension).map { ($0.key, DigestAssembly.figures($0.figures)) }) {
        first, _ in first
      }
    }
    let (now, before) = (groups(0), groups(1))
    let rows = Set(now.keys).union(hasPrevious ? Set(before.keys) : []).map { key in
      DigestBreakdown.Group(
        name: labels.group(key, by: dimension), figures: now[key] ?? empty,
        previous: hasPrevious ? before[key] ?? empty : nil)
    }
    return DigestBreakdown(dimension: labels.dimension(dimension), groups: rows.sorted(by: DigestAssembly.isBefore))
  }

  private static func isBefore(_ left: DigestBreakdown.Group, _ right: DigestBreakdown.Group) -> Bool {
    func size(_ group: DigestBreakdown.Group) -> Int {
      if case .count(let count)? = group.figures[CaseIndicator.received.code] { return count }
      return 0
    }
    // What has no group comes last, however much it is.
    guard let one = left.name.code, let other = right.name.code else { return right.name.code == nil && left.name.code != nil }
    return size(left) == size(right) ? one < other : size(left) > size(right)
  }

  private func tallies(_ tallies: DigestTallies, _ labels: DigestLabels) -> [DigestTally] {
    let days = month.days
    let weeks = stride(from: 0, to: days.count, by: 7).map { first -> DigestTally.Row in
      let week = first...min(first + 6, days.count - 1)
      let count = tallies.counts.reduce(0) { $0 + (week.contains($1.key.day - days.lowerBound) ? $1.value : 0) }
      return DigestTally.Row(labels.days(week.lowerBound + 1...week.upperBound + 1), count)
    }
    func by(_ key: KeyPath<DigestTallies.Key, String>) -> [DigestTally.Row] {
      var counts: [String: Int] = [:]
      for (one, count) in tallies.counts { counts[one[keyPath: key], default: 0] += count }
      return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { DigestTally.Row(labels.word($0.key), $0.value) }
    }
    return [
      DigestTally(name: DigestLabel("weeks", "来件：各周", "Submissions by week"), rows: weeks),
      DigestTally(name: DigestLabel("channels", "来件：各渠道", "Submissions by channel"), rows: by(\.channel)),
      DigestTally(name: DigestLabel("acts", "来件：四随（规则判定）", "Submissions by act, as the rules judge"), rows: by(\.act)),
      DigestTally(name: DigestLabel("kinds", "来件：类别（规则判定）", "Submissions by kind, as the rules judge"), rows: by(\.kind)),
    ]
  }

  /// By the station of the verdict; where it has none, by what the book is named for.
  private func books(_ tallies: DigestTallies, _ labels: DigestLabels) -> [DigestBookRow] {
    var rows: [String: (label: DigestLabel, books: Set<String>, entries: Int)] = [:]
    for one in tallies.books {
      let name = one.source.hasPrefix("book:") ? String(one.source.dropFirst(5)) : one.source
      let code = book.stationNamed(name).map { book.stations[$0].code } ?? one.station
      let label = labels.station(code) ?? DigestLabel(name, name, name)
      var row = rows[label.code ?? ""] ?? (label, [], 0)
      row.books.formUnion(one.books.map { "\(one.source)/\($0)" })
      row.entries += one.entries
      rows[label.code ?? ""] = row
    }
    return rows.values.map { DigestBookRow(station: $0.label, books: $0.books.count, entries: $0.entries) }
      .sorted { ($1.entries, $0.station.code ?? "") < ($0.entries, $1.station.code ?? "") }
  }

  // MARK: cases

  private func matters(
    _ candidates: DigestCandidates, _ texts: [Int: (title: String, body: String)]
  ) -> [PublishableMatter] {
    candidates.all.compactMap { candidate in
      guard let text = texts[candidate.matter.id] else { return nil }
      var matter = candidate.matter
      matter.title = PublishableText(text.title)
      matter.body = PublishableText(text.body)
      matter.answer = PublishableText(candidate.answer)
      if matter.facts.isAnswered, !matter.answer.isEmpty {
        let places = [matter.facts.area, matter.facts.station].compactMap { $0?.chinese }
        let message = AnswerGateMessage(title: text.title, body: text.body, places: places)
        let scores = settings.gate.review(candidate.answer, to: message).scores
        matter.facts.answerQuality = Int(((scores.complete + scores.explains) * 50).rounded())
      }
      return matter
    }
  }

  private func hot(
    _ matters: [HotMatter], _ texts: [Int: (title: String, body: String)], _ labels: DigestLabels
  ) -> [PublishableHotMatter] {
    matters.compactMap { matter in
      guard let text = texts[matter.id] else { return nil }
      return PublishableHotMatter(
        id: matter.id, track: .ordinary, title: PublishableText(text.title.isEmpty ? text.body : text.title),
        topic: labels.topic(matter.topic), areas: matter.areas.compactMap { labels.region($0) },
        channels: matter.channels.map(labels.word), people: matter.people, before: matter.before, again: matter.again)
    }
  }
}
