internal import Crypto
internal import Foundation
internal import Suggestions

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What was erased, in a file beside the store that is written before the store is: `PATH.erased`, for appending only.
///
/// A backup of before an erasure still holds what was erased, its sealed bytes under a key that is gone. The journal lets
/// a restore erase it again, and holds the other entries of each segment under their new key. It says of nobody who they
/// were: marks, and sealed bytes.
///
/// An entry is the lengths of its two parts, eight bytes of digest over the first, and the parts: packed facts, and sealed
/// bytes, which carry their own authentication. A last entry that was cut short was never followed by a commit and is
/// written over.
struct ErasureJournal {
  struct Submission: Sendable {
    /// When it was erased; another may have the number in a store that was restored since.
    var number: Int
    var mark: [UInt8]
    /// Marks of the set-aside records it came from.
    var records: [[UInt8]]
    var at: Int64
    var actor: String
    var reason: String

    /// Nil for what no act can have been.
    var act: StaffAct? { StaffAct(actor: actor, reason: reason, at: at) }
  }

  /// A segment that was written anew.
  struct Segment: Sendable {
    /// Of the key that was destroyed. With `first` it says which bytes were replaced, in every copy of the store.
    var from: Int
    var sealed: SegmentSealer.Sealed
  }

  private(set) var submissions: [Submission] = []
  private(set) var segments: [Segment] = []
  /// Where the next entry goes.
  private var end: UInt64 = 0
  private let path: String

  private static let magic = Array("golden-ideas erased 1\n".utf8)
  private static let head = 16

  /// A missing file is one of a store of which nothing was erased.
  ///
  /// - Parameter withSealed: read the sealed bytes too, most of the file; else they are empty.
  init(path: String, withSealed: Bool) throws(StoreFault) {
    self.path = path
    guard FileManager.default.fileExists(atPath: path) else { return }
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe),
      data.starts(with: ErasureJournal.magic)
    else { throw .unreadable(path: path, reason: "not a journal of erasures") }
    var place = ErasureJournal.magic.count
    while data.count - place >= ErasureJournal.head {
      let (first, second) = (Int(number(data, place)), Int(number(data, place + 4)))
      let start = place + ErasureJournal.head
      guard first <= data.count - start, second <= data.count - start - first else { break }
      let facts = Array(data[start..<start + first])
      guard SHA256.hash(data: facts).prefix(8).elementsEqual(data[place + 8..<place + 16]) else {
        if start + first + second == data.count { break }
        throw .unreadable(path: path, reason: "an entry was changed")
      }
      try take(facts, withSealed ? Array(data[start + first..<start + first + second]) : [])
      place = start + first + second
    }
    end = UInt64(place)
  }

  private func number(_ data: Data, _ place: Int) -> UInt32 {
    data[place..<place + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  private mutating func take(_ facts: [UInt8], _ sealed: [UInt8]) throws(StoreFault) {
    var reader = PackedReader(facts)
    var numbers: [Int] = []
    var texts: [[UInt8]] = []
    let kind = reader.number()
    for _ in 0..<(kind == 0 ? 3 : 4) { if let number = reader.number() { numbers.append(number) } }
    while !reader.isAtEnd, let text = reader.text() { texts.append(text) }
    switch kind {
    case 0 where numbers.count == 3 && texts.count == numbers[2] + 3:
      submissions.append(
        Submission(
          number: numbers[0], mark: texts[0], records: Array(texts[3...]), at: Int64(numbers[1]),
          actor: String(decoding: texts[1], as: UTF8.self), reason: String(decoding: texts[2], as: UTF8.self)))
    case 1 where numbers.count == 4:
      segments.append(
        Segment(
          from: numbers[0],
          sealed: SegmentSealer.Sealed(key: numbers[1], first: numbers[2], count: numbers[3], bytes: sealed)))
    default: throw .unreadable(path: path, reason: "written by a newer program")
    }
  }

  /// The newest bytes of a segment that a copy of the store has under an older key; nil where it was not written anew.
  func newest(first: Int, key: Int) -> SegmentSealer.Sealed? {
    // Written twice from one key it was only where the first time came to nothing.
    let steps = Dictionary(
      segments.filter { $0.sealed.first == first }.map { ($0.from, $0.sealed) }, uniquingKeysWith: { $1 })
    var found: SegmentSealer.Sealed?
    var key = key
    for _ in 0...steps.count {
      guard let next = steps[key] else { break }
      (found, key) = (next, next.key)
    }
    return found
  }

  /// Appends entries; they are on the disk when this returns. Called by the holder of the store's intake lock.
  mutating func append(_ submissions: [Submission], _ segments: [Segment]) throws(StoreFault) {
    var bytes: [UInt8] = end == 0 ? ErasureJournal.magic : []
    for segment in segments {
      var packed = PackedWriter()
      let sealed = segment.sealed
      for number in [1, segment.from, sealed.key, sealed.first, sealed.count] { packed.number(number) }
      ErasureJournal.add(packed.bytes, sealed.bytes, to: &bytes)
    }
    for submission in submissions {
      var packed = PackedWriter()
      for number in [0, submission.number, Int(submission.at), submission.records.count] { packed.number(number) }
      for text in [submission.mark, Array(submission.actor.utf8), Array(submission.reason.utf8)] + submission.records {
        text.withUnsafeBufferPointer { packed.text($0) }
      }
      ErasureJournal.add(packed.bytes, [], to: &bytes)
    }
    try write(bytes)
    end += UInt64(bytes.count)
    self.submissions += submissions
    self.segments += segments
  }

  private static func add(_ facts: [UInt8], _ sealed: [UInt8], to bytes: inout [UInt8]) {
    for count in [facts.count, sealed.count] {
      withUnsafeBytes(of: UInt32(count).littleEndian) { bytes.append(contentsOf: $0) }
    }
    bytes += SHA256.hash(data: facts).prefix(8)
    bytes += facts
    bytes += sealed
  }

  private func write(_ bytes: [UInt8]) throws(StoreFault) {
    let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .unreadable(path: path, reason: "cannot be written") }
    defer { close(file) }
    var isWritten = ftruncate(file, off_t(end)) == 0
    var done = 0
    while isWritten && done < bytes.count {
      let count = bytes.withUnsafeBytes { pwrite(file, $0.baseAddress! + done, bytes.count - done, off_t(end) + off_t(done)) }
      if count < 0 && errno == EINTR { continue }
      isWritten = count > 0
      done += max(0, count)
    }
    guard isWritten, fsync(file) == 0, end > 0 || DurableFile.syncFolder(of: path) else {
      throw .unreadable(path: path, reason: "cannot be written")
    }
  }
}
