internal import Suggestions

/// JSON Schemas of a book's files, for editors that complete and check YAML as it is typed (JSON Schema 2020-12).
///
/// Written from the same shapes the compiler reads by, so that they cannot disagree.
package enum BookSchema {
  /// The files that have one: `rules` is for everything in `keywords/`.
  package static let names = YAMLShape.files.map(\.name)

  /// The schema of a file; nil for a name that has none.
  package static func text(_ name: String) -> String? {
    guard let shape = YAMLShape.files.first(where: { $0.name == name })?.shape else { return nil }
    var writer = JSONWriter(indented: true)
    writer.object { root in
      root.field("$schema", "https://json-schema.org/draft/2020-12/schema")
      root.field("title", "golden-ideas \(name).yaml")
      content(shape, &root)
    }
    writer.newline()
    return writer.text
  }

  private static func content(_ shape: YAMLShape, _ object: inout JSONWriter) {
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
    object.field("additionalProperties", false)
  }

  private static func value(_ value: YAMLShape.Value, _ object: inout JSONWriter) {
    switch value {
    case .text: object.array("type") { for type in ["string", "number"] { $0.field(nil, type) } }
    case .number(let range):
      object.field("type", "integer")
      object.field("minimum", range.lowerBound)
      object.field("maximum", range.upperBound)
    case .flag: object.field("type", "boolean")
    case .date:
      object.field("type", "string")
      object.field("pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
    case .oneOf(let codes): object.array("enum") { list in for code in codes { list.field(nil, code) } }
    case .texts: oneOrMore(&object) { self.value(.text, &$0) }
    case .codes(let codes): oneOrMore(&object) { self.value(.oneOf(codes), &$0) }
    case .words(let shape), .textsOr(let shape):
      oneOrMore(&object) { item in
        item.array("anyOf") { choices in
          choices.object { self.value(.text, &$0) }
          choices.object { content(shape, &$0) }
        }
      }
    case .mapping(let shape): content(shape, &object)
    case .list(let shape):
      object.field("type", "array")
      object.object("items") { content(shape, &$0) }
    case .table:
      object.field("type", "object")
      object.object("additionalProperties") { self.value(.texts, &$0) }
    case .numberOr(let word):
      object.array("anyOf") { choices in
        choices.object { self.value(.number(0...10_000), &$0) }
        choices.object { $0.field("const", word) }
      }
    case .anything: break
    }
  }

  private static func oneOrMore(_ object: inout JSONWriter, _ item: (inout JSONWriter) -> Void) {
    object.array("anyOf") { choices in
      choices.object(nil, item)
      choices.object { list in
        list.field("type", "array")
        list.object("items", item)
      }
    }
  }
}
