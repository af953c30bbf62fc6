#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Suggestions

/// JSON Lines: one record a line; a faulty line is set aside and the next one read.
struct JSONLineFraming {
  /// Start of the line at hand.
  private var line: TextPosition
  /// The line's bytes from earlier chunks, cut where it is too long to be read.
  private var carry: [UInt8] = []
  private var carried = 0
  private let limits: IntakeLimits

  init(start: TextPosition, limits: IntakeLimits) {
    line = start
    self.limits = limits
  }

  mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>, _ builder: JSONDraftBuilder, _ batch: inout DraftBatch) {
    guard let base = bytes.baseAddress else { return }
    var from = 0
    while from < bytes.count {
      guard let found = memchr(base + from, 0x0A, bytes.count - from) else {
        keep(UnsafeBufferPointer(rebasing: bytes[from...]))
        return
      }
      let to = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - base
      let rest = UnsafeBufferPointer(start: base + from, count: to - from)
      if carried == 0 {
        read(rest, total: rest.count, builder, &batch)
        line.offset += rest.count + 1
      } else {
        keep(rest)
        readCarry(builder, &batch)
        line.offset += 1
      }
      line.line += 1
      from = to + 1
      batch.endOffset = line.offset
    }
  }

  mutating func finish(_ builder: JSONDraftBuilder, _ batch: inout DraftBatch) {
    if carried > 0 { readCarry(builder, &batch) }
    batch.endOffset = line.offset
  }

  private mutating func keep(_ bytes: UnsafeBufferPointer<UInt8>) {
    carried += bytes.count
    carry.append(contentsOf: bytes.prefix(limits.recordBytes - carry.count))
  }

  private mutating func readCarry(_ builder: JSONDraftBuilder, _ batch: inout DraftBatch) {
    carry.withUnsafeBufferPointer { read($0, total: carried, builder, &batch) }
    line.offset += carried
    carry.removeAll(keepingCapacity: true)
    carried = 0
  }

  /// One line; `bytes` are its first when `total` is more than can be read.
  private func read(
    _ bytes: UnsafeBufferPointer<UInt8>, total: Int, _ builder: JSONDraftBuilder, _ batch: inout DraftBatch
  ) {
    guard let base = bytes.baseAddress else { return }
    var start = line
    var count = bytes.count
    var record = base
    while count > 0, JSONLineFraming.isSpace(record[count - 1]) { count -= 1 }
    while count > 0, JSONLineFraming.isSpace(record.pointee) {
      record += 1
      count -= 1
      start.offset += 1
      start.column += 1
    }
    if count == 0, total == bytes.count { return }
    let trimmed = UnsafeBufferPointer(start: record, count: count)
    let reason: SetAsideReason
    var fault = 0
    if total > limits.recordBytes {
      reason = .limitExceeded(name: "record bytes", limit: limits.recordBytes)
    } else {
      switch builder.add(trimmed, at: start, into: &batch) {
      case .done: return
      case .broken(let why, let at):
        reason = why
        fault = at
      }
    }
    builder.seen += 1
    batch.setAside.append(
      SetAside(
        ordinal: builder.seen, start: start, fault: start.advanced(record, fault), reason: reason, bytes: trimmed,
        total: total == bytes.count ? count : total))
  }

  @inline(__always)
  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0D || byte == 0x09 }
}
