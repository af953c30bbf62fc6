import TestSupport

/// Checks values against the part of JSON Schema 2020-12 that the description of the interface uses; a word it does not
/// know is a fault too, so that no rule is passed over.
struct SchemaReading {
  /// The whole document, for `$ref`.
  let document: JSONValue

  private static let known: Set<String> = [
    "type", "properties", "required", "items", "enum", "additionalProperties", "$ref", "anyOf", "description", "format",
    "pattern", "minimum", "maximum", "maxLength",
  ]

  /// What is wrong; empty where nothing is.
  func faults(of value: JSONValue, in schema: JSONValue, at place: String = "") -> [String] {
    var faults = schema.keys.subtracting(SchemaReading.known).map { "\(place): the schema says \($0)" }
    if let reference = schema["$ref"].text {
      let target = resolved(reference)
      return target == .null ? ["\(place): nothing is at \(reference)"] : faults + self.faults(of: value, in: target, at: place)
    }
    let choices = schema["anyOf"].list
    if !choices.isEmpty, choices.allSatisfy({ !self.faults(of: value, in: $0, at: place).isEmpty }) {
      faults.append("\(place): is none of \(choices.count)")
    }
    let types = schema["type"].list.compactMap(\.text) + [schema["type"].text].compactMap(\.self)
    if !types.isEmpty, !types.contains(where: { SchemaReading.isOf($0, value) }) {
      faults.append("\(place): is not \(types.joined(separator: " or "))")
    }
    if schema.keys.contains("enum"), !schema["enum"].list.contains(value) {
      faults.append("\(place): \(value) is not listed")
    }
    switch value {
    case .object(let members):
      for name in schema["required"].list.compactMap(\.text) where members[name] == nil {
        faults.append("\(place)/\(name): is missing")
      }
      let properties = schema["properties"]
      for (name, member) in members {
        if properties.keys.contains(name) {
          faults += self.faults(of: member, in: properties[name], at: "\(place)/\(name)")
        } else if schema["additionalProperties"] == .bool(false) {
          faults.append("\(place)/\(name): is not described")
        }
      }
    case .array(let elements) where schema.keys.contains("items"):
      for (number, element) in elements.enumerated() {
        faults += self.faults(of: element, in: schema["items"], at: "\(place)/\(number)")
      }
    default: break
    }
    return faults
  }

  /// `#/components/schemas/Problem`; null where nothing is there.
  func resolved(_ reference: String) -> JSONValue {
    guard reference.hasPrefix("#/") else { return .null }
    return reference.dropFirst(2).split(separator: "/").reduce(document) { $0[String($1)] }
  }

  private static func isOf(_ type: String, _ value: JSONValue) -> Bool {
    switch (type, value) {
    case ("string", .string), ("boolean", .bool), ("object", .object), ("array", .array), ("null", .null): true
    case ("number", .number): true
    case ("integer", .number): value.int != nil
    default: false
    }
  }
}
