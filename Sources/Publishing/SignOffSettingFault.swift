/// A data file of the sign-off that cannot be used, with everything that is wrong with it, in the order of its lines.
package struct SignOffSettingFault: Error, Sendable, Hashable {
  package struct Problem: Sendable, Hashable {
    /// Line in the file, from 1.
    package var line: Int
    package var fact: Fact
  }

  package enum Fact: Sendable, Hashable {
    case notUTF8
    /// Not YAML at all; what the reader says.
    case notYAML(String)
    case missingKey(String)
    case unknownKey(String)
    case repeatedKey(String)
    case wrongType(key: String, expected: String)
    case unknownCode(key: String, code: String)
    case repeatedName(key: String, name: String)
    /// Two steps one person can never take, or one step twice.
    case neverShared(String, String)
    /// A right word that does not hold the wrong one.
    case strayException(String)

    /// Stable code.
    package var code: String {
      switch self {
      case .notUTF8: "not-utf8"
      case .notYAML: "not-yaml"
      case .missingKey: "missing-key"
      case .unknownKey: "unknown-key"
      case .repeatedKey: "repeated-key"
      case .wrongType: "wrong-type"
      case .unknownCode: "unknown-code"
      case .repeatedName: "repeated-name"
      case .neverShared: "never-shared"
      case .strayException: "stray-exception"
      }
    }
  }

  package var file: String
  package var problems: [Problem]

  init(file: String, problems: [Problem]) {
    self.file = file
    self.problems = problems.sorted { $0.line < $1.line }
  }
}
