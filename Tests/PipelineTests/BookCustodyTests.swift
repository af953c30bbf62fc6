import Foundation
import Pipeline
import Store
import Suggestions
import TestSupport
import Testing
import Text

/// When a book hung on its wall is kept beside its entries, whatever became of them.
struct BookCustodyTests {
  private static func transcript(
    _ more: String = "", entries: String = "1 | 4.9 | 老邓 | 路灯不亮\n"
  ) -> (form: String, text: String) {
    let head = "民意征集本 v1\n驿站: 安福驿站\n簿号: AF-02\n保管人: 李\n转录人: 周\n启用: 2025-04-08\n"
    return (form: "opinion-book", text: head + "\(more)\n第1页\n\(entries)")
  }

  private static func custody(_ intakes: Intakes) throws -> BookCustody? {
    let store = try SuggestionStore(url: intakes.folder.path("store.db"), access: .existing, folding: Folding.version)
    let found = try store.bookCustody("AF-02", source: "book:安福驿站")
    try store.close()
    return found
  }

  private static func events(_ intakes: Intakes) throws -> Int {
    let store = try SuggestionStore(url: intakes.folder.path("store.db"), access: .existing, folding: Folding.version)
    let count = try store.verify().counts.events
    try store.close()
    return count
  }

  @Test func aBookThatIsClosedLaterSaysSo() throws {
    let intakes = try Intakes()
    let opened: Int64 = 1_744_041_600
    try intakes.run([Self.transcript()], isDryRun: true)
    #expect(try Self.custody(intakes) == nil)
    try intakes.run([Self.transcript()])
    #expect(try Self.custody(intakes) == BookCustody(book: "AF-02", opened: opened))
    let canonical = try intakes.canonical()
    // The same entries; the head alone is new.
    let closing = Self.transcript("封存: 2025-07-02\n")
    #expect(try intakes.run([closing]).total.unchanged == 1)
    let closed = BookCustody(book: "AF-02", opened: opened, closed: 1_751_385_600)
    #expect(try Self.custody(intakes) == closed)
    // Once more, or the transcript of before: nothing is written.
    let events = try Self.events(intakes)
    try intakes.run([closing])
    try intakes.run([Self.transcript()])
    #expect(try Self.events(intakes) == events)
    #expect(try Self.custody(intakes) == closed)
    // An export knows nothing of it, so that a head that comes late changes no content.
    #expect(try intakes.canonical() == canonical)
    #expect(try intakes.isSound())
  }

  @Test func aBookWithoutAnEntryIsKeptToo() throws {
    let intakes = try Intakes()
    try intakes.run([Self.transcript("转录日期: 2025-07-05\n", entries: "")])
    #expect(try Self.custody(intakes)?.transcribed == 1_751_644_800)
    #expect(try intakes.isSound())
  }
}
