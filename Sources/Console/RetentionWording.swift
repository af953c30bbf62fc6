package import Casework
package import Store

/// The retention rule in words.
package struct RetentionWording: Sendable {
  /// A part of the rule: what it is for, and for how long that is kept.
  package struct Rule: Sendable, Hashable {
    package var name: String
    package var rule: String

    package init(name: String, rule: String) {
      self.name = name
      self.rule = rule
    }
  }

  package var rules: @Sendable (RetentionPolicy, ConsoleLanguage) -> [Rule]
  package var kind: @Sendable (RetentionKind, ConsoleLanguage) -> String
  /// How many; said as the least where counting stopped.
  package var count: @Sendable (Int, ConsoleLanguage) -> String

  package init(
    rules: @escaping @Sendable (RetentionPolicy, ConsoleLanguage) -> [Rule],
    kind: @escaping @Sendable (RetentionKind, ConsoleLanguage) -> String,
    count: @escaping @Sendable (Int, ConsoleLanguage) -> String
  ) {
    self.rules = rules
    self.kind = kind
    self.count = count
  }
}
