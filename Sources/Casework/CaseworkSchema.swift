internal import Suggestions

/// JSON Schemas of the casework's files, for editors that complete and check YAML as it is typed (JSON Schema 2020-12).
///
/// Written from the same shapes the readers take their keys from, so that they cannot disagree.
package enum CaseworkSchema {
  private static let shapes: [(name: String, shape: SettingShape)] = [
    ("calendar", .calendar), ("calendar.local", .localCalendar), ("casework", .casework), ("clocks", .clockBook),
    ("reminders", .reminders), ("answers", .answers), ("retention", .retention),
  ]

  /// The files that have one, without their ending.
  package static let names = shapes.map(\.name)

  /// The schema of a file; nil for a name that has none.
  package static func text(_ name: String) -> String? {
    guard let shape = shapes.first(where: { $0.name == name })?.shape else { return nil }
    var writer = JSONWriter(indented: true)
    writer.object { root in
      root.field("$schema", "https://json-schema.org/draft/2020-12/schema")
      root.field("title", "golden-ideas \(name).yaml")
      content(shape, &root)
    }
    writer.newline()
    return writer.text
  }

  private static func content(_ shape: SettingShape, _ object: inout JSONWriter) {
    object.field("type", "object")
    object.object("properties") { properties in
      for key in shape.keys {
        properties.object(key.name) { property in
          property.field("description", key.about)
          value(key.value, &property)
        }
      }
    }
    let required = shape.keys.filter(\.isRequired)
    if !required.isEmpty { object.array("required") { list in for key in required { list.field(nil, key.name) } } }
    if !shape.choice.isEmpty {
      object.array("oneOf") { choices in
        for name in shape.choice { choices.object { $0.array("required") { $0.field(nil, name) } } }
      }
    }
    object.field("additionalProperties", false)
  }

  private static func value(_ value: SettingShape.Value, _ object: inout JSONWriter) {
    switch value {
    case .text:
      // A code of digits may be written without quotes.
      object.array("type") { for type in ["string", "number"] { $0.field(nil, type) } }
    case .number(let range):
      object.field("type", "integer")
      object.field("minimum", range.lowerBound)
      object.field("maximum", range.upperBound)
    case .flag: object.field("type", "boolean")
    case .form(let pattern):
      object.field("type", "string")
      object.field("pattern", pattern)
    case .oneOf(let codes): object.array("enum") { list in for code in codes { list.field(nil, code) } }
    case .some(let item):
      object.array("anyOf") { choices in
        choices.object { self.value(item, &$0) }
        choices.object { list in
          list.field("type", "array")
          list.object("items") { self.value(item, &$0) }
        }
      }
    case .mapping(let shape): content(shape, &object)
    case .list(let shape):
      object.field("type", "array")
      object.object("items") { content(shape, &$0) }
    case .table(let shape):
      object.field("type", "object")
      object.object("additionalProperties") { content(shape, &$0) }
    }
  }
}
