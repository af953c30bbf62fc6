internal import Store

/// The typing page's form: what was typed, and what it says of a page.
struct BookForm {
  let fields: FormFields

  /// Rows there are at least, and those added at a time.
  static let leastRows = 8
  private static let mostRows = 200

  init(_ fields: FormFields) { self.fields = fields }

  /// A page that was typed before, to be gone on with.
  init(_ page: BookPage, _ keying: BookKeying?) {
    var fields: [(name: String, value: String)] = [
      ("station", page.station), ("book", page.book), ("page", String(page.page)),
      ("condition", page.condition.code), ("counted", String(page.counted)),
    ]
    fields += BookForm.fields(of: page.head)
    for (index, entry) in (keying?.entries ?? []).enumerated() {
      fields += [
        ("line-\(index)", String(entry.line)), ("date-\(index)", entry.date), ("writer-\(index)", entry.writer),
        ("text-\(index)", entry.text),
      ]
    }
    self.fields = FormFields(fields)
  }

  static func fields(of head: BookHead) -> [(name: String, value: String)] {
    [
      ("keeper", head.keeper), ("transcriber", head.transcriber), ("opened", head.opened), ("closed", head.closed),
      ("transcribed", head.transcribed), ("pages", head.pages),
    ]
  }

  // MARK: What it says

  var station: String { fields["station"] ?? "" }
  var book: String { fields["book"] ?? "" }
  var page: Int? { fields.number("page").flatMap { (1...9999).contains($0) ? $0 : nil } }

  var condition: BookPage.Condition {
    BookPage.Condition.allCases.first { $0.code == fields["condition"] } ?? .written
  }

  /// Nil where nobody counted.
  var counted: Int? { fields.number("counted").flatMap { (0...999).contains($0) ? $0 : nil } }

  var head: BookHead {
    func value(_ name: String) -> String { fields[name] ?? "" }
    return BookHead(
      keeper: value("keeper"), transcriber: value("transcriber"), opened: value("opened"), closed: value("closed"),
      transcribed: value("transcribed"), pages: value("pages"))
  }

  /// Rows of the form, empty ones too.
  var rowCount: Int {
    let last = fields.fields.compactMap { field in
      field.name.hasPrefix("text-") ? Int(field.name.dropFirst("text-".count)) : nil
    }.max()
    return min(BookForm.mostRows, max(BookForm.leastRows, (last ?? -1) + 1))
  }

  /// Rows that say something, with their place in the form.
  var rows: [(row: Int, entry: BookKeying.Entry)] {
    var entries: [(row: Int, entry: BookKeying.Entry)] = []
    /// Behind the last line of the entry before.
    var next = 1
    for row in 0..<rowCount {
      let typed = ["date", "writer", "text"].map { fields["\($0)-\(row)"] ?? "" }
      let line = fields.number("line-\(row)")
      guard typed.contains(where: { !$0.isEmpty }) else { continue }
      let entry = BookKeying.Entry(
        line: line.flatMap { (1...9999).contains($0) ? $0 : nil } ?? next, date: typed[0], writer: typed[1],
        text: BookTranscript.lines(typed[2]).joined(separator: "\n"))
      entries.append((row, entry))
      next = entry.line + max(1, BookTranscript.lines(entry.text).count)
    }
    return entries
  }

  var keying: BookKeying { BookKeying(entries: rows.map(\.entry)) }

  // MARK: What is wrong with it

  struct Faults {
    /// Of the page as a whole, sentences.
    var page: [String] = []
    /// By row of the form.
    var rows: [Int: String] = [:]
    var isEmpty: Bool { page.isEmpty && rows.isEmpty }
  }

  /// - Parameters:
  ///   - station: its name, as books have it.
  ///   - head: the book's; the second keying has none of its own, nor book and page.
  func faults(_ visit: Visit, station: String, head: BookHead, book: String, page: Int) -> Faults {
    var faults = Faults()
    let rows = rows
    if condition != .written {
      if !rows.isEmpty {
        faults.page.append(visit.say("空白或缺失的页不能有条目。", "A page that is blank or missing has no entries."))
      }
      return faults
    }
    if rows.isEmpty { faults.page.append(visit.say("至少录入一条，或注明这页空白。", "Type an entry, or say that the page is blank.")) }
    for (row, entry) in rows {
      if entry.text.isEmpty { faults.rows[row] = visit.say("没有正文。", "There is no text.") }
      if (entry.date + entry.writer).contains(where: { $0 == "|" || $0 == "｜" }) {
        faults.rows[row] = visit.say("日期和署名里不能有竖线。", "A date and a name hold no vertical bar.")
      }
    }
    guard faults.isEmpty else { return faults }
    let transcript = BookTranscript(station: station, book: book, head: head, page: page, keying)
    for fault in visit.services.intake.bookFaults(transcript.bytes) {
      let words = BookRuleWords.words(fault, visit)
      if let entry = transcript.entry(at: fault.line) {
        faults.rows[rows[entry].row] = words
      } else {
        faults.page.append(visit.say("簿头：", "Head: ") + words)
      }
    }
    return faults
  }
}
