import TestSupport
import Yams

/// As much of JSON Schema 2020-12 as the casework's schemas use, on YAML. A keyword it does not know is a fault, so that
/// no schema passes by saying something nobody checks.
struct SchemaCheck {
  private(set) var faults: [String] = []

  /// What is wrong with a document, each with its path.
  static func faults(of node: Node, against schema: JSONValue) -> [String] {
    var check = SchemaCheck()
    check.look(at: node, schema, "")
    return check.faults
  }

  private static let known: Set<String> = [
    "$schema", "title", "description", "type", "properties", "required", "additionalProperties", "items", "enum",
    "pattern", "minimum", "maximum", "anyOf", "oneOf",
  ]

  private mutating func look(at node: Node, _ schema: JSONValue, _ path: String) {
    for keyword in schema.keys.subtracting(SchemaCheck.known) { faults.append("\(path): unknown keyword \(keyword)") }
    let types = schema["type"].text.map { [$0] } ?? schema["type"].list.compactMap(\.text)
    if !types.isEmpty, !types.contains(where: { SchemaCheck.isA($0, node) }) { faults.append("\(path): type") }
    let text = node.scalar?.string
    if schema.keys.contains("enum"), !schema["enum"].list.contains(where: { $0.text == text }) {
      faults.append("\(path): enum")
    }
    if let pattern = schema["pattern"].text, let text, !SchemaCheck.matches(text, pattern) {
      faults.append("\(path): pattern")
    }
    if let number = text.flatMap(Int.init) {
      if let least = schema["minimum"].int, number < least { faults.append("\(path): minimum") }
      if let most = schema["maximum"].int, number > most { faults.append("\(path): maximum") }
    }
    for element in node.sequence ?? [] where schema.keys.contains("items") { look(at: element, schema["items"], path + "[]") }
    choose(node, schema, path)
    if let mapping = node.mapping { look(inside: mapping, schema, path) }
  }

  private mutating func choose(_ node: Node, _ schema: JSONValue, _ path: String) {
    func fitting(_ keyword: String) -> Int {
      schema[keyword].list.count { SchemaCheck.faults(of: node, against: $0).isEmpty }
    }
    if schema.keys.contains("anyOf"), fitting("anyOf") == 0 { faults.append("\(path): anyOf") }
    if schema.keys.contains("oneOf"), fitting("oneOf") != 1 { faults.append("\(path): oneOf") }
  }

  private mutating func look(inside mapping: Node.Mapping, _ schema: JSONValue, _ path: String) {
    for name in schema["required"].list.compactMap(\.text) where mapping[Node(name)] == nil {
      faults.append("\(path)/\(name): required")
    }
    for (key, value) in mapping {
      let name = key.string ?? ""
      if schema["properties"].keys.contains(name) {
        look(at: value, schema["properties"][name], "\(path)/\(name)")
      } else if schema["additionalProperties"] == .bool(false) {
        faults.append("\(path)/\(name): additional")
      } else if schema.keys.contains("additionalProperties") {
        look(at: value, schema["additionalProperties"], "\(path)/\(name)")
      }
    }
  }

  private static func matches(_ text: String, _ pattern: String) -> Bool {
    guard let regex = try? Regex(pattern) else { return false }
    return text.firstMatch(of: regex) != nil
  }

  /// By YAML 1.2's core schema, as editors read: a date is text.
  private static func isA(_ type: String, _ node: Node) -> Bool {
    guard let scalar = node.scalar else { return type == (node.mapping != nil ? "object" : "array") }
    let isPlain = scalar.style == .plain || scalar.style == .any
    let isNumber = isPlain && scalar.string.wholeMatch(of: /[-+]?[0-9]+(\.[0-9]*)?/) != nil
    let isInteger = isPlain && scalar.string.wholeMatch(of: /[-+]?[0-9]+/) != nil
    let isFlag = isPlain && ["true", "false"].contains(scalar.string)
    switch type {
    case "number": return isNumber
    case "integer": return isInteger
    case "boolean": return isFlag
    case "string": return !isNumber && !isFlag
    default: return false
    }
  }
}
