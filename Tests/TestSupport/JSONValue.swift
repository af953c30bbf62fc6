package import Foundation

/// Any JSON, read with Foundation and not with the product's own scanner, so that the tests do not believe themselves.
package enum JSONValue: Sendable, Hashable, Decodable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  /// One document; throws when there is anything else around it.
  package init(_ data: Data) throws { self = try JSONDecoder().decode(JSONValue.self, from: data) }

  /// One document a line, without empty lines.
  package static func lines(_ data: Data) throws -> [JSONValue] {
    try data.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast().map { try JSONValue(Data($0)) }
  }

  package subscript(key: String) -> JSONValue {
    if case .object(let fields) = self { return fields[key] ?? .null }
    return .null
  }

  package subscript(index: Int) -> JSONValue { list.indices.contains(index) ? list[index] : .null }

  package var keys: Set<String> {
    if case .object(let fields) = self { return Set(fields.keys) }
    return []
  }

  package var list: [JSONValue] {
    if case .array(let elements) = self { return elements }
    return []
  }

  package var text: String? {
    if case .string(let text) = self { return text }
    return nil
  }

  package var int: Int? { double.flatMap { Int(exactly: $0) } }

  package var double: Double? {
    if case .number(let number) = self { return number }
    return nil
  }

  package var isTrue: Bool { self == .bool(true) }
}
