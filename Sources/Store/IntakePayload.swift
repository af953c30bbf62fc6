/// What the event of a batch says: which seals it took, what it counted, and the digest over its versions.
struct IntakePayload {
  var firstSeal: Int
  /// One less than the first when the batch held set-aside records only.
  var lastSeal: Int
  var new: Int
  var revised: Int
  /// Set-aside records kept; their seals follow the last version's.
  var quarantined: Int
  /// Hexadecimal digits.
  var rows: String

  /// Nil when the payload is not one of a batch.
  ///
  /// Looks for `"key":` and not more: inside a JSON string every quotation mark has a backslash before it, and the mark
  /// that ends a value is never followed by a colon, so what is found is a key.
  init?(_ payload: String) {
    let bytes = Array(payload.utf8)
    guard let firstSeal = IntakePayload.number("first_seal", bytes), firstSeal > 0,
      let lastSeal = IntakePayload.number("last_seal", bytes), let new = IntakePayload.number("new", bytes),
      let revised = IntakePayload.number("revised", bytes),
      let quarantined = IntakePayload.number("quarantined", bytes), let rows = IntakePayload.value("rows", bytes),
      rows.count == 66
    else { return nil }
    self.firstSeal = firstSeal
    self.lastSeal = lastSeal
    self.new = new
    self.revised = revised
    self.quarantined = quarantined
    self.rows = String(decoding: rows.dropFirst().dropLast(), as: UTF8.self)
  }

  /// Whether a version or a set-aside record was taken in with this batch.
  func holds(_ seal: Int) -> Bool { seal >= firstSeal && seal <= lastSeal &+ quarantined }

  private static func number(_ key: String, _ payload: [UInt8]) -> Int? {
    guard let value = value(key, payload), let number = Int(String(decoding: value, as: UTF8.self)), number >= 0,
      number < 1 << 48
    else { return nil }
    return number
  }

  private static func value(_ key: String, _ payload: [UInt8]) -> ArraySlice<UInt8>? {
    let label = Array("\"\(key)\":".utf8)
    guard payload.count > label.count else { return nil }
    for start in 0..<payload.count - label.count where payload[start] == label[0] {
      let end = start + label.count
      guard payload[start..<end].elementsEqual(label) else { continue }
      return payload[end...].prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "}") }
    }
    return nil
  }
}
