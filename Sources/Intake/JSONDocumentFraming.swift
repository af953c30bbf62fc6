#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Suggestions

/// A JSON document: walks down to the arrays in which the records stand and hands over one element at a time.
///
/// Elements and everything else of any length are first bounded, then read, so a document is never held whole.
struct JSONDocumentFraming {
  /// What may stand next.
  private enum Expect {
    case rootValue, firstKeyOrEnd, key, colon, memberValue, memberEnd, firstElementOrEnd, element, elementEnd, end
  }

  /// An object on the way to the records, or an array of records.
  private struct Level {
    var isArray: Bool
    var place: Int
    var keys: Set<[UInt8]> = []
  }

  /// A step of the places where records may stand.
  private struct Place {
    var isRecords = false
    var children: [[UInt8]: Int] = [:]
  }

  private enum Unit { case none, record, skipped, key }

  /// Set when the document is broken: reading has ended.
  private(set) var tail: RefusedTail?

  private var places: [Place] = [Place()]
  private let isRecord: Bool
  private let wanted: String
  private let limits: IntakeLimits
  private var position: TextPosition
  private var expect = Expect.rootValue
  private var levels: [Level] = []
  private var key: [UInt8] = []
  private var hasFoundPlace = false

  private var unit = Unit.none
  private var unitStart = TextPosition()
  private var bounds = JSONValueBounds(first: 0)
  /// The unit's bytes from earlier chunks.
  private var carry: [UInt8] = []

  /// - Parameter isRecord: the document itself is one record.
  init(start: TextPosition, places wanted: [[String]], isRecord: Bool, limits: IntakeLimits) {
    position = start
    self.isRecord = isRecord
    self.limits = limits
    self.wanted = wanted.map { $0.isEmpty ? "array" : "array " + $0.joined(separator: ".") }.joined(separator: ", ")
    for steps in wanted {
      var place = 0
      for step in steps {
        let name = Array(step.utf8)
        if let next = places[place].children[name] {
          place = next
        } else {
          places[place].children[name] = places.count
          place = places.count
          places.append(Place())
        }
      }
      places[place].isRecords = true
    }
  }

  mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>, _ builder: JSONDraftBuilder, _ batch: inout DraftBatch) {
    guard let base = bytes.baseAddress else { return }
    if tail != nil {
      tail?.append(bytes)
      return
    }
    var at = 0
    // Up to here `position` has counted lines and columns.
    var counted = 0
    while at < bytes.count {
      if unit != .none {
        guard let end = bounds.end(base, at, bytes.count) else {
          carry.append(contentsOf: bytes[at...].prefix(limits.recordBytes + 1 - carry.count))
          if carry.count > limits.recordBytes { refuseUnit(end: position.offset + bytes.count - counted, builder) }
          at = bytes.count
          break
        }
        let isWhole = carry.isEmpty
        if !isWhole { carry.append(contentsOf: bytes[at..<end].prefix(limits.recordBytes + 1 - carry.count)) }
        let length = isWhole ? end - at : carry.count
        if length > limits.recordBytes {
          if isWhole { carry.append(contentsOf: bytes[at..<end].prefix(limits.recordBytes + 1)) }
          refuseUnit(end: position.offset + end - counted, builder)
        } else if isWhole {
          take(UnsafeBufferPointer(rebasing: bytes[at..<end]), builder, &batch)
        } else {
          let unitBytes = carry
          carry.removeAll(keepingCapacity: true)
          unitBytes.withUnsafeBufferPointer { take($0, builder, &batch) }
        }
        if tail != nil {
          tail?.append(UnsafeBufferPointer(rebasing: bytes[end...]))
          return
        }
        at = end
        if unit == .record { batch.endOffset = position.offset + at - counted }
        unit = .none
        continue
      }
      let byte = base[at]
      if byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
        at += 1
        continue
      }
      if let opened = structure(byte) {
        switch opened {
        case .none: at += 1
        default:
          position.advance(base + counted, at - counted)
          counted = at
          unit = opened
          unitStart = position
          if opened == .record, let end = wholeLine(base, at, bytes.count, builder, &batch) {
            // Lines and columns are counted up to the next record, when the line feed between them has been seen.
            at = end
            batch.endOffset = position.offset + at - counted
            unit = .none
            continue
          }
          bounds = JSONValueBounds(first: byte)
        }
      } else {
        position.advance(base + counted, at - counted)
        refuse(expected: expectation, byte: byte, ordinal: builder.seen + 1, start: position, fault: position)
        tail?.append(UnsafeBufferPointer(rebasing: bytes[at...]))
        return
      }
    }
    if tail == nil { position.advance(base + counted, bytes.count - counted) }
  }

  mutating func finish(_ builder: JSONDraftBuilder, _ batch: inout DraftBatch) {
    if tail == nil {
      if unit != .none {
        let unitBytes = carry
        unitBytes.withUnsafeBufferPointer { take($0, builder, &batch) }
        if unit == .record, tail == nil { batch.endOffset = position.offset }
        unit = .none
      }
      if tail == nil, expect != .end {
        refuse(expected: expectation, byte: 0x20, ordinal: builder.seen + 1, start: position, fault: position)
      } else if tail == nil, !isRecord, !hasFoundPlace {
        refuse(expected: wanted, byte: 0x20, ordinal: builder.seen + 1, start: position, fault: position)
      }
    }
    if let tail {
      builder.seen += 1
      batch.setAside.append(tail.setAside)
    } else {
      batch.endOffset = position.offset
    }
  }

  // MARK: structure

  /// Moves on over a structural byte, or says what begins here; nil when the byte cannot stand here.
  private mutating func structure(_ byte: UInt8) -> Unit? {
    switch (expect, byte) {
    case (.rootValue, _):
      expect = .end
      if isRecord { return .record }
      return open(place: 0, byte)
    case (.firstKeyOrEnd, UInt8(ascii: "}")), (.memberEnd, UInt8(ascii: "}")), (.firstElementOrEnd, UInt8(ascii: "]")),
      (.elementEnd, UInt8(ascii: "]")):
      levels.removeLast()
      // What stands in an array is a record, so only an object can lie around a level.
      expect = levels.isEmpty ? .end : .memberEnd
      return Unit.none
    case (.firstKeyOrEnd, UInt8(ascii: "\"")), (.key, UInt8(ascii: "\"")):
      expect = .colon
      return .key
    case (.colon, UInt8(ascii: ":")):
      expect = .memberValue
      return Unit.none
    case (.memberValue, _):
      expect = .memberEnd
      return open(place: levels.last.flatMap { places[$0.place].children[key] } ?? -1, byte)
    case (.memberEnd, UInt8(ascii: ",")):
      expect = .key
      return Unit.none
    case (.elementEnd, UInt8(ascii: ",")):
      expect = .element
      return Unit.none
    case (.firstElementOrEnd, _), (.element, _):
      expect = .elementEnd
      return .record
    default: return nil
    }
  }

  /// A value that no level lies around yet; `place` -1: no records below it.
  private mutating func open(place: Int, _ byte: UInt8) -> Unit? {
    guard place >= 0 else { return .skipped }
    if places[place].isRecords { hasFoundPlace = true }
    if byte == UInt8(ascii: "["), places[place].isRecords {
      levels.append(Level(isArray: true, place: place))
      expect = .firstElementOrEnd
      return Unit.none
    }
    if byte == UInt8(ascii: "{"), !places[place].children.isEmpty {
      levels.append(Level(isArray: false, place: place))
      expect = .firstKeyOrEnd
      return Unit.none
    }
    // One record where a list of them may stand.
    return byte == UInt8(ascii: "{") && places[place].isRecords ? .record : .skipped
  }

  private var expectation: String {
    switch expect {
    case .rootValue, .memberValue, .element: "value"
    case .firstKeyOrEnd: "key or closing brace"
    case .key: "key"
    case .colon: "colon"
    case .memberEnd: "comma or closing brace"
    case .firstElementOrEnd: "value or closing bracket"
    case .elementEnd: "comma or closing bracket"
    case .end: "end of document"
    }
  }

  // MARK: units

  /// Most documents have one record a line. If what stands up to the line's end, without a comma, is an object, then
  /// it is the record: no need to look for its end first. Returns that end, nil when the guess is wrong.
  private func wholeLine(
    _ base: UnsafePointer<UInt8>, _ from: Int, _ to: Int, _ builder: JSONDraftBuilder, _ batch: inout DraftBatch
  ) -> Int? {
    guard base[from] == UInt8(ascii: "{"), let found = memchr(base + from, 0x0A, min(to - from, limits.recordBytes))
    else { return nil }
    var end = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - base
    while base[end - 1] == 0x0D || base[end - 1] == 0x20 || base[end - 1] == UInt8(ascii: ",") { end -= 1 }
    guard end - from >= 2, base[end - 1] == UInt8(ascii: "}") else { return nil }
    let record = UnsafeBufferPointer(start: base + from, count: end - from)
    if case .done = builder.add(record, at: unitStart, into: &batch) { return end }
    return nil
  }

  private mutating func take(
    _ bytes: UnsafeBufferPointer<UInt8>, _ builder: JSONDraftBuilder, _ batch: inout DraftBatch
  ) {
    guard let base = bytes.baseAddress else { return }
    var fault: (reason: SetAsideReason, at: Int)?
    switch unit {
    case .record:
      if case .broken(let reason, let at) = builder.add(bytes, at: unitStart, into: &batch) { fault = (reason, at) }
    case .key:
      fault = builder.check(bytes, in: &batch)
      if fault == nil, let name = builder.text(bytes, in: &batch) {
        key = name
        if let level = levels.indices.last, !levels[level].keys.insert(name).inserted {
          fault = (.duplicateKey(String(decoding: name.prefix(64), as: UTF8.self)), 0)
        } else if let level = levels.last, level.keys.count > limits.fieldsPerRecord {
          fault = (.limitExceeded(name: "keys", limit: limits.fieldsPerRecord), 0)
        }
      }
    case .skipped: fault = builder.check(bytes, in: &batch)
    case .none: break
    }
    if let fault {
      tail = RefusedTail(
        ordinal: builder.seen + 1, start: unitStart, fault: unitStart.advanced(base, fault.at), reason: fault.reason)
      tail?.append(bytes)
    }
  }

  /// The unit at hand is larger than a record may be; its first bytes are in `carry`.
  /// - Parameter end: offset in the file up to which its bytes have been seen.
  private mutating func refuseUnit(end: Int, _ builder: JSONDraftBuilder) {
    tail = RefusedTail(
      ordinal: builder.seen + 1, start: unitStart, fault: unitStart,
      reason: .limitExceeded(name: "record bytes", limit: limits.recordBytes))
    carry.withUnsafeBufferPointer { tail?.append($0) }
    tail?.count(end - unitStart.offset - carry.count)
    carry = []
  }

  private mutating func refuse(
    expected: String, byte: UInt8, ordinal: Int, start: TextPosition, fault: TextPosition
  ) {
    let reason: SetAsideReason = byte == 0 ? .nulCharacter : .syntax(expected: expected)
    tail = RefusedTail(ordinal: ordinal, start: start, fault: fault, reason: reason)
  }
}
