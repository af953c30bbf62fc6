/// A data file of the casework that cannot be used, with everything that is wrong with it, in the order of its lines.
package struct SettingFault: Error, Sendable, Hashable {
  package var file: String
  package var problems: [SettingProblem]

  package init(file: String, problems: [SettingProblem]) {
    self.file = file
    self.problems = problems.sorted { $0.line < $1.line }
  }
}

/// One thing wrong in a data file: where and what, as facts.
package struct SettingProblem: Error, Sendable, Hashable {
  /// Line in the file, from 1; 0 for what concerns the file itself.
  package var line: Int
  package var fact: Fact

  package init(line: Int, fact: Fact) {
    self.line = line
    self.fact = fact
  }

  package enum Fact: Sendable, Hashable {
    /// There is no such file; the line is 0.
    case missingFile
    case notUTF8
    /// Not YAML (or JSON) at all; what the reader says.
    case notYAML(String)
    case missingKey(String)
    case unknownKey(String)
    case repeatedKey(String)
    case wrongType(key: String, expected: String)
    case unknownCode(key: String, code: String)
    case unreadableDate(key: String, text: String)
    case unreadableHours(String)
    /// Office hours that overlap or run backwards.
    case disorderedHours(String)
    case unreadableTime(key: String, text: String)
    case outOfRange(key: String, text: String)
    /// A day that is both off and worked, or is named twice.
    case contradictoryDay(String)
    /// A day that lies in no neighbouring year of the notice.
    case strayDay(String)
    case repeatedName(key: String, name: String)
    case unknownModel(String)
    case endsBeforeItBegins
    /// A clock that stops where it starts.
    case standsStill(String)
    /// Exactly one of these keys is wanted.
    case notOneOf([String])
    /// A step of the reminders that no case comes to: an earlier one takes them all, or its clocks are never overdue.
    case neverHappens(String)
  }

  /// Stable code of the fact.
  package var code: String {
    switch fact {
    case .missingFile: "missing-file"
    case .notUTF8: "not-utf8"
    case .notYAML: "not-yaml"
    case .missingKey: "missing-key"
    case .unknownKey: "unknown-key"
    case .repeatedKey: "repeated-key"
    case .wrongType: "wrong-type"
    case .unknownCode: "unknown-code"
    case .unreadableDate: "unreadable-date"
    case .unreadableHours: "unreadable-hours"
    case .disorderedHours: "disordered-hours"
    case .unreadableTime: "unreadable-time"
    case .outOfRange: "out-of-range"
    case .contradictoryDay: "contradictory-day"
    case .strayDay: "stray-day"
    case .repeatedName: "repeated-name"
    case .unknownModel: "unknown-model"
    case .endsBeforeItBegins: "ends-before-it-begins"
    case .standsStill: "stands-still"
    case .notOneOf: "not-one-of"
    case .neverHappens: "never-happens"
    }
  }

  /// What the fact carries, as plain words.
  package var detail: String {
    switch fact {
    case .missingFile, .notUTF8, .endsBeforeItBegins: ""
    case .notYAML(let text), .missingKey(let text), .unknownKey(let text), .repeatedKey(let text),
      .unreadableHours(let text), .disorderedHours(let text), .contradictoryDay(let text), .strayDay(let text),
      .unknownModel(let text), .standsStill(let text), .neverHappens(let text):
      text
    case .notOneOf(let keys): keys.joined(separator: ", ")
    case .wrongType(let key, let text), .unknownCode(let key, let text), .unreadableDate(let key, let text),
      .unreadableTime(let key, let text), .outOfRange(let key, let text), .repeatedName(let key, let text):
      "\(key): \(text)"
    }
  }
}
