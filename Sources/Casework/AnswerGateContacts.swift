internal import Text

/// Personal data in an answer, told apart from the telephone numbers offices publish.
extension AnswerGate {
  /// What the redactor would cut out. Published numbers, firms' codes and offices' accounts are nobody's. A landline
  /// announced as an office's is a finding of its own, as it would be cut out too, unless the message has it; the name
  /// of somebody in an office is a note.
  func personalData(_ text: AnswerGateText, _ matter: AnswerGateMatter) -> [AnswerGateFinding] {
    let spans = text.scalars.withUnsafeBufferPointer { scalars in
      text.sources.withUnsafeBufferPointer { PersonalData.spans(in: scalars, sources: $0) }
    }
    return spans.compactMap { span in
      switch span.kind {
      case .companyCode: return nil
      case .landline:
        let number = Self.digits(text.scalars[span.range])
        if isPublished(number) { return nil }
        let isOffice =
          isAnnounced(span.range, by: words.officeNumbers, text.scalars) && !matter.numbers.contains(number)
        return AnswerGateFinding(
          isOffice ? .officeNumber : .personalData, span: text.span(span.range), kind: span.kind)
      case .messenger where isAnnounced(span.range, by: words.officeAccounts, text.scalars): return nil
      case .name where isAnnounced(span.range, by: words.officePeople, text.scalars):
        return AnswerGateFinding(.personalData, .note, span: text.span(span.range), kind: span.kind)
      default: return AnswerGateFinding(.personalData, span: text.span(span.range), kind: span.kind)
      }
    }
  }

  /// With or without the area code.
  private func isPublished(_ number: String) -> Bool {
    words.published.contains(number) || (3...4).contains { words.published.contains(String(number.dropFirst($0))) }
  }

  /// Whether one of the words stands shortly before.
  private func isAnnounced(_ range: Range<Int>, by list: AnswerGateWordList, _ scalars: [UInt32]) -> Bool {
    let from = max(0, range.lowerBound - Self.reach)
    return !list.matches(in: scalars, from..<range.lowerBound).isEmpty
  }

  /// Scalars before a number in which it is announced: the second of two numbers stands behind the first.
  private static let reach = 20

  private static func digits(_ scalars: some Collection<UInt32>) -> String {
    String(String.UnicodeScalarView(scalars.filter(AnswerGateText.isDigit).compactMap { Unicode.Scalar($0) }))
  }
}
