/// One file of a rule book: its path below the rules folder and its bytes. The room reads no disk.
package struct RuleFile: Sendable {
  package var path: String
  package var bytes: [UInt8]

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}

/// A fault in a rule book, with the place to mend. Facts only; the command line writes the sentence.
package struct RuleProblem: Error, Sendable, Hashable {
  package enum Fault: Sendable, Hashable {
    case syntax(String)
    case missingFile(String)
    case missingKey(String)
    case unknownKey(String)
    case wrongType(key: String, expected: String)
    case unknownCode(key: String, code: String)
    case duplicate(String)
    case unknownWordGroup(String)
    case emptyKeyword
    case noCondition(rule: String)
    case noVerdict(rule: String)
    case severalVerdicts(rule: String)
    case exampleMissed(rule: String, number: Int)
    case exampleSpanMissed(rule: String, number: Int)
    case exampleHit(rule: String, number: Int)
    case noExample(rule: String)
    case contradiction(rule: String, keyword: String)
    case shadowedKeyword(rule: String, keyword: String)
    /// A wanted word that holds a forbidden one.
    case deadKeyword(rule: String, keyword: String)
    /// Conditions that no text can meet.
    case deadRule(rule: String)
    /// An exclusion word inside which none of the rule's words can stand.
    case idleExclusion(rule: String, keyword: String)
    case sameRule(rule: String, as: String)
    case opposedRules(rule: String, to: String)
    /// A word nearly always met inside a longer one that speaks for another topic.
    case submergedKeyword(rule: String, keyword: String, inside: String)
    /// A rule for a kind that asks for a kind.
    case kindOfKind(rule: String)
    case circularWordGroup(String)
    /// The last day lies before the first.
    case neverInForce
    /// The last day lies behind.
    case expired(rule: String)
    /// A line of a learned layer that does not have the columns it needs.
    case learnedLine(expected: Int, found: Int)
    case severalLayers
  }

  package var file: String
  package var line: Int
  package var fault: Fault

  package init(file: String, line: Int, fault: Fault) {
    self.file = file
    self.line = line
    self.fault = fault
  }

  /// A warning does not stop the book from being used.
  package var isWarning: Bool {
    switch fault {
    case .noExample, .shadowedKeyword, .deadKeyword, .idleExclusion, .sameRule, .submergedKeyword, .expired: true
    default: false
    }
  }
}

/// Everything wrong with a book, found in one go.
package struct RuleBookFault: Error, Sendable {
  package var problems: [RuleProblem]

  package init(problems: [RuleProblem]) { self.problems = problems }
}
