/// An administrative area as a published list names it.
package struct Division: Sendable, Hashable {
  /// Without the zeros that pad it to a fixed width: 430702 for 430702000000.
  package var code: String
  package var name: String
  /// Codes of what contains it, the nearest first, as far as the list says.
  package var parents: [String]
  package var file: String
  package var line: Int
}

/// What keeps a published list from being read, with the place to mend. Facts only.
package struct DivisionProblem: Sendable, Hashable {
  package enum Fault: Sendable, Hashable {
    case notUTF8
    case empty
    /// The first line of a table names no column `code` or `name`.
    case noColumn(String)
    case columns(expected: Int, found: Int)
    /// A quoted field that does not end, or goes on behind its quotes.
    case quotes
    case json(String)
    /// A value of a JSON list that is no object.
    case notAnObject
    case missing(key: String)
    /// The same code stands for something else before.
    case otherName(code: String, earlier: String)
    /// What contains it is in none of the lists.
    case missingParent(code: String, of: String)
    case unknownCity(code: String)
    /// The city's entry is a layer without a name of its own (市辖区) and the one above it is in no list.
    case namelessCity(code: String)
  }

  package var file: String
  package var line: Int
  package var fault: Fault

  package init(file: String, line: Int, fault: Fault) {
    self.file = file
    self.line = line
    self.fault = fault
  }
}

/// Everything wrong with the lists, found in one go.
package struct DivisionFault: Error, Sendable {
  package var problems: [DivisionProblem]
}

enum DivisionCode {
  /// Statistical codes count 2, 4, 6, 9 or 12 digits from province to village; lists pad them with zeros.
  static func bare(_ code: String) -> String {
    guard !code.isEmpty, code.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return code }
    var code = code[...]
    for (width, padding) in [(12, 3), (9, 3), (6, 2), (4, 2)] {
      let isPadded = code.utf8.count == width && code.utf8.suffix(padding).allSatisfy { $0 == 0x30 }
      if isPadded { code = code.dropLast(padding) }
    }
    return String(code)
  }

  /// Codes of what contains a division, by its digits, the nearest first.
  static func prefixes(of code: String) -> [String] {
    guard code.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return [] }
    return [9, 6, 4, 2].filter { $0 < code.utf8.count }.map { String(code.prefix($0)) }
  }

  /// The level its digits say; nil for a code of another kind.
  static func level(of code: String) -> RegionLevel? {
    guard code.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    switch code.utf8.count {
    case ...4: return .city
    case ...6: return .county
    case ...9: return .street
    default: return .community
    }
  }
}
