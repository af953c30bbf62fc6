import Store
import Testing

/// Filters people keep under a name.
@Suite struct SavedViewTests {
  private func save(
    _ sample: SampleStore, _ name: String, _ query: String = "topic=0203", isShared: Bool = false,
    of owner: String = "zhou"
  ) throws -> SavedView {
    try sample.store.saveView(name, query: query, isShared: isShared, of: owner, at: 1_750_000_000).get()
  }

  @Test func onesOwnAndWhatOthersShare() throws {
    let sample = try SampleStore()
    let own = try save(sample, " 井盖 \n 武陵 ")
    #expect(own.name == "井盖 武陵" && own.createdAt == 1_750_000_000 && !own.isShared)
    let shared = try save(sample, "积水", isShared: true, of: "chen")
    _ = try save(sample, "私人", of: "chen")
    #expect(try sample.store.savedViews(of: "zhou") == [own, shared])
    #expect(try sample.store.savedViews(of: "nobody").map(\.name) == ["积水"])
    let again = try save(sample, "井盖 武陵", "kind=idea", isShared: true)
    #expect(again.id == own.id && again.query == "kind=idea" && again.isShared)
    #expect(try !sample.store.deleteView(own.id, of: "chen"))
    #expect(try sample.store.deleteView(own.id, of: "zhou"))
    #expect(try !sample.store.deleteView(own.id, of: "zhou"))
    #expect(try sample.store.savedViews(of: "zhou") == [shared])
    #expect(try sample.store.verify().faults == [])
  }

  @Test func tooMuchIsRefused() throws {
    let sample = try SampleStore()
    #expect(throws: SavedViewRefusal.name) { try save(sample, "  ") }
    #expect(throws: SavedViewRefusal.name) { try save(sample, String(repeating: "长", count: 41)) }
    #expect(throws: SavedViewRefusal.query) { try save(sample, "x", String(repeating: "q", count: 2_001)) }
    for number in 0..<SuggestionStore.mostSavedViews { _ = try save(sample, "\(number)") }
    #expect(throws: SavedViewRefusal.tooMany(SuggestionStore.mostSavedViews)) { try save(sample, "另一个") }
    #expect(try save(sample, "7", "kind=idea").query == "kind=idea")
    #expect(try save(sample, "另一个", of: "chen").owner == "chen")
  }
}
