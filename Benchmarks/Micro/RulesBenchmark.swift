import Foundation
import Rules

/// Matching and the conditions of whole rule books: the shipped one, or those named.
enum RulesBenchmark {
  static func run(_ texts: Texts, books: [String]) throws {
    Measurement.section("rules")
    let folders = books.isEmpty ? [Texts.root.appendingPathComponent("rules").path] : books
    var rows: [Measurement.Row] = []
    for folder in folders {
      let book: RuleBook
      do {
        book = try RuleBook(files: files(folder))
      } catch let fault as RuleBookFault {
        let faults = fault.problems.filter { !$0.isWarning }
        let first = faults.first.map { "\($0.file):\($0.line) \($0.fault)" } ?? ""
        throw Texts.Failure(description: "\(folder): \(faults.count) faults, first \(first)")
      }
      let title = "\(book.name), \(book.rules.count) rules, \(book.keywords.count) keywords"
      rows.append(
        try Measurement.row(title, texts: texts.count, bytes: texts.byteCount) {
          var scratch = RuleScratch(book)
          var fired = 0
          for index in 0..<texts.count {
            scratch.evidence.removeAll(keepingCapacity: true)
            _ = scratch.judge(texts.scalars(index), titleCount: 0)
            fired += scratch.evidence.count
          }
          return fired
        })
    }
    if rows.count > 1, let first = rows.first, let last = rows.last {
      Measurement.ratio("  last book over first, time", last.microseconds / first.microseconds)
    }
  }

  private static func files(_ folder: String) throws -> [RuleFile] {
    let start = URL(fileURLWithPath: folder)
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return try names.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix("profiles/") }.sorted().map {
      RuleFile(path: $0, bytes: Array(try Data(contentsOf: start.appendingPathComponent($0))))
    }
  }
}
