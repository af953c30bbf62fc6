/// The JSON object an event carries, flat as all of ours are, read key by key.
///
/// Looks for `"key":` and not more: inside a JSON string every quotation mark has a backslash before it, and the mark
/// that ends a value is never followed by a colon, so what is found is a key.
struct EventPayload {
  private let bytes: [UInt8]

  init(_ payload: String) { bytes = Array(payload.utf8) }

  /// A whole number from 0 up to 2⁴⁸.
  func number(_ key: String) -> Int? {
    guard let value = value(key), let number = Int(String(decoding: value, as: UTF8.self)), number >= 0,
      number < 1 << 48
    else { return nil }
    return number
  }

  /// A text that needs no escapes: codes, versions, hexadecimal digits.
  func text(_ key: String) -> String? {
    guard let value = value(key), value.count >= 2, value.first == UInt8(ascii: "\"") else { return nil }
    return String(decoding: value.dropFirst().dropLast(), as: UTF8.self)
  }

  func has(_ key: String) -> Bool { value(key) != nil }

  /// Whether the event of a page judged anew covers a submission whose verdict is that book's.
  func judges(_ submission: Int, by book: String) -> Bool {
    guard let first = number("first"), let last = number("last") else { return false }
    return first <= submission && submission <= last && text("book") == book
  }

  private func value(_ key: String) -> ArraySlice<UInt8>? {
    let label = Array("\"\(key)\":".utf8)
    guard bytes.count > label.count else { return nil }
    for start in 0..<bytes.count - label.count where bytes[start] == label[0] {
      let end = start + label.count
      guard bytes[start..<end].elementsEqual(label) else { continue }
      return bytes[end...].prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "}") }
    }
    return nil
  }
}
