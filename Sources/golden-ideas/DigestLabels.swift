import Casework
import Publishing
import Rules
import Suggestions

/// Names of the rule book and words for codes, as an issue keeps them: in both languages.
struct DigestLabels: Sendable {
  private let chinese: FigureWords
  private let english: FigureWords

  init(_ book: RuleBook) {
    chinese = FigureWords(names: BookNames(book: book, language: .zh), messages: Messages(language: .zh))
    english = FigureWords(names: BookNames(book: book, language: .en), messages: Messages(language: .en))
  }

  private func label(_ code: String?, _ name: (FigureWords) -> String) -> DigestLabel {
    DigestLabel(code, name(chinese), name(english))
  }

  /// A code that has one word in each language: a door, a kind, an act.
  func word(_ code: String) -> DigestLabel { label(code) { $0.messages.word(code) } }

  func group(_ key: String?, by dimension: CaseDimension) -> DigestLabel { label(key) { $0.name(of: key, by: dimension) } }

  func dimension(_ dimension: CaseDimension) -> DigestLabel { label(dimension.rawValue) { $0.messages.word(dimension) } }

  func topic(_ code: String?) -> DigestLabel? { code.map { code in label(code) { $0.names.topicPath(code) ?? code } } }
  func region(_ code: String?) -> DigestLabel? { code.map { code in label(code) { $0.names.region(code) ?? code } } }
  func station(_ code: String?) -> DigestLabel? { code.map { code in label(code) { $0.names.station(code) ?? code } } }
  func unit(_ handler: CaseHandler?) -> DigestLabel? { handler.map { unit in label(unit.text) { $0.names.unit(unit.text) } } }
  func outcome(_ outcome: CaseOutcome?) -> DigestLabel? { outcome.map { one in label(one.code) { $0.messages.word(one) } } }
  func moment(_ moment: ClockMoment) -> DigestLabel { label(moment.code) { $0.messages.word(moment) } }

  func indicator(_ indicator: CaseIndicator) -> DigestIndicator {
    let unit: DigestIndicator.Unit =
      switch indicator.unit {
      case .count: .count
      case .share: .share
      case .seconds: .seconds
      }
    return DigestIndicator(
      name: label(indicator.code) { $0.messages.word(indicator) },
      definition: label(indicator.code) { $0.messages.definition(indicator) }, unit: unit,
      clock: indicator.clock.map { clock in label(clock.code) { $0.messages.word(clock) } })
  }

  /// `1–7`, days of a month.
  func days(_ days: ClosedRange<Int>) -> DigestLabel {
    DigestLabel(
      "days-\(days.lowerBound)", "\(days.lowerBound)–\(days.upperBound) 日", "Days \(days.lowerBound)–\(days.upperBound)")
  }
}

extension DigestFigure {
  init(_ figure: CaseFigure) {
    let whole = figure.denominator ?? 0
    switch figure.indicator.unit {
    case .count: self = .count(figure.numerator)
    case .share: self = .share(figure.numerator, of: whole)
    case .seconds: self = .seconds(figure.value.map { Int($0.rounded()) }, of: whole)
    }
  }
}
