#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Suggestions

/// Checks a stream for UTF-8 and NUL, and holds back the bytes of a character that the chunk's end cuts in two.
struct UTF8Gate {
  /// Bytes of an unfinished character at the end of the last chunk.
  private(set) var held: [UInt8] = []

  /// What of this chunk may pass.
  struct Passage {
    /// The character that lay across the chunks' border, complete now.
    var bridge: [UInt8] = []
    /// Bytes of the chunk that belong to the bridge.
    var from = 0
    var to = 0
    /// Index of the fault; negative when it lies in the chunk before.
    var fault: (reason: SetAsideReason, at: Int)?
  }

  mutating func pass(_ base: UnsafePointer<UInt8>, _ count: Int) -> Passage {
    var passage = Passage()
    if !held.isEmpty {
      let before = held.count
      while passage.from < count, UTF8Check.unfinished(held, held.count) > 0 {
        held.append(base[passage.from])
        passage.from += 1
      }
      passage.to = passage.from
      if UTF8Check.unfinished(held, held.count) > 0 { return passage }
      if UTF8Check.firstFault(held, held.count) != nil {
        passage.fault = (.invalidUTF8, -before)
        return passage
      }
      passage.bridge = held
      held = []
    }
    let rest = base + passage.from
    let length = count - passage.from
    let nul = memchr(rest, 0, length).map { UnsafePointer($0.assumingMemoryBound(to: UInt8.self)) - rest }
    let cut = nul ?? length - UTF8Check.unfinished(rest, length)
    if let fault = UTF8Check.firstFault(rest, cut) {
      passage.to = passage.from + fault
      passage.fault = (.invalidUTF8, passage.to)
      return passage
    }
    passage.to = passage.from + cut
    if nul != nil {
      passage.fault = (.nulCharacter, passage.to)
    } else {
      held = Array(UnsafeBufferPointer(start: rest + cut, count: length - cut))
    }
    return passage
  }
}
