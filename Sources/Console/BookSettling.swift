internal import Store
internal import Text

/// Where two keyings of a page differ, and what is to stand.
struct BookSettling {
  private let page: BookPage
  private let visit: Visit
  private let pairs: BookPairs

  init(_ page: BookPage, _ visit: Visit) {
    self.page = page
    self.visit = visit
    pairs = BookPairs(page.first ?? BookKeying(), page.second ?? BookKeying())
  }

  /// Why a choice does not do.
  struct Refusal: Error {
    var page: [String] = []
    /// By pair.
    var pairs: [Int: String] = [:]
  }

  // MARK: The choice

  /// What stands, by the form that was sent.
  func chosen(_ form: FormFields) -> Result<BookKeying, Refusal> {
    var refusal = Refusal()
    var entries: [(pair: Int, entry: BookKeying.Entry)] = []
    for (index, pair) in pairs.pairs.enumerated() {
      if pair.isSame {
        if let entry = pair.first { entries.append((index, entry)) }
        continue
      }
      switch form["pick-\(index)"] {
      case "first": if let entry = pair.first { entries.append((index, entry)) }
      case "second": if let entry = pair.second { entries.append((index, entry)) }
      case "own":
        guard let own = own(index, form) else {
          refusal.pairs[index] = visit.say("自己写的要有行号和正文。", "What is typed anew needs a line and a text.")
          continue
        }
        entries.append((index, own))
      default: refusal.pairs[index] = visit.say("请选一个。", "Choose one.")
      }
    }
    guard refusal.pairs.isEmpty else { return .failure(refusal) }
    let keying = BookKeying(entries: entries.map(\.entry))
    if keying.entries.isEmpty {
      refusal.page.append(visit.say("一条也没有留下。", "Nothing is left of the page."))
      return .failure(refusal)
    }
    check(keying, entries.map(\.pair), &refusal)
    return refusal.page.isEmpty && refusal.pairs.isEmpty ? .success(keying) : .failure(refusal)
  }

  private func own(_ index: Int, _ form: FormFields) -> BookKeying.Entry? {
    guard let line = form.number("line-\(index)"), (1...9999).contains(line), let text = form["text-\(index)"] else {
      return nil
    }
    let entry = BookKeying.Entry(
      line: line, date: form["date-\(index)"] ?? "", writer: form["writer-\(index)"] ?? "",
      text: BookTranscript.lines(text).joined(separator: "\n"))
    return (entry.date + entry.writer).contains { $0 == "|" || $0 == "｜" } ? nil : entry
  }

  private func check(_ keying: BookKeying, _ places: [Int], _ refusal: inout Refusal) {
    let station = BookKeyingPages.name(of: page.station, visit) ?? page.station
    let transcript = BookTranscript(station: station, book: page.book, head: page.head, page: page.page, keying)
    for fault in visit.services.intake.bookFaults(transcript.bytes) {
      let words = BookRuleWords.words(fault, visit)
      if let entry = transcript.entry(at: fault.line), !pairs.pairs[places[entry]].isSame {
        refusal.pairs[places[entry]] = words
      } else {
        refusal.page.append(words)
      }
    }
  }

  // MARK: The page

  func show(_ refusal: Refusal = Refusal()) throws -> Reply {
    let differing = pairs.differing
    let same = pairs.pairs.filter(\.isSame).compactMap(\.first)
    let station = BookKeyingPages.name(of: page.station, visit) ?? page.station
    let isRefused = !refusal.page.isEmpty || !refusal.pairs.isEmpty
    return visit.page(
      "book-settle", title: visit.say("核对两次录入", "Two keyings compared"), section: .intake, status: isRefused ? 400 : 200,
      [
        "heading": .text(
          visit.say(
            "核对：\(station) \(page.book) 第 \(page.page) 页", "Compare: \(station) \(page.book), page \(page.page)")),
        "said": .text(
          visit.say(
            "\(pairs.pairs.count) 条里 \(differing.count) 条不同，逐条定下来；本页数出 \(page.counted) 条。",
            "\(differing.count) of \(pairs.pairs.count) entries differ; settle each. \(page.counted) were counted on the page.")),
        "address": .text("/intake/book/\(page.id)/settle"), "drop": .text("/intake/book/\(page.id)/drop"),
        "back": .text(BookOverview.address(station: page.station)), "faults": .list(refusal.page.map(PageValue.text)),
        "hasFaults": .flag(isRefused), "keyer": .text(page.keyer), "checker": .text(page.checker ?? ""),
        "pairs": .objects(differing) { pair($0, refusal) },
        "same": .objects(same) { entry in
          ["line": .number(entry.line), "date": .text(entry.date), "writer": .text(entry.writer), "text": .text(entry.text)]
        },
        "hasSame": .flag(!same.isEmpty), "sameCount": .number(same.count),
      ])
  }

  private func pair(_ index: Int, _ refusal: Refusal) -> [String: PageValue] {
    let pair = pairs.pairs[index]
    let form = visit.request.form
    let picked = form["pick-\(index)"]
    let draft = pair.first ?? pair.second
    func typed(_ name: String, _ standard: String) -> PageValue {
      .text(form.has("\(name)-\(index)") ? form.all("\(name)-\(index)").first ?? "" : standard)
    }
    let texts = TextDifference(pair.first?.text ?? "", pair.second?.text ?? "")
    return [
      "index": .number(index), "number": .number(index + 1), "fault": .optional(refusal.pairs[index]),
      "first": side(pair.first, beside: pair.second, texts.left),
      "second": side(pair.second, beside: pair.first, texts.right),
      "isFirst": .flag(picked == "first"), "isSecond": .flag(picked == "second"), "isOwn": .flag(picked == "own"),
      "line": typed("line", draft.map { String($0.line) } ?? ""), "date": typed("date", draft?.date ?? ""),
      "writer": typed("writer", draft?.writer ?? ""), "text": typed("text", draft?.text ?? ""),
    ]
  }

  private func side(
    _ entry: BookKeying.Entry?, beside other: BookKeying.Entry?, _ stretches: [Range<Int>]
  ) -> PageValue {
    guard let entry else { return ["isMissing": true, "isThere": false] }
    func runs(_ text: String, _ otherText: String?) -> PageValue {
      // As a whole: a date or a name is one thing.
      let length = text.unicodeScalars.count
      return MarkedRuns.runs(of: text, stretches: otherText == nil || otherText == text ? [] : [0..<length])
    }
    return [
      "isMissing": false, "isThere": true,
      "line": runs(String(entry.line), other.map { String($0.line) }), "date": runs(entry.date, other?.date),
      "writer": runs(entry.writer, other?.writer),
      "text": MarkedRuns.runs(of: entry.text, stretches: other == nil ? [] : stretches),
    ]
  }
}
