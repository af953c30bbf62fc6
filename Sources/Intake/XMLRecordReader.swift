internal import CLibXML2
internal import Suggestions

/// Reads the records of an XML file through libxml2's push parser, with its doors shut: no document type, no entities,
/// no network, no files.
final class XMLRecordReader: RecordReading {
  private let state: UnsafeMutablePointer<XMLReading>?
  private let limits: IntakeLimits
  private var gate = UTF8Gate()
  private var guardian: XMLGuard
  /// The beginning, until the XML declaration is complete.
  private var preface: [UInt8]? = []
  private var tail: RefusedTail?
  private var hasFinished = false

  private static let prefaceBytes = 1024

  init(profile: FormProfile, limits: IntakeLimits) {
    self.limits = limits
    guardian = XMLGuard(limits: limits)
    var handler = XMLRecordReader.handler()
    guard let parser = xmlCreatePushParserCtxt(&handler, nil, nil, 0, nil) else {
      state = nil
      return
    }
    // What the declaration says of the encoding has been looked at; to the parser all is UTF-8.
    xmlCtxtUseOptions(parser, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_IGNORE_ENC.rawValue))
    let assembly = FieldAssembly(profile: profile, limits: limits)
    guard let tree = XMLPathTree(paths: assembly.paths, dictionary: parser.pointee.dict) else {
      xmlFreeParserCtxt(parser)
      state = nil
      return
    }
    let places = profile.places.prefix(64).map { place in
      place.map { step in step == "*" ? nil : xmlDictLookup(parser.pointee.dict, step, -1) }
    }
    let open = UnsafeMutablePointer<Int32>.allocate(capacity: limits.depth + 2)
    open.initialize(repeating: -1, count: limits.depth + 2)
    let hints = UnsafeMutablePointer<Int32>.allocate(capacity: limits.depth + 2)
    hints.initialize(repeating: 0, count: limits.depth + 2)
    var candidates = [UInt64](repeating: 0, count: limits.depth + 2)
    candidates[0] = places.count == 64 ? .max : (1 << UInt64(places.count)) - 1
    let state = UnsafeMutablePointer<XMLReading>.allocate(capacity: 1)
    state.initialize(
      to: XMLReading(
        parser: parser, assembly: assembly, slots: assembly.slots, tree: tree, limits: limits, places: places,
        expectedPlaces: profile.places.map { "/" + $0.joined(separator: "/") }.joined(separator: ", "),
        candidates: candidates, open: open, hints: hints))
    parser.pointee.userData = UnsafeMutableRawPointer(state)
    self.state = state
  }

  deinit {
    guard let state else { return }
    xmlFreeParserCtxt(state.pointee.parser)
    state.pointee.tree.deallocate()
    state.pointee.open.deallocate()
    state.pointee.hints.deallocate()
    state.deinitialize(count: 1)
    state.deallocate()
  }

  var isRefused: Bool { tail != nil }
  var recordsSeen: Int { state?.pointee.seen ?? 0 }

  func feed(_ bytes: UnsafeBufferPointer<UInt8>, into batch: inout DraftBatch) {
    guard tail == nil else {
      tail?.append(bytes)
      return
    }
    guard preface != nil else {
      read(bytes, atEnd: false, into: &batch)
      return
    }
    preface?.append(contentsOf: bytes)
    endPreface(atEnd: false, into: &batch)
  }

  func finish(into batch: inout DraftBatch) {
    guard !hasFinished, let state else { return }
    hasFinished = true
    if tail == nil {
      if preface != nil { endPreface(atEnd: true, into: &batch) }
      if tail == nil { read(UnsafeBufferPointer(start: nil, count: 0), atEnd: true, into: &batch) }
    }
    if let tail {
      state.pointee.seen += 1
      batch.setAside.append(tail.setAside)
    } else {
      batch.endOffset = state.pointee.window.end
    }
  }

  /// Looks at the encoding as soon as it can be known, then lets the beginning through.
  private func endPreface(atEnd: Bool, into batch: inout DraftBatch) {
    guard let start = preface, atEnd || start.count >= 4 else { return }
    let skipped = start.starts(with: ByteOrder.mark) ? 3 : 0
    var encoding = ByteOrder.foreignEncoding(start, atEnd: atEnd)
    if encoding == nil {
      let head = start.dropFirst(skipped).prefix(XMLRecordReader.prefaceBytes)
      let opening = Array("<?xml".utf8)
      if !atEnd, head.count < XMLRecordReader.prefaceBytes {
        if head.count < opening.count, opening.starts(with: head) { return }
        if head.starts(with: opening), XMLDeclaration.end(head) == nil { return }
      }
      encoding = XMLDeclaration.foreignEncoding(head)
    }
    preface = nil
    if let encoding {
      let here = TextPosition()
      tail = RefusedTail(ordinal: 1, start: here, fault: here, reason: .unsupportedEncoding(encoding))
      start.withUnsafeBufferPointer { tail?.append($0) }
      return
    }
    start.withUnsafeBufferPointer { read($0, atEnd: false, into: &batch) }
  }

  // MARK: reading

  private func read(_ bytes: UnsafeBufferPointer<UInt8>, atEnd: Bool, into batch: inout DraftBatch) {
    guard let state else {
      // Only when memory ran out at the very start.
      tail = RefusedTail(
        ordinal: 1, start: TextPosition(), fault: TextPosition(), reason: .syntax(expected: "memory for a parser"))
      return
    }
    state.pointee.window.chunk = bytes
    withUnsafeMutablePointer(to: &batch) { batch in
      state.pointee.batch = batch
      state.pointee.unpark()
      if let base = bytes.baseAddress { pass(base, bytes.count, state) }
      if atEnd, state.pointee.fault == nil {
        if !gate.held.isEmpty {
          state.pointee.fault = (.invalidUTF8, state.pointee.window.end - gate.held.count)
        } else {
          xmlParseChunk(state.pointee.parser, nil, 0, 1)
        }
      }
      state.pointee.park()
      state.pointee.batch = nil
    }
    settle(state)
  }

  private func pass(_ base: UnsafePointer<UInt8>, _ count: Int, _ state: UnsafeMutablePointer<XMLReading>) {
    let offset = state.pointee.window.chunkOffset
    let passage = gate.pass(base, count)
    if !passage.bridge.isEmpty {
      passage.bridge.withUnsafeBufferPointer {
        guard let bridge = $0.baseAddress else { return }
        hand(bridge, $0.count, at: offset + passage.from - $0.count, state)
      }
    }
    hand(base + passage.from, passage.to - passage.from, at: offset + passage.from, state)
    if state.pointee.fault == nil, let fault = passage.fault {
      state.pointee.fault = (fault.reason, offset + fault.at)
    }
  }

  private func hand(
    _ base: UnsafePointer<UInt8>, _ count: Int, at offset: Int, _ state: UnsafeMutablePointer<XMLReading>
  ) {
    guard count > 0, state.pointee.fault == nil else { return }
    let (safe, finding) = guardian.pass(base, count)
    var from = 0
    while from < safe, state.pointee.fault == nil {
      // The parser counts bytes in 32 bits.
      let step = min(safe - from, 1 << 24)
      UnsafeRawPointer(base + from).withMemoryRebound(to: CChar.self, capacity: step) {
        _ = xmlParseChunk(state.pointee.parser, $0, Int32(step), 0)
      }
      from += step
    }
    if state.pointee.fault == nil, let finding { state.pointee.fault = (finding.reason, offset + finding.at) }
  }

  /// After a chunk: keeps what is still needed of it, or ends the reading.
  private func settle(_ state: UnsafeMutablePointer<XMLReading>) {
    if state.pointee.fault == nil, state.pointee.recordDepth > 0,
      state.pointee.window.end - state.pointee.recordStart.offset > limits.recordBytes
    {
      state.pointee.stop(
        .limitExceeded(name: "record bytes", limit: limits.recordBytes), at: state.pointee.recordStart.offset)
    }
    guard var fault = state.pointee.fault else {
      let from = state.pointee.recordDepth > 0 ? state.pointee.recordStart.offset : state.pointee.parserOffset
      if state.pointee.recordDepth == 0 { state.pointee.advance(to: from) }
      state.pointee.window.close(keeping: from)
      return
    }
    fault.offset = min(max(fault.offset, state.pointee.position.offset), state.pointee.window.end)
    let isInRecord = state.pointee.recordDepth > 0
    if isInRecord, fault.offset - state.pointee.recordStart.offset > limits.recordBytes {
      fault = (.limitExceeded(name: "record bytes", limit: limits.recordBytes), state.pointee.recordStart.offset)
    }
    state.pointee.advance(to: fault.offset)
    let start = isInRecord ? state.pointee.recordStart : state.pointee.position
    var rest = RefusedTail(
      ordinal: state.pointee.seen + 1, start: start, fault: state.pointee.position, reason: fault.reason)
    state.pointee.window.pieces(start.offset, state.pointee.window.end) { rest.append($0) }
    tail = rest
    state.pointee.window.close(keeping: state.pointee.window.end)
  }

  // MARK: libxml2

  private static func handler() -> xmlSAXHandler {
    var handler = xmlSAXHandler()
    handler.initialized = UInt32(XML_SAX2_MAGIC)
    handler.startElementNs = { context, name, _, _, _, _, count, _, attributes in
      guard let context, let name else { return }
      context.assumingMemoryBound(to: XMLReading.self).pointee.startElement(name, Int(count), attributes)
    }
    handler.endElementNs = { context, _, _, _ in
      context?.assumingMemoryBound(to: XMLReading.self).pointee.endElement()
    }
    let characters: @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<xmlChar>?, Int32) -> Void = {
      context, text, count in
      guard let context, let text else { return }
      context.assumingMemoryBound(to: XMLReading.self).pointee.characters(text, Int(count))
    }
    handler.characters = characters
    handler.ignorableWhitespace = characters
    handler.cdataBlock = characters
    handler.internalSubset = { context, _, _, _ in
      context?.assumingMemoryBound(to: XMLReading.self).pointee.stop(.documentType)
    }
    handler.externalSubset = { context, _, _, _ in
      context?.assumingMemoryBound(to: XMLReading.self).pointee.stop(.documentType)
    }
    handler.entityDecl = { context, _, _, _, _, _ in
      context?.assumingMemoryBound(to: XMLReading.self).pointee.stop(.documentType)
    }
    handler.getEntity = { context, _ in
      // The five predefined ones never get here.
      context?.assumingMemoryBound(to: XMLReading.self).pointee.stop(.entityReference)
      return nil
    }
    handler.getParameterEntity = { context, _ in
      context?.assumingMemoryBound(to: XMLReading.self).pointee.stop(.entityReference)
      return nil
    }
    handler.reference = { context, _ in
      context?.assumingMemoryBound(to: XMLReading.self).pointee.stop(.entityReference)
    }
    handler.resolveEntity = { context, _, _ in
      context?.assumingMemoryBound(to: XMLReading.self).pointee.stop(.entityReference)
      return nil
    }
    handler.serror = { context, error in
      guard let context, let error, error.pointee.level == XML_ERR_FATAL else { return }
      let reading = context.assumingMemoryBound(to: XMLReading.self)
      if reading.pointee.fault == nil {
        var reason = SetAsideReason(xmlError: error.pointee.code)
        // The same number stands for text behind the root and for a file that breaks off inside it.
        if UInt32(bitPattern: error.pointee.code) == XML_ERR_DOCUMENT_END.rawValue, reading.pointee.depth > 0 {
          reason = .syntax(expected: "end tag of the open element")
        }
        reading.pointee.fault = (reason, reading.pointee.parserOffset)
      }
    }
    return handler
  }
}
