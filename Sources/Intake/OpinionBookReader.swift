internal import Suggestions

/// Reads the transcript of a station's opinion book, line by line.
///
/// A bad head refuses the file, as no entry could be told from another book's; a bad entry is set aside alone.
final class OpinionBookReader: RecordReading {
  private enum Stage { case title, head, pages, refused }

  private var stage = Stage.title
  private var head = OpinionBookHead()
  /// Everything up to the first page, for a refusal.
  private var headBytes: [UInt8] = []
  private var tail: RefusedTail?
  private var dates: OpinionBookDate?
  private var seen = 0

  private var page = 0
  private var lastLine = 0
  private var entriesOnPage = 0
  /// Why entries cannot stand on this page, if so.
  private var pageFault: String?
  private var isEmptyPage = false
  private var entry: OpinionBookEntry?

  private var carry: [UInt8] = []
  private var line = TextPosition()
  private var isFirstLine = true
  private let zone: DateZone
  private let channel: String
  private let limits: IntakeLimits

  init(profile: FormProfile, limits: IntakeLimits) {
    zone = profile.zone
    channel = profile.channel ?? "opinion-book"
    self.limits = limits
  }

  var isRefused: Bool { tail != nil }
  var recordsSeen: Int { seen }
  var namedSource: String? { head.station.isEmpty ? nil : "book:" + head.station }
  var custody: BookCustody? { stage == .pages ? head.custody(zone) : nil }

  func feed(_ bytes: UnsafeBufferPointer<UInt8>, into batch: inout DraftBatch) {
    var from = 0
    while from < bytes.count {
      if tail != nil {
        tail?.append(UnsafeBufferPointer(rebasing: bytes[from...]))
        return
      }
      guard let feedAt = bytes[from...].firstIndex(of: 0x0A) else {
        keep(bytes[from...], &batch)
        return
      }
      keep(bytes[from...feedAt], &batch)
      from = feedAt + 1
      if tail == nil { endLine(&batch) }
    }
  }

  func finish(into batch: inout DraftBatch) {
    if tail == nil, !carry.isEmpty { endLine(&batch) }
    if tail == nil {
      switch stage {
      case .title: refuse("title line 民意征集本 v1", at: line)
      case .head:
        if let missing = head.missing { refuse("head line \(missing.rawValue)", at: line) }
      case .pages:
        flush(&batch)
        closePage(&batch)
        if let pages = head.pages, page < pages {
          setAside("page \(page + 1) of \(pages)", at: line, start: line, bytes: [], &batch)
        }
      case .refused: break
      }
    }
    if let tail {
      seen += 1
      batch.setAside.append(tail.setAside)
    } else {
      batch.endOffset = line.offset
    }
  }

  // MARK: lines

  private func keep(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, _ batch: inout DraftBatch) {
    carry.append(contentsOf: bytes)
    let open = carry.count + (entry?.received.count ?? 0) + headBytes.count
    guard open > limits.recordBytes else { return }
    flush(&batch)
    var rest = RefusedTail(
      ordinal: seen + 1, start: line, fault: line,
      reason: .limitExceeded(name: "record bytes", limit: limits.recordBytes))
    carry.withUnsafeBufferPointer { rest.append($0) }
    tail = rest
  }

  private func endLine(_ batch: inout DraftBatch) {
    let bytes = carry
    carry = []
    let start = line
    line.offset += bytes.count
    line.line += 1
    if isFirstLine {
      isFirstLine = false
      if let encoding = ByteOrder.foreignEncoding(bytes, atEnd: true) {
        headBytes = bytes
        refuse(.unsupportedEncoding(encoding), at: start)
        return
      }
    }
    let skipped = start.offset == 0 && bytes.starts(with: ByteOrder.mark) ? 3 : 0
    if stage == .title || stage == .head { headBytes += bytes }
    var content = bytes[skipped...]
    while let last = content.last, last == 0x0A || last == 0x0D { content.removeLast() }
    if let fault = OpinionBookReader.fault(content) {
      broken(fault.reason, start, start.advanced(of: content, fault.at), bytes, &batch)
      return
    }
    let text = String(decoding: content, as: UTF8.self)
    if text.hasPrefix("#") || text.trimmedSpace.isEmpty { return }
    switch stage {
    case .title:
      if OpinionBookHead.isTitle(text) { stage = .head } else { refuse("title line 民意征集本 v1", at: start) }
    case .head:
      if let page = OpinionBookReader.page(text) {
        beginPages(page, text, start, bytes, &batch)
      } else if let problem = head.take(text) {
        refuse(problem, at: start)
      }
    case .pages: take(text, start, bytes, &batch)
    case .refused: break
    }
  }

  private static func fault(_ content: ArraySlice<UInt8>) -> (reason: SetAsideReason, at: Int)? {
    content.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return nil }
      if let at = UTF8Check.firstFault(base, buffer.count) { return (.invalidUTF8, at) }
      return buffer.firstIndex(of: 0).map { (.nulCharacter, $0) }
    }
  }

  /// A line that is no text.
  private func broken(
    _ reason: SetAsideReason, _ start: TextPosition, _ fault: TextPosition, _ bytes: [UInt8],
    _ batch: inout DraftBatch
  ) {
    guard stage == .pages else {
      refuse(reason, at: fault)
      return
    }
    // A broken continuation spoils its entry.
    if bytes.first == 0x20 || bytes.first == 0x09, var spoilt = entry {
      entry = nil
      spoilt.received += bytes
      lastLine = max(lastLine, spoilt.lastLine + 1)
      deliver(reason, spoilt.start, fault, spoilt.received, &batch)
      return
    }
    flush(&batch)
    deliver(reason, start, fault, bytes, &batch)
  }

  // MARK: pages

  /// Number and state of a page line: `第1页`, `第2页 空白`, `page 3 missing`.
  private static func page(_ text: String) -> (number: Int, isEmpty: Bool)? {
    var rest = text.trimmedSpace.lowercased()[...]
    let isChinese = rest.hasPrefix("第")
    guard isChinese || rest.hasPrefix("page ") else { return nil }
    rest = rest.dropFirst(isChinese ? 1 : 5).trimmedSpace
    let digits = rest.prefix { ("0"..."9").contains($0) }
    guard let number = Int(digits), (1...9999).contains(number) else { return nil }
    rest = rest.dropFirst(digits.count).trimmedSpace
    if isChinese {
      guard rest.hasPrefix("页") else { return nil }
      rest = rest.dropFirst().trimmedSpace
    }
    if rest.isEmpty { return (number, false) }
    return ["空白", "缺页", "blank", "missing"].contains(String(rest)) ? (number, true) : nil
  }

  private func beginPages(
    _ page: (number: Int, isEmpty: Bool), _ text: String, _ start: TextPosition, _ bytes: [UInt8],
    _ batch: inout DraftBatch
  ) {
    if let missing = head.missing {
      refuse("head line \(missing.rawValue)", at: start)
      return
    }
    guard let opened = head.opened else {
      refuse("head line opened", at: start)
      return
    }
    dates = OpinionBookDate(opened: opened)
    headBytes = []
    stage = .pages
    take(text, start, bytes, &batch)
  }

  private func take(_ text: String, _ start: TextPosition, _ bytes: [UInt8], _ batch: inout DraftBatch) {
    if text.hasPrefix("  ") || text.hasPrefix("\t") {
      guard entry != nil else {
        setAside("entry before its continuation", at: start, start: start, bytes: bytes, &batch)
        return
      }
      entry?.received += bytes
      entry?.append(text, at: start)
      return
    }
    flush(&batch)
    if let next = OpinionBookReader.page(text) {
      closePage(&batch)
      turn(to: next, start, bytes, &batch)
    } else if text.hasPrefix("第") || text.lowercased().hasPrefix("page ") {
      setAside("page line", at: start, start: start, bytes: bytes, &batch)
    } else {
      var begun = OpinionBookEntry(line: text, at: start)
      begun.received = bytes
      if begun.fault == nil {
        if let pageFault {
          begun.fault = (pageFault, start)
        } else if begun.number <= lastLine {
          begun.fault = ("ascending lines", start)
        }
      }
      entry = begun
    }
  }

  private func turn(
    to next: (number: Int, isEmpty: Bool), _ start: TextPosition, _ bytes: [UInt8], _ batch: inout DraftBatch
  ) {
    entriesOnPage = 0
    lastLine = 0
    isEmptyPage = next.isEmpty
    pageFault = next.isEmpty ? "entry on a page that is there and not blank" : nil
    if next.number <= page {
      pageFault = "ascending pages"
      isEmptyPage = true
      setAside("ascending pages", at: start, start: start, bytes: bytes, &batch)
      return
    }
    if let pages = head.pages {
      if next.number > pages {
        pageFault = "page up to \(pages)"
        isEmptyPage = true
        setAside("page up to \(pages)", at: start, start: start, bytes: bytes, &batch)
        return
      }
      if next.number > page + 1 {
        setAside("page \(page + 1)", at: start, start: start, bytes: bytes, &batch)
      }
    }
    page = next.number
  }

  private func closePage(_ batch: inout DraftBatch) {
    if head.pages != nil, page > 0, entriesOnPage == 0, !isEmptyPage {
      setAside("entry on page \(page), or 空白", at: line, start: line, bytes: [], &batch)
    }
    isEmptyPage = true
  }

  // MARK: entries

  /// Hands the entry at hand over.
  private func flush(_ batch: inout DraftBatch) {
    guard var done = entry else { return }
    entry = nil
    entriesOnPage += 1
    done.checkMarks()
    if done.fault == nil { lastLine = done.lastLine }
    while let last = done.received.last, last == 0x0A || last == 0x0D { done.received.removeLast() }
    if let fault = done.fault {
      deliver(.transcription(fault.rule), done.start, fault.at, done.received, &batch)
      return
    }
    let body = done.body
    if body.trimmedSpace.isEmpty {
      deliver(.missingField(Field.body.name), done.start, done.start, done.received, &batch)
      return
    }
    if body.utf8.count > limits.fieldBytes {
      let reason = SetAsideReason.limitExceeded(name: "field bytes", limit: limits.fieldBytes)
      deliver(reason, done.start, done.start, done.received, &batch)
      return
    }
    seen += 1
    var draft = Draft(
      position: RecordPosition(ordinal: seen, line: done.start.line, byteOffset: done.start.offset))
    draft[.externalID] = batch.arena.append("\(head.book)/\(page)/\(done.number)")
    draft[.body] = batch.arena.append(body)
    draft[.channel] = batch.arena.append(channel)
    draft[.station] = batch.arena.append(head.station)
    draft[.book] = batch.arena.append(head.book)
    draft[.page] = batch.arena.append(String(page))
    draft[.line] = batch.arena.append(String(done.number))
    if !done.writer.isEmpty, done.writer != "-" { draft[.writer] = batch.arena.append(done.writer) }
    if !done.date.isEmpty, done.date != "-" {
      draft[.submittedAt] = batch.arena.append(done.date)
      draft.submittedAt = dates?.instant(done.date, zone: zone)
    }
    draft.received = done.received.withUnsafeBytes { batch.arena.append($0) }
    batch.drafts.append(draft)
    batch.endOffset = done.start.offset + done.received.count
  }

  // MARK: faults

  private func setAside(
    _ rule: String, at fault: TextPosition, start: TextPosition, bytes: [UInt8], _ batch: inout DraftBatch
  ) {
    deliver(.transcription(rule), start, fault, bytes, &batch)
  }

  private func deliver(
    _ reason: SetAsideReason, _ start: TextPosition, _ fault: TextPosition, _ bytes: [UInt8],
    _ batch: inout DraftBatch
  ) {
    seen += 1
    bytes.withUnsafeBufferPointer {
      batch.setAside.append(
        SetAside(ordinal: seen, start: start, fault: fault, reason: reason, bytes: $0, total: bytes.count))
    }
    batch.endOffset = max(batch.endOffset, start.offset + bytes.count)
  }

  private func refuse(_ rule: String, at fault: TextPosition) { refuse(.transcription(rule), at: fault) }

  private func refuse(_ reason: SetAsideReason, at fault: TextPosition) {
    stage = .refused
    var rest = RefusedTail(ordinal: seen + 1, start: TextPosition(), fault: fault, reason: reason)
    headBytes.withUnsafeBufferPointer { rest.append($0) }
    tail = rest
    headBytes = []
  }
}

extension TextPosition {
  fileprivate func advanced(of bytes: ArraySlice<UInt8>, _ count: Int) -> TextPosition {
    bytes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { advanced($0, min(count, buffer.count)) } ?? self
    }
  }
}
