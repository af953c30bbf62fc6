import Foundation
import TestSupport

/// Every piece of text in the shipped inbox, read as simply as can be: this room must not know the readers.
enum FixtureFields {
  static func all() throws -> [String] {
    var fields: [String] = []
    for path in PackageRoot.files(below: "fixtures/inbox") {
      let bytes = try PackageRoot.bytes(path)
      let text = String(decoding: bytes, as: UTF8.self)
      if path.hasSuffix(".xml") {
        fields += xml(text)
      } else if path.hasSuffix(".json") {
        collect(try? JSONSerialization.jsonObject(with: Data(bytes)), &fields)
      } else if path.hasSuffix(".jsonl") {
        for line in bytes.split(separator: 0x0A) {
          collect(try? JSONSerialization.jsonObject(with: Data(line)), &fields)
        }
      } else {
        fields += text.split(whereSeparator: \.isNewline).map(String.init)
      }
    }
    return fields
  }

  private static func collect(_ value: Any?, _ fields: inout [String]) {
    switch value {
    case let text as String: fields.append(text)
    case let list as [Any]: for item in list { collect(item, &fields) }
    case let record as [String: Any]: for item in record.values { collect(item, &fields) }
    default: break
    }
  }

  /// What stands between tags, CDATA sections by themselves, references resolved.
  private static func xml(_ text: String) -> [String] {
    var fields: [String] = []
    var rest = text[...]
    while let open = rest.range(of: "<") {
      fields.append(resolved(rest[..<open.lowerBound]))
      rest = rest[open.upperBound...]
      if rest.hasPrefix("![CDATA["), let end = rest.range(of: "]]>") {
        fields.append(String(rest[..<end.lowerBound].dropFirst(8)))
        rest = rest[end.upperBound...]
      } else if let end = rest.range(of: rest.hasPrefix("!--") ? "-->" : ">") {
        rest = rest[end.upperBound...]
      }
    }
    return fields
  }

  private static func resolved(_ text: Substring) -> String {
    var result = ""
    var rest = text
    while let mark = rest.range(of: "&"), let end = rest[mark.upperBound...].range(of: ";") {
      result += rest[..<mark.lowerBound]
      let name = rest[mark.upperBound..<end.lowerBound]
      let known = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]
      if let plain = known[String(name)] {
        result += plain
      } else if name.hasPrefix("#") {
        let digits = name.dropFirst()
        let value = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        if let scalar = value.flatMap(Unicode.Scalar.init) { result.unicodeScalars.append(scalar) }
      }
      rest = rest[end.upperBound...]
    }
    return result + rest
  }
}
