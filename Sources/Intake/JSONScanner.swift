internal import Suggestions

/// Reads one JSON value exactly as RFC 8259 has it and puts mapped values into slots.
///
/// The bytes stand in one block that ends with at least 16 readable zero bytes, so eight bytes can be looked at at a
/// time without asking for the end. Strings without escapes are not copied: their slots point into the block.
/// Others are written to `spill`, which needs room for three times the block.
struct JSONScanner {
  /// A key met in an object still open.
  struct SeenKey {
    var hash: UInt64
    var bytes: UnsafePointer<UInt8>
    var count: Int
  }

  let start: UnsafePointer<UInt8>
  let end: UnsafePointer<UInt8>
  var cursor: UnsafePointer<UInt8>
  /// Where the next unescaped text goes.
  var spill: UnsafeMutablePointer<UInt8>

  /// The string read last.
  var text: UnsafePointer<UInt8>
  var textCount = 0
  var textHasEscapes = false
  var textHasReturns = false

  let keys: KeyTable?
  let slots: UnsafeMutablePointer<FieldSlot>?
  /// Offset in the arena of `start`; the spill lies behind it in the same arena.
  let spanBase: Int
  /// Keys of the objects still open, outermost first.
  let seen: UnsafeMutablePointer<SeenKey>
  var seenCount = 0
  let depthLimit: Int
  let keyLimit: Int

  /// Why reading stopped, and where.
  var fault: SetAsideReason?
  var faultAt: UnsafePointer<UInt8>
  /// A fault that spoils the record but not the reading of what follows: a key twice, U+0000.
  var blemish: SetAsideReason?
  var blemishAt: UnsafePointer<UInt8>

  init(
    start: UnsafePointer<UInt8>, count: Int, spill: UnsafeMutablePointer<UInt8>, spanBase: Int, keys: KeyTable?,
    slots: UnsafeMutablePointer<FieldSlot>?, seen: UnsafeMutablePointer<SeenKey>, limits: IntakeLimits
  ) {
    self.start = start
    end = start + count
    cursor = start
    self.spill = spill
    text = start
    self.keys = keys
    self.slots = slots
    self.spanBase = spanBase
    self.seen = seen
    depthLimit = limits.depth
    keyLimit = limits.fieldsPerRecord
    faultAt = start
    blemishAt = start
  }

  // MARK: values

  /// One value with nothing but white space around it. False: see `fault`.
  mutating func document() -> Bool {
    skipSpace()
    guard value(depth: 0) else { return false }
    skipSpace()
    if cursor != end { return fail("end of value") }
    return true
  }

  /// A record: an object whose keys are mapped from the root of the key table.
  mutating func record() -> Bool {
    skipSpace()
    guard cursor.pointee == UInt8(ascii: "{") else { return fail("object") }
    guard object(node: 0, depth: 1) else { return false }
    skipSpace()
    if cursor != end { return fail("end of record") }
    return true
  }

  /// A value nobody wants.
  mutating func value(depth: Int) -> Bool {
    switch cursor.pointee {
    case UInt8(ascii: "\""): return string(keeping: false)
    case UInt8(ascii: "{"): return object(node: -1, depth: depth + 1)
    case UInt8(ascii: "["): return array(depth: depth + 1)
    default: return scalar()
    }
  }

  /// An object; the cursor stands on its brace. `node` -1: none of its keys is wanted.
  mutating func object(node: Int, depth: Int) -> Bool {
    if depth > depthLimit { return stop(.limitExceeded(name: "depth", limit: depthLimit)) }
    cursor += 1
    let firstSeen = seenCount
    var filter: UInt64 = 0
    skipSpace()
    if cursor.pointee == UInt8(ascii: "}") {
      cursor += 1
      return true
    }
    while true {
      guard cursor.pointee == UInt8(ascii: "\"") else { return fail("key") }
      let keyAt = cursor
      guard string(keeping: true) else { return false }
      let hash = KeyTable.hash(text, textCount)
      let bit: UInt64 = 1 &<< (hash & 63)
      if filter & bit != 0 { checkRepeated(hash, since: firstSeen, at: keyAt) }
      filter |= bit
      if seenCount - firstSeen >= keyLimit { return stop(.limitExceeded(name: "keys", limit: keyLimit)) }
      seen[seenCount] = SeenKey(hash: hash, bytes: text, count: textCount)
      seenCount += 1
      skipSpace()
      guard cursor.pointee == UInt8(ascii: ":") else { return fail("colon") }
      let entry = node >= 0 ? keys.unsafelyUnwrapped.find(node, hash, text, textCount) : nil
      cursor += 1
      skipSpace()
      if let entry {
        guard mapped(entry.pointee, depth: depth) else { return false }
      } else {
        guard value(depth: depth) else { return false }
      }
      skipSpace()
      let next = cursor.pointee
      if next == UInt8(ascii: ",") {
        cursor += 1
        skipSpace()
      } else if next == UInt8(ascii: "}") {
        cursor += 1
        seenCount = firstSeen
        return true
      } else {
        return fail("comma or closing brace")
      }
    }
  }

  private mutating func checkRepeated(_ hash: UInt64, since first: Int, at place: UnsafePointer<UInt8>) {
    guard blemish == nil else { return }
    for index in first..<seenCount where seen[index].hash == hash && seen[index].count == textCount {
      if equalBytes(seen[index].bytes, text, textCount) {
        // A key comes from a form; a very long one might not.
        let name = UnsafeBufferPointer(start: text, count: min(textCount, 64))
        blemish = .duplicateKey(String(decoding: name, as: UTF8.self))
        blemishAt = place
        return
      }
    }
  }

  /// A value that a path of the profile leads to or through.
  private mutating func mapped(_ entry: KeyTable.Entry, depth: Int) -> Bool {
    let slots = slots.unsafelyUnwrapped
    switch cursor.pointee {
    case UInt8(ascii: "\""):
      guard string(keeping: entry.slot >= 0) else { return false }
      if entry.slot >= 0 {
        slots[Int(entry.slot)] = FieldSlot(
          span: span(text, textCount), isUnreadable: false, hasReturns: textHasReturns)
      }
      return true
    case UInt8(ascii: "{"):
      if entry.slot >= 0 { slots[Int(entry.slot)].isUnreadable = true }
      return object(node: Int(entry.child), depth: depth + 1)
    case UInt8(ascii: "["):
      return entry.slot >= 0 ? list(into: slots + Int(entry.slot), depth: depth + 1) : array(depth: depth + 1)
    default:
      let from = cursor
      guard scalar() else { return false }
      if entry.slot >= 0, from.pointee != UInt8(ascii: "n") {
        slots[Int(entry.slot)] = FieldSlot(
          span: span(from, cursor - from), isUnreadable: false, hasReturns: false)
      }
      return true
    }
  }

  @inline(__always)
  private func span(_ from: UnsafePointer<UInt8>, _ count: Int) -> ByteSpan {
    ByteSpan(offset: UInt32(truncatingIfNeeded: spanBase + (from - start)), count: UInt32(truncatingIfNeeded: count))
  }

  private mutating func array(depth: Int) -> Bool {
    if depth > depthLimit { return stop(.limitExceeded(name: "depth", limit: depthLimit)) }
    cursor += 1
    skipSpace()
    if cursor.pointee == UInt8(ascii: "]") {
      cursor += 1
      return true
    }
    while true {
      guard value(depth: depth) else { return false }
      guard let isLast = afterElement() else { return false }
      if isLast { return true }
    }
  }

  /// Whether the array ends here; nil: fault.
  @inline(__always)
  private mutating func afterElement() -> Bool? {
    skipSpace()
    let next = cursor.pointee
    if next == UInt8(ascii: ",") {
      cursor += 1
      skipSpace()
      return false
    }
    if next == UInt8(ascii: "]") {
      cursor += 1
      return true
    }
    _ = fail("comma or closing bracket")
    return nil
  }

  /// An array where a text is wanted: its scalars, one a line.
  private mutating func list(into slot: UnsafeMutablePointer<FieldSlot>, depth: Int) -> Bool {
    if depth > depthLimit { return stop(.limitExceeded(name: "depth", limit: depthLimit)) }
    cursor += 1
    slot.pointee = .empty
    skipSpace()
    if cursor.pointee == UInt8(ascii: "]") {
      cursor += 1
      return true
    }
    var joined: UnsafeMutablePointer<UInt8>?
    while true {
      var piece = cursor
      var count = 0
      var isText = true
      switch cursor.pointee {
      case UInt8(ascii: "\""):
        guard string(keeping: true) else { return false }
        piece = text
        count = textCount
        if textHasReturns { slot.pointee.hasReturns = true }
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        slot.pointee.isUnreadable = true
        isText = false
        guard value(depth: depth) else { return false }
      default:
        guard scalar() else { return false }
        count = cursor - piece
        isText = piece.pointee != UInt8(ascii: "n")
      }
      // Once it is no list of texts, nothing more is joined: the spill has room for one joining of each text.
      if isText, !slot.pointee.isUnreadable {
        if !slot.pointee.span.isPresent {
          slot.pointee.span = span(piece, count)
        } else {
          join(slot, piece, count, &joined)
        }
      }
      guard let isLast = afterElement() else { return false }
      if isLast { return true }
    }
  }

  private mutating func join(
    _ slot: UnsafeMutablePointer<FieldSlot>, _ piece: UnsafePointer<UInt8>, _ count: Int,
    _ joined: inout UnsafeMutablePointer<UInt8>?
  ) {
    let old = Int(slot.pointee.span.count)
    let from: UnsafeMutablePointer<UInt8>
    if let joined, joined + old == spill {
      from = joined
    } else if let joined, joined + old == UnsafePointer(piece), piece + count == UnsafePointer(spill) {
      // The piece was unescaped right behind the list: make room for the line feed.
      (joined + old + 1).update(from: joined + old, count: count)
      joined[old] = 0x0A
      spill += 1
      slot.pointee.span.count = UInt32(truncatingIfNeeded: old + 1 + count)
      return
    } else {
      from = spill
      from.update(from: start + (Int(slot.pointee.span.offset) - spanBase), count: old)
      spill += old
      joined = from
    }
    spill[0] = 0x0A
    (spill + 1).update(from: piece, count: count)
    spill += 1 + count
    slot.pointee.span = span(UnsafePointer(from), old + 1 + count)
  }

  // MARK: faults

  /// The bytes are not JSON here.
  @inline(never)
  mutating func fail(_ expected: String) -> Bool {
    if cursor.pointee == 0, cursor < end { return stop(.nulCharacter) }
    if cursor.pointee >= 0x80, UTF8Check.scalar(cursor, end - cursor) == 0 { return stop(.invalidUTF8) }
    return stop(.syntax(expected: expected))
  }

  mutating func stop(_ reason: SetAsideReason) -> Bool {
    fault = reason
    faultAt = cursor
    return false
  }

  @inline(__always)
  mutating func skipSpace() {
    while true {
      let byte = cursor.pointee
      if byte > 0x20 { return }
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
      cursor += 1
    }
  }
}
