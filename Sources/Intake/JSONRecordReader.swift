internal import Suggestions

/// Reads the records of a JSON file: finds out how they are laid out, frames them and turns each into a draft.
final class JSONRecordReader: RecordReading {
  private enum Stage {
    /// The shape has not shown yet; the bytes so far.
    case head([UInt8], nextLook: Int)
    case lines(JSONLineFraming)
    case document(JSONDocumentFraming)
    case refused(RefusedTail)
    case finished
  }

  private var stage: Stage = .head([], nextLook: 4096)
  private let builder: JSONDraftBuilder
  private let places: [[String]]
  private let limits: IntakeLimits

  init(profile: FormProfile, limits: IntakeLimits) {
    self.limits = limits
    places = profile.places
    builder = JSONDraftBuilder(profile: profile, limits: limits)
  }

  var recordsSeen: Int { builder.seen }

  var isRefused: Bool {
    switch stage {
    case .refused: true
    case .document(let framing): framing.tail != nil
    default: false
    }
  }

  func feed(_ bytes: UnsafeBufferPointer<UInt8>, into batch: inout DraftBatch) {
    switch stage {
    case .head(var head, var nextLook):
      stage = .finished
      head.append(contentsOf: bytes)
      if head.count < nextLook {
        stage = .head(head, nextLook: nextLook)
        return
      }
      nextLook = head.count * 2
      begin(head, nextLook: nextLook, atEnd: false, into: &batch)
    case .lines(var framing):
      stage = .finished
      framing.feed(bytes, builder, &batch)
      stage = .lines(framing)
    case .document(var framing):
      stage = .finished
      framing.feed(bytes, builder, &batch)
      stage = .document(framing)
    case .refused(var tail):
      stage = .finished
      tail.append(bytes)
      stage = .refused(tail)
    case .finished:
      break
    }
  }

  func finish(into batch: inout DraftBatch) {
    if case .head(let head, _) = stage {
      begin(head, nextLook: 0, atEnd: true, into: &batch)
    }
    switch stage {
    case .lines(var framing):
      stage = .finished
      framing.finish(builder, &batch)
    case .document(var framing):
      stage = .finished
      framing.finish(builder, &batch)
      if framing.tail != nil { stage = .document(framing) }
    case .refused(let tail):
      builder.seen += 1
      batch.setAside.append(tail.setAside)
    case .head, .finished:
      break
    }
  }

  /// Looks at the head and, once its shape is certain, begins to read.
  private func begin(_ head: [UInt8], nextLook: Int, atEnd: Bool, into batch: inout DraftBatch) {
    if let encoding = ByteOrder.foreignEncoding(head, atEnd: atEnd) {
      let start = TextPosition()
      var tail = RefusedTail(ordinal: 1, start: start, fault: start, reason: .unsupportedEncoding(encoding))
      head.withUnsafeBufferPointer { tail.append($0) }
      stage = .refused(tail)
      return
    }
    let skipped = head.starts(with: ByteOrder.mark) ? 3 : 0
    guard
      let shape = JSONShape.of(
        head.dropFirst(skipped).prefix(limits.headBytes),
        isWhole: atEnd || head.count - skipped >= limits.headBytes, places: places, limits: limits)
    else {
      stage = .head(head, nextLook: nextLook)
      return
    }
    let start = TextPosition(offset: skipped, line: 1, column: 1)
    switch shape {
    case .lines: stage = .lines(JSONLineFraming(start: start, limits: limits))
    case .record, .document:
      stage = .document(
        JSONDocumentFraming(
          start: start, places: shape == .record ? [[]] : places, isRecord: shape == .record, limits: limits))
    }
    head.withUnsafeBufferPointer { whole in
      feed(UnsafeBufferPointer(rebasing: whole[skipped...]), into: &batch)
    }
  }
}

/// The first bytes of a file, as far as they tell its encoding.
enum ByteOrder {
  /// The UTF-8 byte order mark.
  static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Name of the encoding when it is plainly not UTF-8.
  static func foreignEncoding(_ bytes: some Collection<UInt8>, atEnd: Bool) -> String? {
    let first = Array(bytes.prefix(4))
    guard first.count >= 2 else { return nil }
    if first.starts(with: [0xFF, 0xFE, 0, 0]) || first.starts(with: [0, 0, 0xFE, 0xFF]) { return "UTF-32" }
    if first.starts(with: [0xFF, 0xFE]) || first.starts(with: [0xFE, 0xFF]) { return "UTF-16" }
    // No mark, but an ASCII character in two bytes.
    if first[0] == 0, first[1] != 0 { return "UTF-16" }
    if first[0] != 0, first[1] == 0 { return "UTF-16" }
    return nil
  }
}
