/// Checks of UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF.
enum UTF8Check {
  /// Length of the scalar at `at`, or 0 when none stands there. `available` bytes may be read.
  @inline(__always)
  static func scalar(_ at: UnsafePointer<UInt8>, _ available: Int) -> Int {
    let lead = at[0]
    if lead < 0x80 { return 1 }
    if lead < 0xC2 { return 0 }
    if lead < 0xE0 { return available >= 2 && at[1] & 0xC0 == 0x80 ? 2 : 0 }
    if lead < 0xF0 {
      guard available >= 3, at[1] & 0xC0 == 0x80, at[2] & 0xC0 == 0x80 else { return 0 }
      if lead == 0xE0, at[1] < 0xA0 { return 0 }
      if lead == 0xED, at[1] >= 0xA0 { return 0 }
      return 3
    }
    guard lead < 0xF5, available >= 4, at[1] & 0xC0 == 0x80, at[2] & 0xC0 == 0x80, at[3] & 0xC0 == 0x80
    else { return 0 }
    if lead == 0xF0, at[1] < 0x90 { return 0 }
    if lead == 0xF4, at[1] >= 0x90 { return 0 }
    return 4
  }

  /// Whether the last bytes begin a scalar that the next chunk may complete: how many of them, 0 = none.
  static func unfinished(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    var back = 1
    while back <= min(3, count) {
      let byte = bytes[count - back]
      if byte & 0xC0 == 0x80 {
        back += 1
        continue
      }
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC2 ? 2 : 1
      return length > back ? back : 0
    }
    return 0
  }

  /// Offset of the first byte that does not belong to a scalar, or nil.
  static func firstFault(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int? {
    var at = 0
    while at < count {
      if at + 8 <= count {
        let word = UnsafeRawPointer(bytes + at).loadUnaligned(as: UInt64.self)
        if word & 0x8080_8080_8080_8080 == 0 {
          at += 8
          continue
        }
        // Two characters of three bytes, as Chinese mostly is; E0 and ED need the closer look below.
        if word & 0x0000_C0C0_F0C0_C0F0 == 0x0000_8080_E080_80E0, isPlainLead(word), isPlainLead(word >> 24) {
          at += 6
          continue
        }
      }
      let length = scalar(bytes + at, count - at)
      if length == 0 { return at }
      at += length
    }
    return nil
  }

  /// Whether a three-byte lead allows every continuation: not E0, not ED.
  @inline(__always)
  static func isPlainLead(_ word: UInt64) -> Bool {
    let lead = UInt8(truncatingIfNeeded: word)
    return lead != 0xE0 && lead != 0xED
  }

  /// Characters (scalars) among the bytes, which are taken to be UTF-8.
  static func characters(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    var total = 0
    for at in 0..<count { total += bytes[at] & 0xC0 != 0x80 ? 1 : 0 }
    return total
  }
}
