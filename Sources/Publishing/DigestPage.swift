/// 版面: an issue as a template is filled in with it.
struct DigestPage: Sendable {
  let issue: DigestIssue
  let seal: DigestSeal
  let style: String

  /// 时限: what is said of one clock.
  struct Clock: Sendable {
    var name: DigestLabel
    var headlines: [DigestIssue.Headline]

    func headline(_ kind: String) -> DigestIssue.Headline? {
      headlines.first { $0.indicator.code.hasPrefix(kind + ".") }
    }
  }

  var headlines: [DigestIssue.Headline] { issue.headlines.filter { $0.indicator.clock == nil } }

  /// Those that ran at all.
  var clocks: [Clock] {
    var clocks: [Clock] = []
    for headline in issue.headlines {
      guard let name = headline.indicator.clock else { continue }
      if let place = clocks.firstIndex(where: { $0.name == name }) {
        clocks[place].headlines.append(headline)
      } else {
        clocks.append(Clock(name: name, headlines: [headline]))
      }
    }
    return clocks.filter { clock in
      clock.headlines.contains { $0.cell == .hidden || $0.cell.figure?.denominator ?? 0 > 0 }
    }
  }

  func items(_ section: DigestSection) -> [DigestIssue.Item] {
    issue.sections.first { $0.section == section }?.items ?? []
  }

  func table(_ code: String) -> DigestIssue.Table? {
    (issue.tables + issue.tallies).first { $0.name.code == code && !$0.rows.isEmpty }
  }

  var title: DigestLabel {
    guard issue.title.isEmpty else { return DigestLabel(nil, issue.title.text, issue.title.text) }
    let (chinese, english) = (DigestWords(language: .zh), DigestWords(language: .en))
    return DigestLabel(
      nil, "金点子月报 \(chinese.month(issue.month))", "Golden Ideas, monthly digest, \(english.month(issue.month))")
  }
}

/// A line of text in a list.
struct DigestLine: Sendable {
  var text: String
}

extension DigestPlaces {
  mutating func lines(_ name: String, _ lines: @escaping @Sendable (Element, DigestWords) -> [String]) {
    let places = DigestPlaces<DigestLine> { $0.text("text") { line, _ in line.text } }
    list(name, places) { element, words in lines(element, words).map { DigestLine(text: $0) } }
  }
}
