package import Rules
package import Store
import Stages
import Suggestions

/// Applies a rule book to what nobody has decided on. Old verdicts stay beside the new ones, and what a person decided is
/// never touched.
///
/// Judged is the redacted text: a new book is no reason to open what is sealed.
package struct Reclassification {
  package struct Report: Sendable {
    /// Submissions judged anew.
    package var judged = 0
    /// Of these, with another verdict than before.
    package var changed = 0
    /// Left alone, as a person has decided.
    package var decided = 0
  }

  private let book: RuleBook
  private let store: SuggestionStore
  private let act: StaffAct
  private static let together = 1024

  package init(_ book: RuleBook, store: SuggestionStore, act: StaffAct) {
    self.book = book
    self.store = store
    self.act = act
  }

  /// Page by page, each in a transaction of its own with its event: interrupted, the same command goes on.
  package func run(progress: (Int) -> Void = { _ in }) throws(StoreFault) -> Report {
    var report = Report()
    report.decided = try store.decidedCount()
    var last = 0
    while true {
      let page = try store.undecided(after: last, limit: Reclassification.together, book: book.version)
      guard let end = page.last else { break }
      report.changed += try write(page)
      report.judged += page.count
      last = Int(end.text.number)
      progress(report.judged)
    }
    if report.changed > 0 {
      try store.intake { writer throws(StoreFault) in try writer.cutLinksAcrossTracks() }
    }
    if report.judged > 0 { try store.checkpoint() }
    return report
  }

  /// - Returns: how many verdicts changed.
  private func write(_ page: [UndecidedSubmission]) throws(StoreFault) -> Int {
    let columns = Rejudging(by: book, asOf: act.at).apply(page.map(\.text))
    return try store.intake { writer throws(StoreFault) in
      let codes = CodeTable()
      let numbers = try BookCodes(book, codes, writer.session)
      let bookNumber = try codes.id(.book, book.version, writer.session)
      try RuleBookArchive.keep(book.version, book.files.map { ($0.path, $0.bytes) }, writer.session)
      let event = try History.next(writer.session)
      var packing = VerdictPacking()
      var changed = 0
      for (index, stored) in page.enumerated() {
        packing.pack(columns.rows[index], columns, numbers)
        var row = SubmissionRow()
        row.number = stored.text.number
        row.take(columns.rows[index], numbers)
        row.book = bookNumber
        row.verdict = packing.bytes.view
        if StoredVerdict(row) == stored.verdict {
          try writer.confirm(stored.text.number, book: bookNumber)
        } else {
          try writer.reclassify(row, event: event)
          changed += 1
        }
      }
      try History.append(told(page, changed: changed), to: writer.session)
      return changed
    }
  }

  private func told(_ page: [UndecidedSubmission], changed: Int) -> History.Event {
    var payload = JSONWriter()
    payload.object {
      $0.field("book", book.version)
      $0.field("first", Int(page.first?.text.number ?? 0))
      $0.field("last", Int(page.last?.text.number ?? 0))
      $0.field("judged", page.count)
      $0.field("changed", changed)
      $0.field("reason", act.reason)
    }
    return History.Event(at: act.at, actor: act.actor, action: "reclassify", subject: 0, payload: payload.text)
  }
}

extension SubmissionRow {
  /// The columns of a verdict.
  mutating func take(_ row: Row, _ numbers: BookCodes) {
    track = row.track
    kind = row.kind
    act = row.act
    urgency = row.urgency
    topic = numbers.topics[row.topic]
    region = numbers.regions[row.region]
    station = numbers.stations[row.station]
    lead = numbers.departments[row.lead]
    tier = Int(row.tier)
    priority = Int(row.priority)
  }
}
