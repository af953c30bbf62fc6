/// A form profile that cannot be used, with everything that is wrong with it, in the order of its lines.
package struct ProfileFault: Error, Sendable, Hashable {
  package var file: String
  package var problems: [ProfileProblem]

  package init(file: String, problems: [ProfileProblem]) {
    self.file = file
    self.problems = problems.sorted { $0.line < $1.line }
  }
}

/// One thing wrong with a form profile: where and what, as facts.
package struct ProfileProblem: Error, Sendable, Hashable {
  /// Line in the profile, from 1.
  package var line: Int
  package var fact: Fact

  package init(line: Int, fact: Fact) {
    self.line = line
    self.fact = fact
  }

  package enum Fact: Sendable, Hashable {
    case notUTF8
    /// Not YAML at all; what the YAML reader says.
    case notYAML(String)
    case missingKey(String)
    case unknownKey(String)
    case repeatedKey(String)
    case wrongType(key: String, expected: String)
    case nameDiffersFromFile(name: String, file: String)
    case unknownFormat(String)
    case unknownField(String)
    case unknownZone(String)
    case unreadableDatePattern(String)
    case unreadablePath(key: String, path: String)
    case unknownCode(key: String, code: String)
    /// A required or volatile field that no path, default or channel gives.
    case unmappedField(key: String, field: String)
  }

  /// Stable code of the fact.
  package var code: String {
    switch fact {
    case .notUTF8: "not-utf8"
    case .notYAML: "not-yaml"
    case .missingKey: "missing-key"
    case .unknownKey: "unknown-key"
    case .repeatedKey: "repeated-key"
    case .wrongType: "wrong-type"
    case .nameDiffersFromFile: "name-differs-from-file"
    case .unknownFormat: "unknown-format"
    case .unknownField: "unknown-field"
    case .unknownZone: "unknown-zone"
    case .unreadableDatePattern: "unreadable-date-pattern"
    case .unreadablePath: "unreadable-path"
    case .unknownCode: "unknown-code"
    case .unmappedField: "unmapped-field"
    }
  }

  /// What the fact carries, as plain words.
  package var detail: String {
    switch fact {
    case .notUTF8: ""
    case .notYAML(let text), .missingKey(let text), .unknownKey(let text), .repeatedKey(let text),
      .unknownFormat(let text), .unknownField(let text), .unknownZone(let text), .unreadableDatePattern(let text):
      text
    case .wrongType(let key, let expected): "\(key): \(expected)"
    case .nameDiffersFromFile(let name, let file): "\(name) / \(file)"
    case .unreadablePath(let key, let path): "\(key): \(path)"
    case .unknownCode(let key, let code): "\(key): \(code)"
    case .unmappedField(let key, let field): "\(key): \(field)"
    }
  }
}
