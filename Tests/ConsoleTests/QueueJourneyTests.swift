import Casework
import Console
import Foundation
import Store
import Suggestions
import Testing

/// A reviewer's work through the forms of the pages, as without JavaScript.
@Suite struct QueueJourneyTests {
  private func first(_ premises: TestPremises, _ track: Track = .ordinary) throws -> QueueItem {
    try #require(try premises.store.queue(limit: 1, track: track, names: premises.premises.services.codeNames).first)
  }

  private func state(_ premises: TestPremises, _ id: Int) throws -> String {
    try #require(try premises.store.suggestion(id: String(id), names: premises.premises.services.codeNames)).state
  }

  @Test func dispatchedUndoneAndTheNextIsThere() async throws {
    let premises = try TestPremises()
    let cookie = try premises.cookie("reviewer", RoleScope(.moderator))
    let item = try first(premises)
    let page = await premises.get("/queue", cookie)
    #expect(page.status == 200 && page.text.contains("/cases/\(item.id)/acts/dispatch"))
    let done = await premises.post(
      "/cases/\(item.id)/acts/dispatch", [("to", "housing"), ("seen", "0"), ("next", "/queue?after=\(item.id)&done=\(item.id)")], cookie)
    #expect(done.status == 303)
    #expect(try state(premises, item.id) == "dispatched")
    let after = await premises.get("/queue?after=\(item.id)&done=\(item.id)", cookie)
    #expect(after.text.contains("id=\"undo\""))
    #expect(!after.text.contains("data-id=\"\(item.id)\""))
    let undone = await premises.post("/cases/\(item.id)/acts/undo", [("undoes", "1"), ("seen", "1")], cookie)
    #expect(undone.status == 303)
    #expect(try state(premises, item.id) == "pending")
  }

  /// Somebody was faster: nothing is written and what was typed is still on the page.
  @Test func theSlowerOfTwoLosesNothing() async throws {
    let premises = try TestPremises()
    let one = try premises.cookie("one", RoleScope(.moderator))
    let two = try premises.cookie("two", RoleScope(.moderator))
    let item = try first(premises)
    let fast = await premises.post("/cases/\(item.id)/acts/note", [("text", "先记一笔"), ("seen", "0")], one)
    #expect(fast.status == 303)
    let slow = await premises.post(
      "/cases/\(item.id)/acts/reject", [("rejection", "advertisement"), ("reason", "像是<广告>"), ("seen", "0")], two)
    #expect(slow.status == 409)
    #expect(slow.text.contains("像是&lt;广告&gt;"))
    #expect(slow.text.contains("one"))
    #expect(try state(premises, item.id) == "pending")
  }

  @Test func whatIsMissingIsSaid() async throws {
    let premises = try TestPremises()
    let cookie = try premises.cookie("reviewer", RoleScope(.moderator))
    let item = try first(premises)
    let reply = await premises.post("/cases/\(item.id)/acts/reject", [("rejection", "advertisement"), ("seen", "0")], cookie)
    #expect(reply.status == 422 && reply.text.contains("role=\"alert\""))
    let unknown = await premises.post("/cases/\(item.id)/acts/reject", [("rejection", "boredom"), ("reason", "x")], cookie)
    #expect(unknown.status == 400)
    let json = await premises.post(
      "/cases/\(item.id)/acts/reject", [("rejection", "advertisement"), ("seen", "0")], cookie,
      headers: ["sec-fetch-site": "same-origin", "accept": "application/json"])
    #expect(json.status == 422 && json.type == "application/problem+json")
  }

  @Test func manyAtOncePreviewedDoneAndUndone() async throws {
    let premises = try TestPremises()
    let cookie = try premises.cookie("reviewer", RoleScope(.moderator))
    let items = try premises.store.queue(limit: 4, track: .ordinary, names: premises.premises.services.codeNames)
    let ids = items.map { ("id", String($0.id)) }
    let preview = await premises.post("/queue/bulk", [("act", "dispatch")] + ids, cookie)
    #expect(preview.status == 200)
    for item in items { #expect(try state(premises, item.id) == "pending") }
    // One of them is taken by somebody else between the two pages.
    let other = try premises.cookie("other", RoleScope(.moderator))
    _ = await premises.post("/cases/\(items[0].id)/acts/note", [("text", "等等"), ("seen", "0")], other)
    let seen = items.map { ("seen-\($0.id)", "0") }
    let done = await premises.post("/queue/bulk", [("act", "dispatch"), ("do", "1")] + ids + seen, cookie)
    #expect(done.status == 200)
    #expect(try state(premises, items[0].id) == "pending")
    for item in items.dropFirst() { #expect(try state(premises, item.id) == "dispatched") }
    let undo = await premises.post("/queue/bulk/undo", items.dropFirst().map { ("undo", "\($0.id):1") }, cookie)
    #expect(undo.status == 200)
    for item in items { #expect(try state(premises, item.id) == "pending") }
  }

  @Test func theOriginalIsOpenedWithAReasonAndWrittenDown() async throws {
    let premises = try TestPremises()
    let cookie = try premises.cookie("reviewer", RoleScope(.moderator))
    let item = try first(premises)
    #expect(await premises.post("/cases/\(item.id)/original", [], cookie).status == 400)
    let opened = await premises.post("/cases/\(item.id)/original", [("reason", "核对地址")], cookie)
    #expect(opened.status == 200 && opened.text.contains("核对地址"))
    let events = try #require(try premises.store.suggestion(id: String(item.id), names: premises.premises.services.codeNames)).events
    #expect(events.contains { $0.action == "unseal" && $0.actor == "reviewer" })
    // A submission of another case is not opened through this one.
    let another = try premises.store.queue(limit: 2, track: .ordinary, names: premises.premises.services.codeNames)[1]
    let through = await premises.post(
      "/cases/\(item.id)/original", [("reason", "x"), ("submission", String(another.id))], cookie)
    #expect(through.status == 404)
  }

  /// Every act in the table has a form that shows, in both languages.
  @Test(arguments: CaseAction.allCases) func everyActHasItsForm(_ action: CaseAction) async throws {
    let premises = try TestPremises()
    let cookie = try premises.cookie("lead", RoleScope(.lead))
    let item = try first(premises)
    for language in ["zh", "en"] {
      let page = await premises.get("/cases/\(item.id)/acts/\(action.code)?language=\(language)", cookie)
      #expect(page.status == 200, "\(action.code)")
      #expect(page.text.contains("action=\"/cases/\(item.id)/acts/\(action.code)\""))
    }
  }

  @Test func newsTellOfWhatOthersDid() async throws {
    let premises = try TestPremises()
    let one = try premises.cookie("one", RoleScope(.moderator))
    let two = try premises.cookie("two", RoleScope(.moderator))
    let item = try first(premises)
    _ = await premises.post("/cases/\(item.id)/acts/claim", [("seen", "0")], one)
    let news = await premises.get("/queue/news?ids=\(item.id),999999", two)
    #expect(news.text.contains("\"holder\":\"one\""))
    #expect(!news.text.contains("999999"))
    let own = await premises.get("/queue/news?ids=\(item.id)", one)
    #expect(!own.text.contains("\"holder\""))
    let sensitive = try first(premises, .sensitive)
    #expect(await premises.get("/queue/news?ids=\(sensitive.id)", two).text.contains("\(sensitive.id)") == false)
  }
}
