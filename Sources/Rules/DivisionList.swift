internal import Yams

/// Published lists of divisions, read as they come: tables with a header `code,name` and columns of parents' codes,
/// JSON lists with `children`, and flat JSON lists with `parent`. What is wrong is collected, not thrown.
package struct DivisionList: Sendable {
  package private(set) var divisions: [Division] = []
  package private(set) var problems: [DivisionProblem] = []
  private var numbers: [String: Int] = [:]

  /// - Parameter files: paths are told in problems and nowhere else.
  package init(_ files: [RuleFile]) {
    for file in files { read(file) }
  }

  private mutating func read(_ file: RuleFile) {
    let bytes = file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? file.bytes.dropFirst(3) : file.bytes[...]
    guard let text = String(validating: bytes, as: UTF8.self) else { return note(file.path, 1, .notUTF8) }
    let first = text.unicodeScalars.first { !$0.properties.isWhitespace }
    switch first {
    case nil: note(file.path, 1, .empty)
    case "[", "{": json(text, file.path)
    default: table(text, file.path)
    }
  }

  private mutating func note(_ file: String, _ line: Int, _ fault: DivisionProblem.Fault) {
    problems.append(DivisionProblem(file: file, line: line, fault: fault))
  }

  private mutating func add(_ code: String, _ name: String, parents: [String], _ file: String, _ line: Int) {
    let code = DivisionCode.bare(code)
    var seen: Set = [code]
    var parents = parents.map(DivisionCode.bare).filter { !$0.isEmpty && seen.insert($0).inserted }
    parents.sort { $0.utf8.count > $1.utf8.count }
    if let earlier = numbers[code] {
      // Lists overlap: the same entry twice is one.
      if divisions[earlier].name != name {
        note(file, line, .otherName(code: code, earlier: divisions[earlier].name))
      } else if divisions[earlier].parents.isEmpty {
        divisions[earlier].parents = parents
      }
      return
    }
    numbers[code] = divisions.count
    divisions.append(Division(code: code, name: name, parents: parents, file: file, line: line))
  }

  // MARK: Tables

  private mutating func table(_ text: String, _ file: String) {
    var table = SeparatedValues(text)
    guard let header = table.next() else { return note(file, 1, .empty) }
    let names = header.fields.map { $0.lowercased() }
    guard let codeColumn = names.firstIndex(of: "code") else { return note(file, header.line, .noColumn("code")) }
    guard let nameColumn = names.firstIndex(of: "name") else { return note(file, header.line, .noColumn("name")) }
    let parentColumns = names.indices.filter { index in
      index != codeColumn && index != nameColumn && (names[index].contains("code") || names[index] == "parent")
    }
    while let row = table.next() {
      if !row.isWellQuoted { note(file, row.line, .quotes) }
      if row.fields.count == 1 && row.fields[0].isEmpty || !row.isWellQuoted { continue }
      guard row.fields.count == names.count else {
        note(file, row.line, .columns(expected: names.count, found: row.fields.count))
        continue
      }
      let (code, name) = (row.fields[codeColumn], row.fields[nameColumn])
      guard !code.isEmpty else { note(file, row.line, .missing(key: "code")); continue }
      guard !name.isEmpty else { note(file, row.line, .missing(key: "name")); continue }
      add(code, name, parents: parentColumns.map { row.fields[$0] }, file, row.line)
    }
  }

  // MARK: JSON

  private mutating func json(_ text: String, _ file: String) {
    do {
      // JSON is YAML, and this reader knows the line of each value.
      guard let node = try Yams.compose(yaml: text) else { return note(file, 1, .empty) }
      read(node, inside: nil, file)
    } catch let error as YamlError {
      note(file, YAMLMapping.line(of: error), .json(YAMLMapping.words(of: error)))
    } catch {
      note(file, 1, .json("JSON"))
    }
  }

  private mutating func read(_ node: Node, inside parent: String?, _ file: String) {
    if let list = node.sequence {
      for item in list { read(item, inside: parent, file) }
      return
    }
    let line = node.mark?.line ?? 1
    guard let entry = node.mapping else { return note(file, line, .notAnObject) }
    func text(_ key: String) -> String? { entry[Node(key)]?.scalar.map { SeparatedValues.trimmed($0.string) } }
    guard let code = text("code"), !code.isEmpty else { return note(file, line, .missing(key: "code")) }
    guard let name = text("name"), !name.isEmpty else { return note(file, line, .missing(key: "name")) }
    let own = text("parent").flatMap { $0.isEmpty || $0 == "null" ? nil : $0 }
    add(code, name, parents: [own ?? parent].compactMap(\.self), file, line)
    if let children = entry[Node("children")], children.sequence != nil { read(children, inside: code, file) }
  }
}

/// Rows of comma-separated text: fields in quotes may hold commas, line feeds and doubled quotes (RFC 4180).
struct SeparatedValues {
  struct Row {
    var fields: [String]
    /// The line it begins in, from 1 on.
    var line: Int
    var isWellQuoted = true
  }

  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var line = 1

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  /// Without the white space around it.
  static func trimmed(_ text: String) -> String {
    let isSpace = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !isSpace($0) }), let last = scalars.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(scalars[first...last])
  }

  /// The next row; an empty line is a row of one empty field; nil at the end.
  mutating func next() -> Row? {
    guard index < scalars.count else { return nil }
    var row = Row(fields: [], line: line)
    repeat { row.fields.append(field(&row.isWellQuoted)) } while take(",")
    _ = take("\r")
    if take("\n") { line += 1 }
    return row
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard index < scalars.count, scalars[index] == scalar else { return false }
    index += 1
    return true
  }

  private mutating func field(_ isWellQuoted: inout Bool) -> String {
    var text = String.UnicodeScalarView()
    if take("\"") {
      while index < scalars.count {
        let scalar = scalars[index]
        index += 1
        if scalar == "\n" { line += 1 }
        if scalar != "\"" {
          text.append(scalar)
        } else if take("\"") {
          text.append(scalar)
        } else {
          let rest = plain()
          if !rest.isEmpty { isWellQuoted = false }
          return SeparatedValues.trimmed(String(text))
        }
      }
      isWellQuoted = false
      return String(text)
    }
    return plain()
  }

  private mutating func plain() -> String {
    let start = index
    while index < scalars.count, scalars[index] != ",", scalars[index] != "\n" { index += 1 }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[start..<index])
    return SeparatedValues.trimmed(String(text))
  }
}
