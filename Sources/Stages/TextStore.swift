/// Folded bodies of all history in UTF-16, for exact verification: 2 bytes a character, in blocks that are never copied.
struct TextStore: ~Copyable {
  private static let blockUnits = 4 << 20
  /// Texts begin at multiples of this many units, so that 32 bits can say where.
  private static let alignment = 4
  private var blocks: [UnsafeMutablePointer<UInt16>] = []
  private var used = TextStore.blockUnits

  deinit { for block in blocks { LargeBlock.free(block, count: TextStore.blockUnits) } }

  /// Where a text lies.
  struct Location {
    /// In steps of ``alignment`` units from the first block's start: 32 GiB of text.
    fileprivate var start: UInt32
    /// Units, and in the highest bit whether there are surrogates among them.
    fileprivate var packed: UInt32

    fileprivate static let surrogates: UInt32 = 1 << 31

    /// UTF-16 units of the text: its characters, nearly always.
    var units: Int { Int(packed & ~Location.surrogates) }
  }

  var byteCount: Int { blocks.count * TextStore.blockUnits * 2 }

  /// Texts longer than this are compared by their beginning; the limit keeps a text inside one block.
  static let longestText = 1 << 20

  mutating func append(_ scalars: UnsafeBufferPointer<UInt32>) -> Location {
    let taken = min(scalars.count, TextStore.longestText)
    if used + taken * 2 > TextStore.blockUnits {
      blocks.append(LargeBlock.allocate(UInt16.self, count: TextStore.blockUnits))
      used = 0
    }
    let block = blocks[blocks.count - 1]
    let start = UInt32((blocks.count - 1) * (TextStore.blockUnits / TextStore.alignment) + used / TextStore.alignment)
    var count = 0
    for index in 0..<taken {
      let scalar = scalars[index]
      if scalar < 0x10000 {
        block[used + count] = UInt16(truncatingIfNeeded: scalar)
        count += 1
      } else {
        let offset = scalar - 0x10000
        block[used + count] = UInt16(truncatingIfNeeded: 0xD800 + (offset >> 10))
        block[used + count + 1] = UInt16(truncatingIfNeeded: 0xDC00 + (offset & 0x3FF))
        count += 2
      }
    }
    used += (count + TextStore.alignment - 1) / TextStore.alignment * TextStore.alignment
    return Location(start: start, packed: UInt32(count) | (count > taken ? Location.surrogates : 0))
  }

  @inline(__always)
  private func address(_ location: Location) -> UnsafeMutablePointer<UInt16> {
    let steps = TextStore.blockUnits / TextStore.alignment
    return blocks[Int(location.start) / steps] + Int(location.start) % steps * TextStore.alignment
  }

  /// Where a text's units begin, for having them fetched ahead.
  func start(_ location: Location) -> UnsafeRawPointer { UnsafeRawPointer(address(location)) }

  /// Decodes a text into `buffer` and returns how many scalars it has.
  func read(_ location: Location, into buffer: inout [UInt32]) -> Int {
    let count = location.units
    if buffer.count < count { buffer = Array(repeating: 0, count: count * 2) }
    let source = address(location)
    return buffer.withUnsafeMutableBufferPointer { target in
      if location.packed & Location.surrogates == 0 {
        for index in 0..<count { target[index] = UInt32(source[index]) }
        return count
      }
      var read = 0
      var written = 0
      while read < count {
        let unit = UInt32(source[read])
        read += 1
        if unit & 0xFC00 == 0xD800, read < count {
          target[written] = 0x10000 + (unit & 0x3FF) << 10 + UInt32(source[read]) & 0x3FF
          read += 1
        } else {
          target[written] = unit
        }
        written += 1
      }
      return written
    }
  }
}
