/// Folded bodies of all history in UTF-16, for exact verification: 2 bytes a character, in blocks that are never copied.
struct TextStore: ~Copyable {
  private static let blockUnits = 4 << 20
  private var blocks: [UnsafeMutablePointer<UInt16>] = []
  private var used = TextStore.blockUnits

  deinit { for block in blocks { LargeBlock.free(block, count: TextStore.blockUnits) } }

  /// Where a text lies, in units from the first block's start.
  struct Location {
    var start: UInt64
    var count: UInt32
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
    let start = UInt64((blocks.count - 1) * TextStore.blockUnits + used)
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
    used += count
    return Location(start: start, count: UInt32(count))
  }

  /// Decodes a text into `buffer` and returns how many scalars it has.
  func read(_ location: Location, into buffer: inout [UInt32]) -> Int {
    let count = Int(location.count)
    if buffer.count < count { buffer = Array(repeating: 0, count: count * 2) }
    let source = blocks[Int(location.start) / TextStore.blockUnits] + Int(location.start) % TextStore.blockUnits
    return buffer.withUnsafeMutableBufferPointer { target in
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
