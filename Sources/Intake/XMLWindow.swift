/// The bytes of the file that are still at hand: some kept from before, and the chunk that is being read.
struct XMLWindow {
  /// Bytes from `offset` up to the chunk.
  var kept: [UInt8] = []
  /// Offset in the file of the first byte kept, or of the chunk when none is.
  var offset = 0
  var chunk = UnsafeBufferPointer<UInt8>(start: nil, count: 0)

  var chunkOffset: Int { offset + kept.count }
  var end: Int { chunkOffset + chunk.count }

  /// Hands out the bytes of a range in one or two pieces; what is no longer at hand is left out.
  @inline(__always)
  func pieces(_ from: Int, _ to: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    let border = chunkOffset
    if from < border {
      kept.withUnsafeBufferPointer {
        let low = max(0, from - offset)
        let high = min($0.count, to - offset)
        if low < high { body(UnsafeBufferPointer(rebasing: $0[low..<high])) }
      }
    }
    if to > border {
      let low = max(0, from - border)
      let high = min(chunk.count, to - border)
      if low < high { body(UnsafeBufferPointer(rebasing: chunk[low..<high])) }
    }
  }

  /// Gives up the chunk; keeps what stands from `from` on.
  mutating func close(keeping from: Int) {
    let border = chunkOffset
    if from >= border {
      kept.removeAll(keepingCapacity: true)
      kept.append(contentsOf: chunk[min(chunk.count, from - border)...])
    } else {
      if from > offset { kept.removeFirst(from - offset) }
      kept.append(contentsOf: chunk)
    }
    offset = max(offset, from)
    chunk = UnsafeBufferPointer(start: nil, count: 0)
  }
}
