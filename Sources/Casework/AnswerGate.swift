internal import Text

/// 答复质量检查: looks at an answer before it goes out and says what a reader would miss in it.
///
/// It warns and never blocks: the clerk decides. Pure, and linear in the two texts: folding, one walk of each list of
/// words, sets of neighbouring characters; no regular expressions.
package struct AnswerGate: Sendable {
  let words: AnswerGateWords

  package init(_ words: AnswerGateWords) { self.words = words }

  /// - Parameter answer: as it would go out, before the redactor.
  /// - Returns: findings in the order of their codes, then of their places.
  package func review(_ answer: String, to message: AnswerGateMessage) -> AnswerGateReview {
    let text = AnswerGateText(answer)
    let matter = AnswerGateMatter(message, words)
    let substance = AnswerGateSubstance(of: text, beside: matter, words)
    var findings: [AnswerGateFinding] = []
    if let code = hollowness(substance) {
      // Whoever says nothing names nothing either: one warning for one fault.
      findings.append(AnswerGateFinding(code))
    } else {
      if let finding = place(text, matter) { findings.append(finding) }
      if let severity = matter.isMissed(in: text, words) { findings.append(AnswerGateFinding(.noMatter, severity)) }
    }
    findings += personalData(text, matter)
    findings += undatedPromises(text, matter)
    return AnswerGateReview(findings: findings, scores: AnswerGateScores(substance, matter))
  }

  /// What kind of nothing an answer says; nil when it says something.
  private func hollowness(_ substance: AnswerGateSubstance) -> AnswerGateFinding.Code? {
    if substance.beyondGreetings < words.shortest { return .empty }
    if substance.isHandedOn, substance.lettersWithBody < words.shortestHandedOn { return .handedOn }
    let isPhrases = substance.lettersWithMessage < words.shortestSaid || substance.lettersWithBody < words.shortest
    return isPhrases ? .template : nil
  }
}

/// What an answer is an answer to.
package struct AnswerGateMessage: Sendable, Hashable {
  package var title: String
  package var body: String
  /// The place as the case knows it: address, street, station. Read like the title.
  package var places: [String]

  package init(title: String, body: String, places: [String] = []) {
    self.title = title
    self.body = body
    self.places = places
  }
}

/// What the gate says of one answer.
package struct AnswerGateReview: Sendable, Hashable {
  package var findings: [AnswerGateFinding]
  package var scores: AnswerGateScores

  /// nil when there is nothing to say.
  package var severity: AnswerGateFinding.Severity? { findings.map(\.severity).max() }
}
