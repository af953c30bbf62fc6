internal import Store

/// The typing page's form in the values of its template, with what was typed and what is wrong with it.
struct BookFormValues {
  private let typed: BookForm
  private let visit: Visit
  private let faults: BookForm.Faults

  /// Rows that a press of "more" adds.
  private static let more = 8

  init(_ typed: BookForm, _ visit: Visit, _ faults: BookForm.Faults) {
    self.typed = typed
    self.visit = visit
    self.faults = faults
  }

  var value: [String: PageValue] {
    let fields = typed.fields
    func text(_ name: String) -> PageValue { .text(fields[name] ?? "") }
    let rows = typed.rowCount + (fields.has("more") ? BookFormValues.more : 0)
    let entries = typed.rows.count
    return [
      "book": text("book"), "page": text("page"), "keeper": text("keeper"), "transcriber": text("transcriber"),
      "opened": text("opened"), "closed": text("closed"), "transcribed": text("transcribed"), "pages": text("pages"),
      "counted": text("counted"), "faults": .list(faults.page.map(PageValue.text)),
      "hasFaults": .flag(!faults.isEmpty),
      "tally": .text(
        typed.counted.map { counted in
          visit.say("本页 \(counted) 条，已录 \(entries) 条", "\(counted) entries on the page, \(entries) typed")
        } ?? visit.say("已录 \(entries) 条", "\(entries) typed")),
      "rows": .objects(0..<rows) { row($0) },
      "script": .text(visit.premises.assets.address(of: "book.js")),
    ]
  }

  private func row(_ index: Int) -> [String: PageValue] {
    // Texts as they were typed, not as they are read.
    func typed(_ name: String) -> String { self.typed.fields.all("\(name)-\(index)").first ?? "" }
    return [
      "index": .number(index), "number": .number(index + 1), "line": .text(typed("line")), "date": .text(typed("date")),
      "writer": .text(typed("writer")), "text": .text(typed("text")), "fault": .optional(faults.rows[index]),
    ]
  }
}
