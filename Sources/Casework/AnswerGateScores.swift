/// What people would say of an answer, as far as counting tells: two shares that rank answers, no verdicts.
///
/// Hand-set, nothing fitted: each part is n / (n + half), which is a half at `half` and never reaches 1, so no answer
/// gains by mere length for ever.
package struct AnswerGateScores: Sendable, Hashable {
  /// 完整: 0…1; how much is said beyond phrases and the message's own words, in how many sentences.
  package var complete: Double
  /// 解释: 0…1; the same against the length of the question, with grounds and figures.
  package var explains: Double

  init(_ substance: AnswerGateSubstance, _ matter: AnswerGateMatter) {
    let letters = Double(substance.letters)
    let said = Self.share(letters, half: 60)
    complete = 0.7 * said + 0.3 * Self.share(Double(substance.points), half: 2)
    let beside = Self.share(letters, half: 0.5 * Double(matter.letters) + 20)
    let grounds = Self.share(Double(substance.grounds), half: 2)
    let figures = Self.share(Double(substance.figures), half: 4)
    explains = 0.4 * said + 0.2 * beside + 0.2 * grounds + 0.2 * figures
  }

  private static func share(_ count: Double, half: Double) -> Double { count / (count + half) }
}
