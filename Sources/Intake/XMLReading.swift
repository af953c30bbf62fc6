internal import CLibXML2
#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Suggestions

/// What is between libxml2's events and the drafts. Lives in memory of its own, as the parser holds its address.
struct XMLReading {
  let parser: xmlParserCtxtPtr
  let assembly: FieldAssembly
  let slots: UnsafeMutablePointer<FieldSlot>
  let tree: XMLPathTree
  let limits: IntakeLimits
  /// Names on the way to the records, per place and step; nil = any.
  let places: [[UnsafePointer<xmlChar>?]]
  let expectedPlaces: String

  var window = XMLWindow()
  /// Lines and columns have been counted up to here.
  var position = TextPosition()
  /// Set while bytes are being fed.
  var batch: UnsafeMutablePointer<DraftBatch>?

  var seen = 0
  var depth = 0
  /// Places that fit the elements open so far, a bit each; per depth.
  var candidates: [UInt64]

  /// Depth of the record element, 0 = outside records.
  var recordDepth = 0
  var recordStart = TextPosition()
  var arenaMark = 0
  /// Node of each open element of the record.
  let open: UnsafeMutablePointer<Int32>
  let hints: UnsafeMutablePointer<Int32>
  var captureDepth = 0
  var captureSlot = 0
  var captureStart = 0
  /// Text of elements that have mapped elements in them, gathered apart; per depth.
  var ownTexts: [Int: [UInt8]] = [:]
  var mappedValues = 0
  /// The open record's values between two chunks.
  var parked: [UInt8] = []
  /// A fault that spoils the record at hand alone.
  var blemish: SetAsideReason?

  /// A fault that ends the reading.
  var fault: (reason: SetAsideReason, offset: Int)?

  // MARK: events

  mutating func startElement(
    _ name: UnsafePointer<xmlChar>, _ attributeCount: Int, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
  ) {
    guard fault == nil else { return }
    depth += 1
    if depth > limits.depth {
      stop(.limitExceeded(name: "depth", limit: limits.depth))
      return
    }
    var node: Int32 = -1
    if recordDepth > 0 {
      let parent = open[depth - 1]
      if parent >= 0 { node = tree.child(of: parent, name, hint: &hints[depth - 1]) }
      if captureDepth > 0 { slots[captureSlot].isUnreadable = true }
      if node < 0, strlen(UnsafeRawPointer(name).assumingMemoryBound(to: CChar.self)) > limits.nameBytes {
        stop(.limitExceeded(name: "name bytes", limit: limits.nameBytes))
        return
      }
    } else {
      var fitting = candidates[depth - 1]
      for (number, place) in places.enumerated() where fitting & (1 << UInt64(number)) != 0 {
        if depth > place.count || !(place[depth - 1] == nil || place[depth - 1] == name) {
          fitting &= ~(1 << UInt64(number))
        }
      }
      candidates[depth] = fitting
      if fitting == 0, depth == 1 {
        stop(.syntax(expected: expectedPlaces))
        return
      }
      let isRecord = places.enumerated().contains {
        fitting & (1 << UInt64($0.offset)) != 0 && $0.element.count == depth
      }
      guard isRecord else { return }
      beginRecord()
      node = 0
    }
    open[depth] = node
    hints[depth] = 0
    guard node >= 0 else { return }
    let known = tree.nodes[Int(node)]
    if attributeCount > 0, known.attributeCount > 0, let attributes {
      readAttributes(known, attributeCount, attributes)
    }
    if known.slot >= 0 {
      if known.childCount > 0 {
        ownTexts[depth] = []
      } else if captureDepth == 0 {
        captureDepth = depth
        captureSlot = Int(known.slot)
        captureStart = batch.unsafelyUnwrapped.pointee.arena.count
      }
    }
  }

  private mutating func readAttributes(
    _ node: XMLPathTree.Node, _ count: Int, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>
  ) {
    for number in 0..<count {
      let name = attributes[number * 5]
      for place in node.firstAttribute..<(node.firstAttribute + node.attributeCount)
      where tree.attributes[Int(place)].name == name {
        guard let from = attributes[number * 5 + 3], let to = attributes[number * 5 + 4] else { continue }
        let start = batch.unsafelyUnwrapped.pointee.arena.count
        let bytes = UnsafeRawBufferPointer(start: from, count: to - from)
        let span = batch.unsafelyUnwrapped.pointee.arena.append(bytes)
        if memchr(from, 0x26, to - from) != nil { unescape(span) }
        finishValue(Int(tree.attributes[Int(place)].target), from: start)
        if memchr(from, 0x0D, to - from) != nil { slots[Int(tree.attributes[Int(place)].target)].hasReturns = true }
      }
    }
  }

  /// libxml2 hands every `&` of an attribute's value out as `&#38;`, as its own tree builder reads values again.
  private func unescape(_ span: ByteSpan) {
    guard let batch else { return }
    let escape: [UInt8] = Array("&#38;".utf8)
    let value = batch.pointee.arena.bytes(span)
    var plain: [UInt8] = []
    var at = 0
    while at < value.count {
      plain.append(value[at])
      at += value[at...].starts(with: escape) ? escape.count : 1
    }
    batch.pointee.arena.rewind(to: Int(span.offset))
    _ = plain.withUnsafeBytes { batch.pointee.arena.append($0) }
  }

  mutating func characters(_ text: UnsafePointer<xmlChar>, _ count: Int) {
    guard recordDepth > 0, fault == nil, count > 0 else { return }
    let bytes = UnsafeRawBufferPointer(start: text, count: count)
    if captureDepth == depth {
      if batch.unsafelyUnwrapped.pointee.arena.count - captureStart + count > limits.fieldBytes {
        spoil(.limitExceeded(name: "field bytes", limit: limits.fieldBytes))
        return
      }
      // A carriage return can only come from a character reference, alone; the parser has made LF of the others.
      if text.pointee == 0x0D { slots[captureSlot].hasReturns = true }
      _ = batch.unsafelyUnwrapped.pointee.arena.append(bytes)
    } else if captureDepth == 0, !ownTexts.isEmpty, ownTexts[depth] != nil {
      ownTexts[depth]?.append(contentsOf: bytes)
    }
  }

  mutating func endElement() {
    guard fault == nil else { return }
    if recordDepth > 0 {
      if captureDepth == depth {
        captureDepth = 0
        finishValue(captureSlot, from: captureStart)
      } else if !ownTexts.isEmpty, let text = ownTexts.removeValue(forKey: depth) {
        let start = batch.unsafelyUnwrapped.pointee.arena.count
        _ = text.withUnsafeBytes { batch.unsafelyUnwrapped.pointee.arena.append($0) }
        finishValue(Int(tree.nodes[Int(open[depth])].slot), from: start)
        if text.contains(0x0D) { slots[Int(tree.nodes[Int(open[depth])].slot)].hasReturns = true }
      }
      if depth == recordDepth { endRecord() }
    }
    depth -= 1
  }

  /// The value at the arena's end becomes the slot's, or joins the one that is there: elements may be repeated.
  private mutating func finishValue(_ slot: Int, from start: Int) {
    mappedValues += 1
    if mappedValues > limits.fieldsPerRecord {
      spoil(.limitExceeded(name: "fields", limit: limits.fieldsPerRecord))
      return
    }
    let count = batch.unsafelyUnwrapped.pointee.arena.count - start
    let old = slots[slot].span
    guard old.offset != .max else {
      slots[slot].span = ByteSpan(offset: UInt32(start), count: UInt32(count))
      return
    }
    let total = Int(old.count) + 1 + count
    if total > limits.fieldBytes {
      spoil(.limitExceeded(name: "field bytes", limit: limits.fieldBytes))
      return
    }
    let room = batch.unsafelyUnwrapped.pointee.arena.reserve(total)
    let oldBytes = batch.unsafelyUnwrapped.pointee.arena.bytes(old)
    if let from = oldBytes.baseAddress { room.update(from: from, count: Int(old.count)) }
    room[Int(old.count)] = 0x0A
    (room + Int(old.count) + 1).update(from: room - count, count: count)
    slots[slot].span = batch.unsafelyUnwrapped.pointee.arena.commit(total)
  }

  // MARK: records

  private mutating func beginRecord() {
    recordDepth = depth
    // The parser stands behind the tag's last attribute, and no `<` can stand in one.
    var at = parser.pointee.input.pointee.cur.unsafelyUnwrapped
    let base = parser.pointee.input.pointee.base.unsafelyUnwrapped
    var offset = parserOffset
    while at > base, at.pointee != 0x3C {
      at -= 1
      offset -= 1
    }
    advance(to: offset)
    recordStart = position
    arenaMark = batch.unsafelyUnwrapped.pointee.arena.count
    assembly.reset()
    mappedValues = 0
    blemish = nil
    captureDepth = 0
    if !ownTexts.isEmpty { ownTexts = [:] }
  }

  private mutating func endRecord() {
    let end = parserOffset
    let total = end - recordStart.offset
    guard let batch else { return }
    if total > limits.recordBytes {
      stop(.limitExceeded(name: "record bytes", limit: limits.recordBytes), at: recordStart.offset)
      return
    }
    recordDepth = 0
    seen += 1
    var reason = blemish
    if reason == nil {
      let start = batch.pointee.arena.count
      var draft = Draft(
        position: RecordPosition(ordinal: seen, line: recordStart.line, byteOffset: recordStart.offset))
      window.pieces(recordStart.offset, end) { _ = batch.pointee.arena.append(UnsafeRawBufferPointer($0)) }
      draft.received = ByteSpan(
        offset: UInt32(start), count: UInt32(batch.pointee.arena.count - start))
      reason = assembly.assemble(&draft, arena: &batch.pointee.arena)
      if reason == nil { batch.pointee.drafts.append(draft) }
    }
    batch.pointee.endOffset = end
    guard let reason else { return }
    batch.pointee.arena.rewind(to: arenaMark)
    var bytes: [UInt8] = []
    window.pieces(recordStart.offset, end) { bytes.append(contentsOf: $0.prefix(SetAside.keptBytes - bytes.count)) }
    bytes.withUnsafeBufferPointer {
      batch.pointee.setAside.append(
        SetAside(ordinal: seen, start: recordStart, fault: recordStart, reason: reason, bytes: $0, total: total))
    }
  }

  private mutating func spoil(_ reason: SetAsideReason) {
    if blemish == nil { blemish = reason }
  }

  // MARK: places and faults

  /// Offset in the file of the parser's cursor.
  var parserOffset: Int {
    guard let input = parser.pointee.input else { return window.end }
    return Int(input.pointee.consumed) + (input.pointee.cur - input.pointee.base)
  }

  mutating func advance(to offset: Int) {
    guard offset > position.offset else { return }
    var place = position
    window.pieces(position.offset, offset) { bytes in
      if let base = bytes.baseAddress { place.advance(base, bytes.count) }
    }
    position = place
  }

  mutating func stop(_ reason: SetAsideReason, at offset: Int? = nil) {
    if fault == nil { fault = (reason, offset ?? parserOffset) }
    xmlStopParser(parser)
  }
}

// MARK: across chunks

extension XMLReading {
  /// Takes the open record's values out of the batch, which may be another one at the next chunk.
  mutating func park() {
    guard recordDepth > 0, let batch else { return }
    let count = batch.pointee.arena.count - arenaMark
    let bytes = batch.pointee.arena.bytes(ByteSpan(offset: UInt32(arenaMark), count: UInt32(count)))
    parked.removeAll(keepingCapacity: true)
    parked.append(contentsOf: bytes)
    batch.pointee.arena.rewind(to: arenaMark)
  }

  /// Puts them into the batch that is there now.
  mutating func unpark() {
    guard recordDepth > 0, let batch else { return }
    let mark = batch.pointee.arena.count
    _ = parked.withUnsafeBytes { batch.pointee.arena.append($0) }
    let shift = mark - arenaMark
    arenaMark = mark
    captureStart += shift
    for slot in assembly.paths.indices where slots[slot].span.offset != .max {
      slots[slot].span.offset = UInt32(Int(slots[slot].span.offset) + shift)
    }
  }
}
