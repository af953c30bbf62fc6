import Evaluation
import Rules
import Suggestions

/// Rules proposed from what people decided, and how far they would help: the command line's and the console's.
struct DecisionLearning {
  static let file = "keywords/90-decisions.yaml"
  /// Fewer decisions than this are not divided.
  private static let leastForFolds = 20
  private static let foldCount = 5

  private let files: [RuleFile]
  private let asOf: Int64
  private(set) var mining: DecisionMining

  /// - Parameters:
  ///   - decided: texts with the topic a person decided.
  ///   - files: of the book; rules proposed before are no part of what is learned against: they are proposed anew.
  init(_ decided: [(text: StoredText, topic: String)], files: [RuleFile], asOf: Int64) throws(RuleBookFault) {
    let files = files.filter { $0.path != DecisionLearning.file }
    self.files = files
    self.asOf = asOf
    mining = DecisionMining(decided, book: try RuleBook(files: files), asOf: asOf)
  }

  /// Texts of all kinds, for what stands everywhere.
  mutating func addBackground(_ texts: [StoredText]) { mining.addBackground(texts) }

  /// Decisions as the book would have them with the proposals.
  func right(with proposals: [DecisionMining.Proposal]) throws(RuleBookFault) -> Int {
    mining.right(by: try book(with: mining.yaml(proposals)), asOf: asOf)
  }

  /// The same where each decision is judged by rules mined without it; nil where there are too few.
  func rightUnseen() throws(RuleBookFault) -> Int? {
    guard mining.decidedCount >= DecisionLearning.leastForFolds else { return nil }
    var right = 0
    for fold in mining.folds(DecisionLearning.foldCount) {
      let proposals = fold.learning.proposals()
      right +=
        proposals.isEmpty
        ? fold.held.rightCount
        : fold.held.right(by: try book(with: fold.learning.yaml(proposals)), asOf: asOf)
    }
    return right
  }

  private func book(with yaml: String) throws(RuleBookFault) -> RuleBook {
    try RuleBook(files: files + [RuleFile(path: DecisionLearning.file, bytes: Array(yaml.utf8))])
  }
}
