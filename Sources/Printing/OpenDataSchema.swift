internal import Suggestions

/// The shape of the published suggestions' JSON Lines, for those who check what they load (JSON Schema 2020-12).
package enum OpenDataSchema {
  package static var bytes: [UInt8] {
    var json = JSONWriter(indented: true)
    json.object { json in
      json.field("$schema", "https://json-schema.org/draft/2020-12/schema")
      json.field("title", "金点子 Golden Ideas: published suggestions, one line")
      json.array("oneOf") { json in
        json.object { json in
          json.field("type", "object")
          json.field("additionalProperties", false)
          json.array("required") { json in for field in OpenDataField.allCases { json.field(nil, field.rawValue) } }
          json.object("properties") { json in
            for field in OpenDataField.allCases { json.object(field.rawValue) { describe(field, to: &$0) } }
          }
        }
        json.object { json in
          json.field("type", "object")
          json.field("additionalProperties", false)
          json.array("required") { json in for name in ["id", "withdrawn_at"] { json.field(nil, name) } }
          json.object("properties") { json in
            json.object("id") { $0.field("type", "string") }
            json.object("withdrawn_at") { json in
              json.field("type", "string")
              json.field("format", "date-time")
            }
          }
        }
      }
    }
    json.newline()
    return json.bytes
  }

  private static func describe(_ field: OpenDataField, to json: inout JSONWriter) {
    json.field("description", "\(field.meaning.zh) / \(field.meaning.en)")
    let type = field.type == "count" ? "integer" : "string"
    if field.mayBeMissing {
      json.array("type") { json in for name in [type, "null"] { json.field(nil, name) } }
    } else {
      json.field("type", type)
    }
    if field.type == "date" { json.field("format", "date") }
    if field.type == "count" { json.field("minimum", 1) }
  }
}
