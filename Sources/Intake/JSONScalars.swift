internal import Suggestions

extension JSONScanner {
  // MARK: numbers and names

  /// A number, true, false or null.
  mutating func scalar() -> Bool {
    switch cursor.pointee {
    case UInt8(ascii: "t"): return word(0x6575_7274, 4)
    case UInt8(ascii: "n"): return word(0x6C6C_756E, 4)
    case UInt8(ascii: "f"):
      cursor += 1
      return word(0x6573_6C61, 4)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return number()
    default: return fail("value")
    }
  }

  @inline(__always)
  private mutating func word(_ letters: UInt32, _ count: Int) -> Bool {
    guard UnsafeRawPointer(cursor).loadUnaligned(as: UInt32.self) == letters else { return fail("value") }
    cursor += count
    return true
  }

  private mutating func number() -> Bool {
    if cursor.pointee == UInt8(ascii: "-") { cursor += 1 }
    if cursor.pointee == UInt8(ascii: "0") {
      cursor += 1
      if cursor.pointee &- 0x30 < 10 { return fail("number without leading zero") }
    } else {
      guard digits() else { return false }
    }
    if cursor.pointee == UInt8(ascii: ".") {
      cursor += 1
      guard digits() else { return false }
    }
    if cursor.pointee | 0x20 == UInt8(ascii: "e") {
      cursor += 1
      if cursor.pointee == UInt8(ascii: "+") || cursor.pointee == UInt8(ascii: "-") { cursor += 1 }
      guard digits() else { return false }
    }
    return true
  }

  private mutating func digits() -> Bool {
    guard cursor.pointee &- 0x30 < 10 else { return fail("digit") }
    repeat { cursor += 1 } while cursor.pointee &- 0x30 < 10
    return true
  }

  // MARK: strings

  /// A string; the cursor stands on its opening quote, afterwards behind the closing one.
  /// - Parameter keeping: whether `text` is wanted; the string is checked either way.
  @inline(__always)
  mutating func string(keeping: Bool) -> Bool {
    textHasEscapes = false
    textHasReturns = false
    let from = cursor + 1
    let stop = JSONScanner.plain(from)
    cursor = stop
    if stop.pointee == UInt8(ascii: "\"") {
      text = from
      textCount = stop - from
      cursor = stop + 1
      return true
    }
    return unusual(from, keeping: keeping)
  }

  /// Goes on from a byte that is no plain character of a string: an escape, or a fault.
  @inline(never)
  private mutating func unusual(_ from: UnsafePointer<UInt8>, keeping: Bool) -> Bool {
    guard cursor.pointee == UInt8(ascii: "\\") else { return badByte() }
    let written = spill
    var segment = from
    textHasEscapes = true
    while true {
      if keeping {
        spill.update(from: segment, count: cursor - segment)
        spill += cursor - segment
      }
      guard escape(keeping: keeping) else { return false }
      segment = cursor
      cursor = JSONScanner.plain(cursor)
      if cursor.pointee == UInt8(ascii: "\"") {
        if keeping {
          spill.update(from: segment, count: cursor - segment)
          spill += cursor - segment
        }
        text = UnsafePointer(written)
        textCount = keeping ? spill - written : 0
        cursor += 1
        return true
      }
      if cursor.pointee != UInt8(ascii: "\\") { return badByte() }
    }
  }

  /// The first byte from `from` on that ends a run of plain, valid characters: quote, backslash, control or fault.
  @inline(__always)
  private static func plain(_ from: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
    var at = from
    while true {
      let word = UnsafeRawPointer(at).loadUnaligned(as: UInt64.self)
      let quote = word ^ 0x2222_2222_2222_2222
      let slash = word ^ 0x5C5C_5C5C_5C5C_5C5C
      // Each term has the top bit of a byte set where the byte is wanted; the lowest one set is never a false one.
      let special =
        (((quote &- 0x0101_0101_0101_0101) & ~quote) | ((slash &- 0x0101_0101_0101_0101) & ~slash)
          | ((word &- 0x2020_2020_2020_2020) & ~word) | word) & 0x8080_8080_8080_8080
      if special == 0 {
        at += 8
        continue
      }
      at += special.trailingZeroBitCount >> 3
      if at.pointee < 0x80 { return at }
      // Chinese: three bytes a character, two characters at a time.
      while true {
        let word = UnsafeRawPointer(at).loadUnaligned(as: UInt64.self)
        if word & 0x0000_C0C0_F0C0_C0F0 == 0x0000_8080_E080_80E0,
          UTF8Check.isPlainLead(word), UTF8Check.isPlainLead(word >> 24)
        {
          at += 6
        } else if word & 0x00C0_C0F0 == 0x0080_80E0, UTF8Check.isPlainLead(word) {
          at += 3
        } else if word & 0x80 == 0 {
          break
        } else {
          let length = UTF8Check.scalar(at, 4)
          if length == 0 { return at }
          at += length
        }
      }
    }
  }

  private mutating func badByte() -> Bool {
    if cursor >= end { return fail("closing quote") }
    if cursor.pointee >= 0x80 { return stop(.invalidUTF8) }
    return fail("escaped control character")
  }

  /// An escape sequence; the cursor stands on its backslash.
  private mutating func escape(keeping: Bool) -> Bool {
    let letter = cursor[1]
    let byte: UInt8
    switch letter {
    case UInt8(ascii: "n"): byte = 0x0A
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): byte = letter
    case UInt8(ascii: "r"):
      byte = 0x0D
      textHasReturns = true
    case UInt8(ascii: "t"): byte = 0x09
    case UInt8(ascii: "b"): byte = 0x08
    case UInt8(ascii: "f"): byte = 0x0C
    case UInt8(ascii: "u"): return unicodeEscape(keeping: keeping)
    default:
      cursor += 1
      return fail("escape character")
    }
    cursor += 2
    if keeping {
      spill.pointee = byte
      spill += 1
    }
    return true
  }

  private mutating func unicodeEscape(keeping: Bool) -> Bool {
    guard var code = hex(cursor + 2) else {
      cursor += 2
      while JSONScanner.hexDigit(cursor.pointee) != nil { cursor += 1 }
      return fail("four hexadecimal digits")
    }
    if code & 0xF800 == 0xD800 {
      guard code < 0xDC00, cursor[6] == UInt8(ascii: "\\"), cursor[7] == UInt8(ascii: "u"),
        let low = hex(cursor + 8), low & 0xFC00 == 0xDC00
      else { return fail("surrogate pair") }
      code = 0x10000 + ((code & 0x3FF) << 10) + (low & 0x3FF)
      cursor += 6
    }
    if code == 0, blemish == nil {
      blemish = .nulCharacter
      blemishAt = cursor
    }
    if code == 0x0D { textHasReturns = true }
    cursor += 6
    guard keeping else { return true }
    if code < 0x80 {
      spill[0] = UInt8(code)
      spill += 1
    } else if code < 0x800 {
      spill[0] = UInt8(0xC0 | code >> 6)
      spill[1] = UInt8(0x80 | code & 0x3F)
      spill += 2
    } else if code < 0x10000 {
      spill[0] = UInt8(0xE0 | code >> 12)
      spill[1] = UInt8(0x80 | code >> 6 & 0x3F)
      spill[2] = UInt8(0x80 | code & 0x3F)
      spill += 3
    } else {
      spill[0] = UInt8(0xF0 | code >> 18)
      spill[1] = UInt8(0x80 | code >> 12 & 0x3F)
      spill[2] = UInt8(0x80 | code >> 6 & 0x3F)
      spill[3] = UInt8(0x80 | code & 0x3F)
      spill += 4
    }
    return true
  }

  private func hex(_ at: UnsafePointer<UInt8>) -> UInt32? {
    var code: UInt32 = 0
    for index in 0..<4 {
      guard let digit = JSONScanner.hexDigit(at[index]) else { return nil }
      code = code << 4 | UInt32(digit)
    }
    return code
  }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }
}
