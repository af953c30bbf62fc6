internal import Suggestions

/// Turns the bytes of one JSON record into a draft of the batch, or says why it cannot be.
final class JSONDraftBuilder {
  let assembly: FieldAssembly
  let limits: IntakeLimits
  private let keys: KeyTable
  private let seenKeys: UnsafeMutablePointer<JSONScanner.SeenKey>
  /// Drafts and set-asides handed over.
  var seen = 0

  /// Bytes behind the record that the scanner may look at.
  private static let padding = 16

  init(profile: FormProfile, limits: IntakeLimits) {
    self.limits = limits
    assembly = FieldAssembly(profile: profile, limits: limits)
    keys = KeyTable(paths: assembly.paths.map(\.steps))
    seenKeys = .allocate(capacity: limits.depth * limits.fieldsPerRecord + 1)
  }

  deinit { seenKeys.deallocate() }

  enum Outcome {
    /// Handed over, as a draft or set aside alone.
    case done
    /// Not JSON: nothing was handed over. The fault's offset in the record.
    case broken(SetAsideReason, at: Int)
  }

  /// - Parameter bytes: the record alone, without white space around it.
  @inline(__always)
  func add(_ bytes: UnsafeBufferPointer<UInt8>, at start: TextPosition, into batch: inout DraftBatch) -> Outcome {
    let mark = batch.arena.count
    let count = bytes.count
    let room = batch.arena.reserve(count * 4 + 128)
    room.update(from: bytes.baseAddress.unsafelyUnwrapped, count: count)
    UnsafeMutableRawPointer(room + count).storeBytes(of: 0, as: UInt64.self)
    UnsafeMutableRawPointer(room + count + 8).storeBytes(of: 0, as: UInt64.self)
    let spill = room + count + JSONDraftBuilder.padding
    assembly.reset()
    var scanner = JSONScanner(
      start: UnsafePointer(room), count: count, spill: spill, spanBase: mark, keys: keys, slots: assembly.slots,
      seen: seenKeys, limits: limits)
    let isObject = room.pointee == UInt8(ascii: "{")
    guard isObject ? scanner.record() : scanner.document() else {
      return .broken(scanner.fault ?? .syntax(expected: "value"), at: scanner.faultAt - scanner.start)
    }
    seen += 1
    var reason = scanner.blemish
    var faultAt = scanner.blemishAt - scanner.start
    if reason == nil, !isObject {
      reason = .syntax(expected: "object")
      faultAt = 0
    }
    if reason == nil {
      // What was not written out anew needs no room behind the record.
      _ = batch.arena.commit(scanner.spill == spill ? count : scanner.spill - room)
      var draft = Draft(position: RecordPosition(ordinal: seen, line: start.line, byteOffset: start.offset))
      draft.received = ByteSpan(offset: UInt32(truncatingIfNeeded: mark), count: UInt32(truncatingIfNeeded: count))
      reason = assembly.assemble(&draft, arena: &batch.arena)
      if reason == nil {
        batch.drafts.append(draft)
        return .done
      }
      batch.arena.rewind(to: mark)
      faultAt = 0
    }
    if let reason, let base = bytes.baseAddress {
      batch.setAside.append(
        SetAside(
          ordinal: seen, start: start, fault: start.advanced(base, faultAt), reason: reason, bytes: bytes,
          total: count))
    }
    return .done
  }

  /// The fault of bytes that are no record but must be JSON all the same, or nil.
  func check(_ bytes: UnsafeBufferPointer<UInt8>, in batch: inout DraftBatch) -> (reason: SetAsideReason, at: Int)? {
    withScanner(bytes, in: &batch) { scanner in
      if !scanner.document() {
        return (scanner.fault ?? .syntax(expected: "value"), scanner.faultAt - scanner.start)
      }
      return scanner.blemish.map { ($0, scanner.blemishAt - scanner.start) }
    }
  }

  /// The text of a JSON string, quotes included in `bytes`; nil when it is none.
  func text(_ bytes: UnsafeBufferPointer<UInt8>, in batch: inout DraftBatch) -> [UInt8]? {
    withScanner(bytes, in: &batch) { scanner in
      guard scanner.cursor.pointee == UInt8(ascii: "\""), scanner.string(keeping: true), scanner.cursor == scanner.end
      else { return nil }
      return Array(UnsafeBufferPointer(start: scanner.text, count: scanner.textCount))
    }
  }

  /// The room behind the batch's text serves as working space and is given back.
  private func withScanner<Result>(
    _ bytes: UnsafeBufferPointer<UInt8>, in batch: inout DraftBatch, _ body: (inout JSONScanner) -> Result
  ) -> Result {
    let count = bytes.count
    let room = batch.arena.reserve(count * 4 + 128)
    if let base = bytes.baseAddress { room.update(from: base, count: count) }
    (room + count).update(repeating: 0, count: JSONDraftBuilder.padding)
    var scanner = JSONScanner(
      start: UnsafePointer(room), count: count, spill: room + count + JSONDraftBuilder.padding, spanBase: 0, keys: nil,
      slots: nil, seen: seenKeys, limits: limits)
    return body(&scanner)
  }
}
