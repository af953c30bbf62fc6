internal import Suggestions

/// How the records of a JSON file are laid out.
enum JSONShape {
  /// One record a line.
  case lines
  /// The whole file is one record.
  case record
  /// An array of records, or an object that holds one.
  case document

  /// The shape, or nil when more of the file must be seen.
  /// - Parameter isWhole: nothing more will be seen: the file ends here, or its head has grown long enough.
  static func of(
    _ head: some Collection<UInt8>, isWhole: Bool, places: [[String]], limits: IntakeLimits
  ) -> JSONShape? {
    let bytes = Array(head)
    guard let first = bytes.firstIndex(where: { !isSpace($0) }) else { return isWhole ? .lines : nil }
    let allowsTop = places.contains([])
    if bytes[first] == UInt8(ascii: "[") { return .document }
    guard allowsTop else { return .document }
    guard bytes[first] == UInt8(ascii: "{") else { return .lines }

    let (end, isValue) = JSONOutline.withScanner(bytes, limits: limits) { scanner -> (Int, Bool) in
      scanner.skipSpace()
      let isValue = scanner.value(depth: 0)
      return ((isValue ? scanner.cursor : scanner.faultAt) - scanner.start, isValue)
    }
    let firstLineEnd = bytes[first...].firstIndex(of: 0x0A)
    if isValue {
      let isOneLine = firstLineEnd.map { $0 >= end } ?? true
      if let next = bytes[end...].firstIndex(where: { !isSpace($0) }) {
        return isOneLine && bytes[next] != UInt8(ascii: ",") ? .lines : single(bytes, places, limits)
      }
      return isWhole ? single(bytes, places, limits) : nil
    }
    if end >= bytes.count {
      guard isWhole else { return nil }
      return single(bytes, places, limits)
    }
    guard let firstLineEnd else {
      // A fault in the only line there is.
      return isWhole ? single(bytes, places, limits) : nil
    }
    if end > firstLineEnd {
      // A line that begins with a brace where none can stand: the line before was cut short.
      let before = bytes[..<end].lastIndex { $0 == 0x0A || !isSpace($0) }
      let isLineStart = before.map { bytes[$0] == 0x0A } ?? false
      return isLineStart && bytes[end] == UInt8(ascii: "{") ? .lines : single(bytes, places, limits)
    }
    guard let next = bytes[firstLineEnd...].firstIndex(where: { !isSpace($0) }) else {
      return isWhole ? single(bytes, places, limits) : nil
    }
    let last = bytes[..<firstLineEnd].last { !isSpace($0) }
    let isOpen = last == UInt8(ascii: "[") || last == UInt8(ascii: ",") || last == UInt8(ascii: ":")
    return bytes[next] == UInt8(ascii: "{") && !isOpen ? .lines : single(bytes, places, limits)
  }

  /// One object: a record itself, or one that holds records.
  private static func single(_ bytes: [UInt8], _ places: [[String]], _ limits: IntakeLimits) -> JSONShape {
    let inner = places.filter { !$0.isEmpty }
    guard !inner.isEmpty, let outline = JSONOutline.of(bytes, limits: limits) else { return .record }
    let holds = inner.contains { outline.value(at: $0).map { $0.kind != .scalar } ?? false }
    return holds ? .document : .record
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }
}
