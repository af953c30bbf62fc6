package import Store

/// Work on the rules that takes longer than a page may, on a thread of its own.
package struct RuleErrand: Sendable {
  package enum Work: Sendable, Hashable {
    /// What would be decided otherwise with the draft in force.
    case trial(RuleDraft)
    /// Where the book in force is blind.
    case coverage
    /// Rules proposed from what people decided.
    case learning
    /// Judges anew what nobody has decided on.
    case reclassification(StaffAct)
  }

  package enum Outcome: Sendable, Hashable {
    case trial(RuleTrial)
    case coverage(RuleCoverage)
    case learning(RuleLearning)
    case reclassification(judged: Int, changed: Int, decided: Int)
  }

  package enum State: Sendable, Hashable {
    case waiting
    case running
    case ended([ConsoleLanguage: Outcome])
    case failed([ConsoleLanguage: String])
  }

  package var id: String
  package var work: Work
  /// Who began it.
  package var actor: String
  /// Version of the book it goes by.
  package var book: String
  package var done = 0
  /// Nil where it cannot be known.
  package var total: Int?
  package var state = State.waiting
  /// Seconds since 1970.
  package var changedAt: Int64

  package init(id: String, work: Work, actor: String, book: String, changedAt: Int64) {
    self.id = id
    self.work = work
    self.actor = actor
    self.book = book
    self.changedAt = changedAt
  }

  package var isEnded: Bool {
    switch state {
    case .waiting, .running: false
    case .ended, .failed: true
    }
  }
}

/// What would change under another book.
package struct RuleTrial: Sendable, Hashable {
  package struct Move: Sendable, Hashable {
    package var from: String
    package var to: String
    package var count: Int
    /// Suggestions.
    package var samples: [Int]

    package init(from: String, to: String, count: Int, samples: [Int]) {
      self.from = from
      self.to = to
      self.count = count
      self.samples = samples
    }
  }

  package struct Aspect: Sendable, Hashable {
    package var name: String
    package var count: Int
    /// The most frequent first.
    package var moves: [Move]

    package init(name: String, count: Int, moves: [Move]) {
      self.name = name
      self.count = count
      self.moves = moves
    }
  }

  /// Version the book would have.
  package var version: String
  package var texts: Int
  package var changed: Int
  package var aspects: [Aspect]

  package init(version: String, texts: Int, changed: Int, aspects: [Aspect]) {
    self.version = version
    self.texts = texts
    self.changed = changed
    self.aspects = aspects
  }
}

/// Where a book is blind, and which of its words never met a text.
package struct RuleCoverage: Sendable, Hashable {
  package struct Term: Sendable, Hashable {
    package var word: String
    package var open: Int
    package var understood: Int

    package init(word: String, open: Int, understood: Int) {
      self.word = word
      self.open = open
      self.understood = understood
    }
  }

  package struct Silent: Sendable, Hashable {
    package var rule: String
    package var words: [String]
    /// None of the rule's words stood in any text.
    package var isWhole: Bool

    package init(rule: String, words: [String], isWhole: Bool) {
      self.rule = rule
      self.words = words
      self.isWhole = isWhole
    }
  }

  package var texts: Int
  /// Suggestions, newest first.
  package var without: [Int]
  package var unsure: [Int]
  package var terms: [Term]
  package var silent: [Silent]

  package init(texts: Int, without: [Int], unsure: [Int], terms: [Term], silent: [Silent]) {
    self.texts = texts
    self.without = without
    self.unsure = unsure
    self.terms = terms
    self.silent = silent
  }
}

/// Rules mined from decisions, and what they would do.
package struct RuleLearning: Sendable, Hashable {
  package var decided: Int
  /// As the book has it, and with the proposals, on the decisions they were mined from.
  package var rightBefore: Int
  package var rightAfter: Int
  /// The same where each decision is judged by rules mined without it; nil where there are too few.
  package var heldRightAfter: Int?
  package var rules: Int
  package var words: Int
  /// The proposals as a file, to be read, struck and completed.
  package var draft: RuleDraft

  package init(
    decided: Int, rightBefore: Int, rightAfter: Int, heldRightAfter: Int?, rules: Int, words: Int, draft: RuleDraft
  ) {
    self.decided = decided
    self.rightBefore = rightBefore
    self.rightAfter = rightAfter
    self.heldRightAfter = heldRightAfter
    self.rules = rules
    self.words = words
    self.draft = draft
  }
}
