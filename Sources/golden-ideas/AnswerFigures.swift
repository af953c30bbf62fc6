import Casework
import Evaluation

/// What `eval answers` found.
struct AnswerFigures {
  struct Answer {
    var id: String
    var message: AnswerGateMessage
    var text: String
    /// What people said, where they did; any scale.
    var complete: Double?
    var explains: Double?
  }

  /// A score of the gate against people's.
  struct Agreement {
    var scored: Int
    /// Spearman's rank correlation; nil where there is nothing to rank.
    var correlation: Double?
    /// Share of the pairs people scored differently that the gate puts in their order.
    var ordered: Double?
  }

  /// How often the gate doubts that an answer belongs to its message.
  struct Doubt {
    /// Answers that say something.
    var answers = 0
    /// Doubted where they stand.
    var own = 0
    /// Doubted when dealt to the message half the file further on.
    var swapped = 0
  }

  let answers: [Answer]
  let reviews: [AnswerGateReview]
  private(set) var doubt = Doubt()

  init(_ answers: [Answer], by gate: AnswerGate) {
    self.answers = answers
    reviews = answers.map { gate.review($0.text, to: $0.message) }
    guard answers.count > 1 else { return }
    for (index, review) in reviews.enumerated() where !Self.isHollow(review) {
      let other = answers[(index + answers.count / 2) % answers.count].message
      doubt.answers += 1
      if Self.isDoubted(review) { doubt.own += 1 }
      if Self.isDoubted(gate.review(answers[index].text, to: other)) { doubt.swapped += 1 }
    }
  }

  /// Answers with a finding of this code, and of at least this severity.
  func count(_ code: AnswerGateFinding.Code, from severity: AnswerGateFinding.Severity = .note) -> Int {
    reviews.count { $0.findings.contains { $0.code == code && $0.severity >= severity } }
  }

  /// Answers with a finding that is more than a note.
  var warned: Int { reviews.count { ($0.severity ?? .note) > .note } }

  var complete: Agreement { agreement(\.complete, \.complete) }
  var explains: Agreement { agreement(\.explains, \.explains) }

  /// Numbers of the answers from the lowest sum of both scores up, in the order of the file where equal.
  func lowest(_ count: Int) -> [Int] {
    func sum(_ index: Int) -> Double { reviews[index].scores.complete + reviews[index].scores.explains }
    return Array(answers.indices.sorted { (sum($0), $0) < (sum($1), $1) }.prefix(max(0, count)))
  }

  private func agreement(
    _ people: KeyPath<Answer, Double?>, _ gate: KeyPath<AnswerGateScores, Double>
  ) -> Agreement {
    var (said, scores): ([Double], [Double]) = ([], [])
    for (answer, review) in zip(answers, reviews) {
      guard let label = answer[keyPath: people] else { continue }
      said.append(label)
      scores.append(review.scores[keyPath: gate])
    }
    return Agreement(
      scored: said.count, correlation: RankCorrelation.spearman(scores, said),
      ordered: RankCorrelation.concordance(scores, said))
  }

  private static func isHollow(_ review: AnswerGateReview) -> Bool {
    review.findings.contains { [.empty, .template, .handedOn].contains($0.code) }
  }

  private static func isDoubted(_ review: AnswerGateReview) -> Bool {
    review.findings.contains { [.noMatter, .noPlace, .otherPlace].contains($0.code) && $0.severity > .note }
  }
}
