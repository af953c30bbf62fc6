import Casework
import Console
import Store
import Suggestions
import Testing

/// 来件人的其他来件 on the page of a case and beside the queue: those whoever looks may see, and no others.
@Suite struct OtherSuggestionPagesTests {
  /// A case and another by the same writer, of these tracks.
  private func pair(_ premises: TestPremises, _ track: Track, _ other: Track) throws -> (id: Int, other: Int) {
    let found = try premises.store.read { session throws(StoreFault) in
      try session.first(
        """
        SELECT a.number, b.number FROM submission a JOIN submission b ON b.writer = a.writer AND b.number <> a.number
        WHERE a.track = $1 AND b.track = $2 AND a.suggestion = a.number AND b.suggestion = b.number
        ORDER BY a.number, b.number
        """, [.integer(Int(track.rawValue)), .integer(Int(other.rawValue))]
      ) { (id: Int($0.integer(0)), other: Int($0.integer(1))) }
    }
    return try #require(found)
  }

  private func link(_ id: Int) -> String { "<li><a href=\"/cases/\(id)\">\(id) " }

  @Test func bothPagesShowThem() async throws {
    let premises = try TestPremises()
    let (id, other) = try pair(premises, .ordinary, .ordinary)
    let cookie = try premises.cookie("reviewer", RoleScope(.moderator))
    for address in ["/cases/\(id)", "/cases/\(id)/pane", "/queue?item=\(id)"] {
      let page = await premises.get(address, cookie, headers: ["accept-language": "zh-CN"])
      #expect(page.status == 200)
      #expect(page.text.contains("来件人的其他来件"), "\(address)")
      #expect(page.text.contains(link(other)), "\(address)")
      #expect(!page.text.contains(link(id)), "\(address)")
    }
    // The form for an act is about this case alone.
    #expect(await !premises.get("/cases/\(id)/acts/note", cookie).text.contains(link(other)))
  }

  @Test func theSensitiveOnesAreForTheirTrackAlone() async throws {
    let premises = try TestPremises()
    let (id, other) = try pair(premises, .ordinary, .sensitive)
    let reviewer = try premises.cookie("reviewer", RoleScope(.moderator))
    let lead = try premises.cookie("lead", RoleScope(.lead, tracks: Set(Track.allCases)))
    #expect(await !premises.get("/cases/\(id)", reviewer).text.contains(link(other)))
    #expect(await premises.get("/cases/\(id)", lead).text.contains(link(other)))
    #expect(await premises.get("/cases/\(other)", lead).text.contains(link(id)))
  }

  /// A unit sees what it was given, whoever wrote the rest.
  @Test func othersBusinessIsNotShown() async throws {
    let premises = try TestPremises()
    let (id, other) = try pair(premises, .ordinary, .ordinary)
    let cookie = try premises.cookie("housing", RoleScope(.department, handler: TestCase.unit))
    try TestCase(premises, id: id, receipt: "").order()
    let page = await premises.get("/cases/\(id)", cookie, headers: ["accept-language": "zh-CN"])
    #expect(page.status == 200)
    #expect(!page.text.contains(link(other)))
    try TestCase(premises, id: other, receipt: "").order()
    #expect(await premises.get("/cases/\(id)", cookie).text.contains(link(other)))
  }
}
