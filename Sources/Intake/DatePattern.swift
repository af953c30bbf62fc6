internal import Suggestions

/// One way of writing a date, compiled; reads bytes, makes no text.
///
/// Letters: `y M d H m s` (twice = exactly two digits, once = one or two; `yyyy` four), `S` fraction of a second
/// (any number of digits), `X` offset (`Z`, `+08`, `+0800`, `+08:00`), `'…'` and everything else stand for themselves.
/// `excel-serial`, `unix-seconds` and `unix-milliseconds` are patterns of their own.
package struct DatePattern: Sendable {
  package let text: String
  private let shape: Shape

  private enum Shape: Sendable {
    case steps([Step])
    case excelSerial
    case unixSeconds
    case unixMilliseconds
  }

  private enum Step: Sendable {
    case year, fraction, offset
    case month(Int), day(Int), hour(Int), minute(Int), second(Int)
    case literal(UInt8)
  }

  /// Nil when the pattern holds a letter that has no meaning here, or lacks year, month or day.
  package init?(_ text: String) {
    self.text = text
    switch text {
    case "excel-serial": shape = .excelSerial
    case "unix-seconds": shape = .unixSeconds
    case "unix-milliseconds": shape = .unixMilliseconds
    default:
      guard let steps = DatePattern.compile(Array(text.utf8)) else { return nil }
      shape = .steps(steps)
    }
  }

  private static func compile(_ bytes: [UInt8]) -> [Step]? {
    var steps: [Step] = []
    var met: Set<UInt8> = []
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      if byte == 0x27 {
        guard let close = bytes[(at + 1)...].firstIndex(of: 0x27) else { return nil }
        steps += close == at + 1 ? [.literal(0x27)] : bytes[(at + 1)..<close].map { .literal($0) }
        at = close + 1
        continue
      }
      let isLetter = (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      guard isLetter else {
        steps.append(.literal(byte))
        at += 1
        continue
      }
      var count = 0
      while at < bytes.count, bytes[at] == byte {
        count += 1
        at += 1
      }
      guard met.insert(byte).inserted else { return nil }
      switch byte {
      case UInt8(ascii: "y") where count == 4 || count == 1: steps.append(.year)
      case UInt8(ascii: "M") where count <= 2: steps.append(.month(count))
      case UInt8(ascii: "d") where count <= 2: steps.append(.day(count))
      case UInt8(ascii: "H") where count <= 2: steps.append(.hour(count))
      case UInt8(ascii: "m") where count <= 2: steps.append(.minute(count))
      case UInt8(ascii: "s") where count <= 2: steps.append(.second(count))
      case UInt8(ascii: "S"): steps.append(.fraction)
      case UInt8(ascii: "X") where count <= 3: steps.append(.offset)
      default: return nil
      }
    }
    guard met.isSuperset(of: "yMd".utf8) else { return nil }
    return steps
  }

  /// The instant in seconds since 1970-01-01T00:00:00Z, or nil when the bytes are not written this way or name no
  /// real day or time.
  package func instant(_ bytes: UnsafeBufferPointer<UInt8>, zone: DateZone) -> Int64? {
    switch shape {
    case .steps(let steps): DatePattern.follow(steps, bytes, zone)
    case .excelSerial: DatePattern.serial(bytes, zone)
    case .unixSeconds: DatePattern.integer(bytes).flatMap { (100_000_000...99_999_999_999).contains($0) ? $0 : nil }
    case .unixMilliseconds:
      DatePattern.integer(bytes).flatMap { (100_000_000_000...99_999_999_999_999).contains($0) ? $0 / 1000 : nil }
    }
  }

  private static func follow(_ steps: [Step], _ bytes: UnsafeBufferPointer<UInt8>, _ zone: DateZone) -> Int64? {
    var at = 0
    var year: Int64 = 0
    var month: Int64 = 1
    var day: Int64 = 1
    var hour: Int64 = 0
    var minute: Int64 = 0
    var second: Int64 = 0
    var offset: Int64?
    for step in steps {
      switch step {
      case .literal(let byte):
        guard at < bytes.count, bytes[at] == byte else { return nil }
        at += 1
      case .year: guard read(bytes, &at, 4, 4, &year) else { return nil }
      case .month(let width): guard read(bytes, &at, width, 2, &month) else { return nil }
      case .day(let width): guard read(bytes, &at, width, 2, &day) else { return nil }
      case .hour(let width): guard read(bytes, &at, width, 2, &hour) else { return nil }
      case .minute(let width): guard read(bytes, &at, width, 2, &minute) else { return nil }
      case .second(let width): guard read(bytes, &at, width, 2, &second) else { return nil }
      case .fraction:
        // The fraction is read past: instants are whole seconds.
        var ignored: Int64 = 0
        guard read(bytes, &at, 1, 9, &ignored) else { return nil }
      case .offset:
        guard let read = readOffset(bytes, &at) else { return nil }
        offset = read
      }
    }
    guard at == bytes.count, hour < 24, minute < 60, second <= 60,
      let days = daysSince1970(year: year, month: month, day: day)
    else { return nil }
    let local = days * 86_400 + hour * 3600 + minute * 60 + second
    if let offset { return local - offset }
    return zone.instant(local: local)
  }

  private static func read(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int, _ least: Int, _ most: Int, _ value: inout Int64
  ) -> Bool {
    var count = 0
    var sum: Int64 = 0
    while count < most, at < bytes.count, bytes[at] &- 0x30 < 10 {
      sum = sum * 10 + Int64(bytes[at] - 0x30)
      at += 1
      count += 1
    }
    value = sum
    return count >= least
  }

  private static func readOffset(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> Int64? {
    guard at < bytes.count else { return nil }
    let sign = bytes[at]
    at += 1
    if sign == UInt8(ascii: "Z") { return 0 }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
    var hours: Int64 = 0
    var minutes: Int64 = 0
    guard read(bytes, &at, 2, 2, &hours) else { return nil }
    if at < bytes.count, bytes[at] == 0x3A {
      at += 1
      guard read(bytes, &at, 2, 2, &minutes) else { return nil }
    } else if at < bytes.count, bytes[at] &- 0x30 < 10 {
      guard read(bytes, &at, 2, 2, &minutes) else { return nil }
    }
    guard hours <= 18, minutes < 60 else { return nil }
    return (sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 3600 + minutes * 60)
  }

  /// Days of the proleptic Gregorian calendar, or nil when there is no such day.
  static func daysSince1970(year: Int64, month: Int64, day: Int64) -> Int64? {
    CivilTime.dayNumber(year: Int(year), month: Int(month), day: Int(day)).map(Int64.init)
  }

  /// A spreadsheet's day number, 1 = 1900-01-01 in its count, i.e. days since 1899-12-30; 2 = 1900-01-01 for us only
  /// before March 1900, which no form reaches.
  private static func serial(_ bytes: UnsafeBufferPointer<UInt8>, _ zone: DateZone) -> Int64? {
    var at = 0
    var days: Int64 = 0
    guard read(bytes, &at, 1, 7, &days), (61...2_958_465).contains(days) else { return nil }
    var seconds: Int64 = 0
    if at < bytes.count, bytes[at] == 0x2E {
      at += 1
      let from = at
      var fraction = 0.0
      var scale = 0.1
      while at < bytes.count, bytes[at] &- 0x30 < 10, at - from < 17 {
        fraction += Double(bytes[at] - 0x30) * scale
        scale /= 10
        at += 1
      }
      guard at > from else { return nil }
      seconds = Int64((fraction * 86_400).rounded())
    }
    guard at == bytes.count else { return nil }
    return zone.instant(local: (days - 25_569) * 86_400 + seconds)
  }

  private static func integer(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard (1...18).contains(bytes.count), bytes.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
    return bytes.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
  }
}
