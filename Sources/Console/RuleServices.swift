package import Store

/// The rule book as the console sees it: what it says, what it did, and how it is changed. Judging, comparing and
/// learning are the business of rooms the console does not see.
package struct RuleServices: Sendable {
  /// Rules by topic; those that fit the words looked for, all where there are none.
  package var overview: @Sendable (_ search: String?, ConsoleLanguage) -> RuleOverview
  /// One rule; nil where the book in force has none of that id.
  package var sheet: @Sendable (_ rule: String, ConsoleLanguage) -> RuleSheet?
  /// Hits and corrections as far as they are counted; asking has the count go on.
  package var figures: @Sendable () -> RuleFigures
  /// What the book in force makes of a text. Nothing of it is kept.
  package var attempt: @Sendable (RuleAttempt, ConsoleLanguage) -> AttemptReading
  /// What `rules check` has to say against the book in force without stopping it.
  package var warnings: @Sendable (ConsoleLanguage) -> [RuleRemark]
  /// A keyword file as it lies in the rules folder; nil where there is none of that name.
  package var file: @Sendable (_ name: String) async -> RuleFileText?
  /// Compiles the book with the draft in it and runs every example.
  package var check: @Sendable (RuleDraft, ConsoleLanguage) async -> RuleCheck
  /// Begins what takes longer than a page may; nil where too much is under way already.
  package var begin: @Sendable (RuleErrand.Work, _ by: String) -> String?
  /// How far it is; nil for one that is not known, or not any more.
  package var errand: @Sendable (_ id: String) -> RuleErrand?
  /// The last coverage that was begun.
  package var coverage: @Sendable () -> RuleErrand?
  /// Puts a draft into force.
  package var enforce: @Sendable (RuleDraft, StaffAct, ConsoleLanguage) async throws(StoreFault) -> RuleEnforcement

  package init(
    overview: @escaping @Sendable (_ search: String?, ConsoleLanguage) -> RuleOverview,
    sheet: @escaping @Sendable (_ rule: String, ConsoleLanguage) -> RuleSheet?,
    figures: @escaping @Sendable () -> RuleFigures,
    attempt: @escaping @Sendable (RuleAttempt, ConsoleLanguage) -> AttemptReading,
    warnings: @escaping @Sendable (ConsoleLanguage) -> [RuleRemark],
    file: @escaping @Sendable (_ name: String) async -> RuleFileText?,
    check: @escaping @Sendable (RuleDraft, ConsoleLanguage) async -> RuleCheck,
    begin: @escaping @Sendable (RuleErrand.Work, _ by: String) -> String?,
    errand: @escaping @Sendable (_ id: String) -> RuleErrand?, coverage: @escaping @Sendable () -> RuleErrand?,
    enforce: @escaping @Sendable (
      RuleDraft, StaffAct, ConsoleLanguage
    ) async throws(StoreFault) -> RuleEnforcement
  ) {
    self.overview = overview
    self.sheet = sheet
    self.figures = figures
    self.attempt = attempt
    self.warnings = warnings
    self.file = file
    self.check = check
    self.begin = begin
    self.errand = errand
    self.coverage = coverage
    self.enforce = enforce
  }
}

/// A keyword file as it lies in the rules folder.
package struct RuleFileText: Sendable, Hashable {
  /// Without the folder: `01-urban.yaml`.
  package var name: String
  package var text: String
  /// Of its bytes; empty for a file that is still to be made.
  package var fingerprint: String

  package init(name: String, text: String, fingerprint: String) {
    self.name = name
    self.text = text
    self.fingerprint = fingerprint
  }
}

/// What somebody wants a keyword file to say.
package struct RuleDraft: Sendable, Hashable {
  package var name: String
  package var text: String
  /// ``RuleFileText/fingerprint`` of what it was made from.
  package var base: String

  package init(name: String, text: String, base: String) {
    self.name = name
    self.text = text
    self.base = base
  }
}

/// Something a check has to say.
package struct RuleRemark: Sendable, Hashable {
  /// Below the rules folder.
  package var file: String
  package var line: Int
  package var text: String
  /// It does not stop the book from being used.
  package var isWarning: Bool

  package init(file: String, line: Int, text: String, isWarning: Bool) {
    self.file = file
    self.line = line
    self.text = text
    self.isWarning = isWarning
  }
}

/// What `rules check` says of a draft.
package struct RuleCheck: Sendable, Hashable {
  /// The version the book would have; nil where it does not compile.
  package var version: String?
  package var rules: Int
  package var examples: Int
  /// Faults first.
  package var remarks: [RuleRemark]
  /// Other files of the folder that are not as in the book in force: they would come into force with the draft.
  package var otherChanges: [String]

  package init(version: String?, rules: Int, examples: Int, remarks: [RuleRemark], otherChanges: [String]) {
    self.version = version
    self.rules = rules
    self.examples = examples
    self.remarks = remarks
    self.otherChanges = otherChanges
  }

  package var isSound: Bool { version != nil && remarks.allSatisfy(\.isWarning) }
}

/// What became of a draft that was to come into force.
package enum RuleEnforcement: Sendable, Hashable {
  case done(version: String)
  /// Nothing differs from what is in force.
  case same
  /// Somebody changed the file meanwhile; what it says now.
  case changed(RuleFileText)
  case faulty(RuleCheck)
  /// The file cannot be written.
  case unwritable(path: String)
}
