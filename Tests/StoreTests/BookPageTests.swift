import Foundation
import Store
import Testing

/// A page of an opinion book between the paper and the store.
@Suite struct BookPageTests {
  static let head = BookHead(keeper: "李站长", transcriber: "周敏MARKHEAD", opened: "2025-04-08", pages: "8")

  private static func keying(_ text: String = "路灯不亮MARKTEXT", lines: Int = 1) -> BookKeying {
    BookKeying(
      entries: (0..<lines).map { .init(line: 2 * $0 + 1, date: "4.12", writer: "骑手小张MARKNAME", text: text) })
  }

  private func key(
    _ sample: SampleStore, _ page: Int = 7, _ keying: BookKeying? = keying(), counted: Int = 1,
    condition: BookPage.Condition = .written, by actor: String = "keeper", at moment: Int64 = 1_750_000_000
  ) throws -> Result<Int, BookPageRefusal> {
    try sample.store.keyBookPage(
      page, of: "AF-02", at: "anfu", head: BookPageTests.head, condition: condition, counted: counted, keying,
      by: actor, at: moment)
  }

  @Test func twoPeopleAndThenTheStore() throws {
    let sample = try SampleStore()
    let id = try key(sample, counted: 2).get()
    #expect(try sample.store.keyBookPageAgain(id, BookPageTests.keying(), by: "keeper", at: 9) == .failure(.samePerson))
    #expect(try sample.store.settleBookPage(id, BookPageTests.keying(), by: "keeper", at: 9) == .failure(.state(.keyed)))
    let compared = try sample.store.keyBookPageAgain(id, BookPageTests.keying("路灯坏了"), by: "second", at: 10).get()
    #expect(compared.state == .compared && compared.keyer == "keeper" && compared.checker == "second")
    #expect(compared.first?.entries.first?.text == "路灯不亮MARKTEXT" && compared.second?.entries.first?.text == "路灯坏了")
    #expect(compared.head == BookPageTests.head)
    #expect(try key(sample) == .failure(.state(.compared)))
    let settled = try sample.store.settleBookPage(id, BookPageTests.keying("路灯不亮"), by: "second", at: 11).get()
    #expect(settled.state == .settled && settled.second == nil)
    let taken = try sample.store.takeBookPage(id, entered: 1, by: "second", at: 12).get()
    #expect(taken.state == .taken && taken.first == nil && taken.lacking == 1)
    #expect(try sample.store.takeBookPage(id, entered: 1, by: "second", at: 13) == .failure(.state(.taken)))
    #expect(try sample.store.bookPages(of: ["anfu"]).map(\.id) == [id])
    #expect(try sample.store.bookPages(of: ["anfu"], isOpen: true).isEmpty)
    #expect(try sample.store.bookPages(of: ["hejie"]).isEmpty && sample.store.bookPages(of: []).isEmpty)
    #expect(try sample.store.verify().faults == [])
  }

  /// Who signed and what was said is in no readable byte, at no step.
  @Test func textsAreSealed() throws {
    let sample = try SampleStore()
    let id = try key(sample).get()
    _ = try sample.store.keyBookPageAgain(id, BookPageTests.keying(), by: "second", at: 10)
    for mark in ["MARKTEXT", "MARKNAME", "MARKHEAD"] { #expect(sample.bytes().range(of: Data(mark.utf8)) == nil) }
    try sample.tamper("UPDATE book_page SET station = 'hejie'")
    #expect(throws: StoreFault.self) { try sample.store.bookPage(id) }
    #expect(try sample.store.verify().faults.map(\.kind) == [.bookPages])
  }

  @Test func onePersonTypesAPageAtATime() throws {
    let sample = try SampleStore()
    let id = try key(sample).get()
    #expect(try key(sample, by: "other") == .failure(.others("keeper")))
    #expect(try key(sample, 7, BookPageTests.keying("重打")).get() == id)
    #expect(try sample.store.bookPage(id)?.first?.entries.map(\.text) == ["重打"])
    #expect(try key(sample, 8, by: "other").get() != id)
    #expect(try sample.store.verify().faults == [])
  }

  @Test func aBlankPageIsDoneWith() throws {
    let sample = try SampleStore()
    let id = try key(sample, 2, nil, counted: 0, condition: .blank).get()
    let page = try #require(try sample.store.bookPage(station: "anfu", book: "AF-02", page: 2))
    #expect(page.id == id && page.state == .taken && page.condition == .blank && page.lacking == 0)
  }

  @Test func whatIsGivenUpIsForgotten() throws {
    let sample = try SampleStore()
    let id = try key(sample).get()
    _ = try sample.store.dropBookPage(id, by: "keeper", at: 20).get()
    #expect(try sample.store.bookPage(id) == nil)
    #expect(try sample.store.dropBookPage(id, by: "keeper", at: 21) == .failure(.unknown))
    // A page that was taken in before is so still.
    let second = try key(sample).get()
    #expect(second != id)
    _ = try sample.store.keyBookPageAgain(second, BookPageTests.keying(), by: "other", at: 22).get()
    _ = try sample.store.settleBookPage(second, BookPageTests.keying(), by: "other", at: 23).get()
    _ = try sample.store.takeBookPage(second, entered: 1, by: "other", at: 24).get()
    #expect(try key(sample, by: "third", at: 25).get() == second)
    let dropped = try sample.store.dropBookPage(second, by: "third", at: 26).get()
    #expect(dropped.state == .taken && dropped.entered == 1 && dropped.first == nil)
    #expect(try sample.store.verify().faults == [])
    try sample.tamper("UPDATE book_page SET entered = 5")
    #expect(try sample.store.verify().faults.map(\.kind) == [.bookPages])
  }
}
