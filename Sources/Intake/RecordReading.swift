internal import Suggestions

/// What the readers of the formats have in common, seen from ``RecordReader``.
protocol RecordReading: AnyObject {
  func feed(_ bytes: UnsafeBufferPointer<UInt8>, into batch: inout DraftBatch)
  func finish(into batch: inout DraftBatch)
  var isRefused: Bool { get }
  var recordsSeen: Int { get }
  /// The source the file itself names, if it does.
  var namedSource: String? { get }
  /// Of an opinion book, once its head was read.
  var custody: BookCustody? { get }
}

extension RecordReading {
  var namedSource: String? { nil }
  var custody: BookCustody? { nil }
}

extension SetAside {
  /// A fault with the bytes it spoils, cut at what is kept.
  init(
    ordinal: Int, start: TextPosition, fault: TextPosition, reason: SetAsideReason, bytes: UnsafeBufferPointer<UInt8>,
    total: Int
  ) {
    self.init(
      position: RecordPosition(ordinal: ordinal, line: start.line, byteOffset: start.offset), faultLine: fault.line,
      faultColumn: fault.column, reason: reason, bytes: Array(bytes.prefix(SetAside.keptBytes)), totalBytes: total)
  }
}

/// The rest of a file behind a fault that ends the reading: gathered up to what is kept, counted to the end, so that
/// the entry does not depend on how the file was cut into chunks.
struct RefusedTail {
  let ordinal: Int
  let start: TextPosition
  let fault: TextPosition
  let reason: SetAsideReason
  private var bytes: [UInt8] = []
  private var total = 0

  init(ordinal: Int, start: TextPosition, fault: TextPosition, reason: SetAsideReason) {
    self.ordinal = ordinal
    self.start = start
    self.fault = fault
    self.reason = reason
  }

  mutating func append(_ more: UnsafeBufferPointer<UInt8>) {
    total += more.count
    bytes.append(contentsOf: more.prefix(SetAside.keptBytes - bytes.count))
  }

  /// Bytes that are no longer at hand.
  mutating func count(_ more: Int) { total += more }

  var setAside: SetAside {
    bytes.withUnsafeBufferPointer {
      SetAside(ordinal: ordinal, start: start, fault: fault, reason: reason, bytes: $0, total: total)
    }
  }
}
