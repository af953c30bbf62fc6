internal import Suggestions
internal import Yams

/// One pass over a data file of the casework, gathering problems instead of stopping at the first.
struct SettingReading {
  private(set) var problems: [SettingProblem] = []
  let root: Node

  /// JSON is read as the YAML it is.
  init(_ bytes: [UInt8], file: String) throws(SettingFault) {
    func refusal(_ line: Int, _ fact: SettingProblem.Fact) -> SettingFault {
      SettingFault(file: file, problems: [SettingProblem(line: line, fact: fact)])
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw refusal(1, .notUTF8) }
    let node: Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      switch error {
      case .scanner(_, let words, let mark, _), .parser(_, let words, let mark, _),
        .composer(_, let words, let mark, _):
        throw refusal(mark.line, .notYAML(words))
      case .duplicatedKeysInMapping(let names, let context):
        throw refusal(context.mark.line, .repeatedKey(names.joined(separator: ", ")))
      default: throw refusal(1, .notYAML(""))
      }
    } catch {
      throw refusal(1, .notYAML(""))
    }
    guard let node, node.mapping != nil else { throw refusal(1, .wrongType(key: "", expected: "mapping")) }
    root = node
  }

  mutating func report(_ node: Node, _ fact: SettingProblem.Fact) {
    problems.append(SettingProblem(line: node.mark?.line ?? 1, fact: fact))
  }

  /// The read value, unless anything was wrong.
  func finish<Value>(_ value: Value?, file: String) throws(SettingFault) -> Value {
    guard let value, problems.isEmpty else { throw SettingFault(file: file, problems: problems) }
    return value
  }

  /// Reports keys nobody reads: a misspelt condition must not silently widen a clock.
  mutating func allow(_ shape: SettingShape, in node: Node) {
    let known = shape.names
    for (key, _) in node.mapping ?? [:] where !known.contains(key.string ?? "") {
      report(key, .unknownKey(key.string ?? ""))
    }
  }

  mutating func text(_ key: String, in node: Node, isRequired: Bool = true) -> String? {
    guard let value = node[key] else {
      if isRequired { report(node, .missingKey(key)) }
      return nil
    }
    guard let text = value.scalar?.string, !text.isEmpty else {
      report(value, .wrongType(key: key, expected: "text"))
      return nil
    }
    return text
  }

  /// One text or a list of texts, each with its node.
  mutating func texts(_ key: String, in node: Node) -> [(text: String, node: Node)] {
    guard let value = node[key] else { return [] }
    if let text = value.scalar?.string { return [(text, value)] }
    guard let sequence = value.sequence else {
      report(value, .wrongType(key: key, expected: "text or list"))
      return []
    }
    var result: [(String, Node)] = []
    for element in sequence {
      if let text = element.scalar?.string {
        result.append((text, element))
      } else {
        report(element, .wrongType(key: key, expected: "text"))
      }
    }
    return result
  }

  mutating func mapping(_ key: String, in node: Node, isRequired: Bool = false) -> Node? {
    guard let value = node[key] else {
      if isRequired { report(node, .missingKey(key)) }
      return nil
    }
    if value.mapping != nil { return value }
    report(value, .wrongType(key: key, expected: "mapping"))
    return nil
  }

  mutating func mappings(_ key: String, in node: Node, isRequired: Bool = false) -> [Node] {
    guard let value = node[key] else {
      if isRequired { report(node, .missingKey(key)) }
      return []
    }
    guard let sequence = value.sequence else {
      report(value, .wrongType(key: key, expected: "list"))
      return []
    }
    var result: [Node] = []
    for element in sequence {
      if element.mapping != nil {
        result.append(element)
      } else {
        report(element, .wrongType(key: key, expected: "mapping"))
      }
    }
    return result
  }

  mutating func number(_ key: String, in node: Node, _ range: ClosedRange<Int>, isRequired: Bool = true) -> Int? {
    guard let text = text(key, in: node, isRequired: isRequired) else { return nil }
    guard let number = Int(text) else {
      report(node[key] ?? node, .wrongType(key: key, expected: "whole number"))
      return nil
    }
    guard range.contains(number) else {
      report(node[key] ?? node, .outOfRange(key: key, text: text))
      return nil
    }
    return number
  }

  mutating func flag(_ key: String, in node: Node) -> Bool? {
    guard let text = text(key, in: node) else { return nil }
    if text == "true" || text == "false" { return text == "true" }
    report(node[key] ?? node, .wrongType(key: key, expected: "true or false"))
    return nil
  }

  mutating func date(_ key: String, in node: Node, isRequired: Bool = false) -> Int? {
    guard let text = text(key, in: node, isRequired: isRequired) else { return nil }
    if let day = CivilTime.dayNumber(text) { return day }
    report(node[key] ?? node, .unreadableDate(key: key, text: text))
    return nil
  }

  /// A day, or `first..last`.
  mutating func days(_ text: String, at node: Node, key: String) -> ClosedRange<Int>? {
    let ends = text.ranges(of: "..").first.map { [text[..<$0.lowerBound], text[$0.upperBound...]] } ?? [text[...]]
    let days = ends.compactMap { CivilTime.dayNumber(String($0)) }
    guard days.count == ends.count, let first = days.first, let last = days.last else {
      report(node, .unreadableDate(key: key, text: text))
      return nil
    }
    guard first <= last, last - first <= 366 else {
      report(node, .outOfRange(key: key, text: text))
      return nil
    }
    return first...last
  }

  mutating func allowance(_ key: String, in node: Node, isRequired: Bool = true) -> Allowance? {
    guard let text = text(key, in: node, isRequired: isRequired) else { return nil }
    if let allowance = Allowance(text) { return allowance }
    report(node[key] ?? node, .unreadableTime(key: key, text: text))
    return nil
  }

  /// One of the cases with a code.
  mutating func code<Value>(_ text: String, at node: Node, key: String, of all: [Value], _ code: (Value) -> String)
    -> Value?
  {
    if let value = all.first(where: { code($0) == text }) { return value }
    report(node, .unknownCode(key: key, code: text))
    return nil
  }

  /// One of the cases with a code, or several.
  mutating func codes<Value>(_ key: String, in node: Node, of all: [Value], _ code: (Value) -> String) -> [Value] {
    texts(key, in: node).compactMap { self.code($0.text, at: $0.node, key: key, of: all, code) }
  }
}
