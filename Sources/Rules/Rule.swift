package import Suggestions

/// What a rule says when it fires.
package enum RuleVerdict: Sendable, Hashable {
  case topic(Int)
  case kind(Kind)
  case act(Act)
  case track(Track)
  case urgency(Urgency)
  case flag(ModerationFlag)

  /// Whether such verdicts exclude each other. Where they do, the longest keyword at a spot decides, and what the writer
  /// says it is not does not count; where they do not (danger, sensitive matters, flags) every hit counts: one look too
  /// many does no harm there.
  package var competes: Bool {
    switch self {
    case .topic, .kind, .act: true
    case .track, .urgency, .flag: false
    }
  }

  /// Whether both cannot hold of one text: two topics, two kinds, two classes.
  func competes(with other: RuleVerdict) -> Bool {
    switch (self, other) {
    case (.topic, .topic), (.kind, .kind), (.act, .act), (.track, .track), (.urgency, .urgency): self != other
    default: false
    }
  }
}

/// Which part of a submission a rule looks at.
package enum RuleScope: String, Sendable, CaseIterable {
  case both, title, body
}

/// One keyword of a rule's `any`, with the points the rule gives where it stands.
package struct WeightedKeyword: Sendable, Hashable {
  package var keyword: UInt32
  package var points: Int
}

/// So many of these must stand in the text; synonyms count once.
package struct CountCondition: Sendable, Hashable {
  package var least: Int
  package var of: [[UInt32]]
}

/// Two keywords that stand close together.
package struct NearCondition: Sendable, Hashable {
  package enum Reach: Sendable, Hashable {
    /// The starts are at most so many characters apart.
    case characters(Int)
    case sentence
  }

  package var left: [UInt32]
  package var right: [UInt32]
  package var reach: Reach
  /// Whether the left one must end before the right one starts.
  package var inOrder: Bool
}

/// A compiled rule: keywords are numbers of the book's automaton. All conditions given must hold.
///
/// A class, so that looking at one on the hot path counts one reference and not one for each of its lists.
package final class Rule: Sendable {
  package let id: String
  /// Its index in the book.
  package let number: Int
  package let verdict: RuleVerdict
  /// Points where no word of `any` says otherwise.
  package let weight: Int
  package let words: WordConditions
  package let when: Circumstances
  package let validity: Validity
  package let coHandlers: [Int]
  package let rationale: String
  package let hits: [RuleExample]
  package let misses: [RuleExample]
  package let file: String
  package let line: Int
  /// Keywords of `any`, without their points.
  let any: [UInt32]
  let anySet: Set<UInt32>
  /// Every keyword that can be evidence.
  let vocabulary: [UInt32]
  /// Those of them that need no partner nearby.
  let others: Set<UInt32>
  /// Whether it holds as soon as one of `any` stands anywhere in the text: the common case, decided by marks alone.
  let isPlain: Bool

  init(
    id: String, number: Int, verdict: RuleVerdict, weight: Int, words: WordConditions, when: Circumstances, validity: Validity,
    coHandlers: [Int], rationale: String, hits: [RuleExample], misses: [RuleExample], file: String, line: Int
  ) {
    self.id = id
    self.number = number
    self.verdict = verdict
    self.weight = weight
    self.words = words
    self.when = when
    self.validity = validity
    self.coHandlers = coHandlers
    self.rationale = rationale
    self.hits = hits
    self.misses = misses
    self.file = file
    self.line = line
    any = words.any.map(\.keyword)
    anySet = Set(any)
    vocabulary = words.vocabulary
    others = Set(any + words.all.flatMap(\.self) + (words.atLeast?.of ?? []).flatMap(\.self))
    isPlain =
      words.all.isEmpty && words.atLeast == nil && words.near.isEmpty && words.scope == .both && !words.atStart
      && when.isEmpty
  }
}

/// What a rule asks of the words of a text.
package struct WordConditions: Sendable, Hashable {
  /// One of these.
  package var any: [WeightedKeyword] = []
  /// Of each list one.
  package var all: [[UInt32]] = []
  package var atLeast: CountCondition?
  /// None of these, wherever they stand.
  package var none: [UInt32] = []
  /// Longer words inside which a keyword of the rule does not count: 井盖厂 for 井盖.
  package var except: [UInt32] = []
  /// One of these pairs.
  package var near: [NearCondition] = []
  package var scope: RuleScope = .both
  /// Whether a word of `any` must be the first of the title or the body.
  package var atStart = false

  /// Every keyword that can be evidence, each once.
  package var vocabulary: [UInt32] {
    var all = Set(any.map(\.keyword))
    for list in self.all + (atLeast?.of ?? []) + near.flatMap({ [$0.left, $0.right] }) { all.formUnion(list) }
    return all.sorted()
  }

  /// Whether anything is asked for that could set the rule off.
  package var isEmpty: Bool { any.isEmpty && all.isEmpty && atLeast == nil && near.isEmpty }
}
