/// The rules of a book, by what they decide.
package struct RuleOverview: Sendable, Hashable {
  package struct Group: Sendable, Hashable {
    /// Of the topic's first level; `kind`, `act`, `track`, `urgency` or `flag` for rules that decide another thing.
    package var code: String
    package var name: String
    package var rules: [Line]

    package init(code: String, name: String, rules: [Line]) {
      self.code = code
      self.name = name
      self.rules = rules
    }
  }

  package struct Line: Sendable, Hashable {
    package var id: String
    /// In words.
    package var decides: String
    package var rationale: String
    /// The first of its words.
    package var words: String
    package var examples: Int

    package init(id: String, decides: String, rationale: String, words: String, examples: Int) {
      self.id = id
      self.decides = decides
      self.rationale = rationale
      self.words = words
      self.examples = examples
    }
  }

  package var version: String
  /// Of the whole book.
  package var rules: Int
  package var keywords: Int
  package var groups: [Group]
  /// Names of the keyword files.
  package var files: [String]

  package init(version: String, rules: Int, keywords: Int, groups: [Group], files: [String]) {
    self.version = version
    self.rules = rules
    self.keywords = keywords
    self.groups = groups
    self.files = files
  }
}

/// Everything a rule says.
package struct RuleSheet: Sendable, Hashable {
  /// A name and what is said under it.
  package struct Fact: Sendable, Hashable {
    package var name: String
    package var text: String

    package init(_ name: String, _ text: String) {
      self.name = name
      self.text = text
    }
  }

  package struct Example: Sendable, Hashable {
    package var text: [MarkedRun]
    /// Nil where it does what it should; else what is wrong.
    package var fault: String?

    package init(text: [MarkedRun], fault: String?) {
      self.text = text
      self.fault = fault
    }
  }

  package var id: String
  package var rationale: String
  /// What it decides, its words and its conditions.
  package var facts: [Fact]
  package var hits: [Example]
  package var misses: [Example]
  package var yaml: String
  /// Name of its file and line in it.
  package var file: String
  package var line: Int

  package init(
    id: String, rationale: String, facts: [Fact], hits: [Example], misses: [Example], yaml: String, file: String,
    line: Int
  ) {
    self.id = id
    self.rationale = rationale
    self.facts = facts
    self.hits = hits
    self.misses = misses
    self.yaml = yaml
    self.file = file
    self.line = line
  }
}

/// A stretch of a text, marked or not.
package struct MarkedRun: Sendable, Hashable {
  package var text: String
  package var isMarked: Bool
  /// The rule that found it.
  package var rule: String?

  package init(_ text: String, isMarked: Bool = false, rule: String? = nil) {
    self.text = text
    self.isMarked = isMarked
    self.rule = rule
  }
}
