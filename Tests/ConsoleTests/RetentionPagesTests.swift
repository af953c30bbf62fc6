import Casework
import Console
import Store
import Suggestions
import Testing

/// 保存期限 through its pages: what is due, the confirmation, and what is gone afterwards.
@Suite struct RetentionPagesTests {
  private static let years: Int64 = 4 * 365 * 86_400

  /// A case that was rejected four years ago, and who looks after the console today.
  private func scene() async throws -> (premises: TestPremises, admin: String, id: Int) {
    let premises = try TestPremises()
    let names = premises.premises.services.codeNames
    let item = try #require(try premises.store.queue(limit: 1, track: .ordinary, names: names).first)
    let lead = try premises.cookie("lead", RoleScope(.lead))
    let rejected = await premises.post(
      "/cases/\(item.id)/acts/reject",
      [("rejection", "advertisement"), ("reason", "核对"), ("seen", "0")], lead)
    #expect(rejected.status == 303)
    premises.clock.move(RetentionPagesTests.years)
    return (premises, try premises.cookie("admin", RoleScope(.administrator)), item.id)
  }

  @Test func theRuleAndWhatIsDueAreShown() async throws {
    let (premises, admin, _) = try await scene()
    let page = await premises.get("/administration/retention", admin)
    #expect(page.text.contains("retention.yaml") && page.text.contains("1095 天") && page.text.contains("敏感通道的"))
    #expect(page.text.contains("href=\"/administration/retention/apply\""))
    let confirmation = await premises.get("/administration/retention/apply", admin)
    #expect(confirmation.text.contains("name=\"reason\"") && confirmation.text.contains("无法恢复"))
  }

  @Test func itIsDoneOnceWithAReason() async throws {
    let (premises, admin, id) = try await scene()
    let lead = try premises.cookie("lead", RoleScope(.lead))
    let address = "/administration/retention"
    let bare = await premises.post(address, [("reason", "  ")], admin)
    #expect(bare.status == 400 && bare.text.contains("role=\"alert\""))
    #expect(try premises.store.retentionNotes(limit: 9).isEmpty)
    #expect(await premises.post("/cases/\(id)/original", [("reason", "核对")], lead).status == 200)

    let done = await premises.post(address, [("reason", "期限已过")], admin)
    #expect(done.status == 303 && done.header("Location") == address + "?notice=emptied")
    let note = try #require(try premises.store.retentionNotes(limit: 9).first)
    #expect(note.actor == "admin" && (note.gone[.originals] ?? 0) > 0)
    let page = await premises.get(address, admin)
    #expect(page.text.contains("/administration/history?action=retention&amp;before=\(note.event + 1)"))
    #expect(await premises.get("/administration/history?action=retention", admin).text.contains("按保存期限清空"))
    let gone = await premises.post("/cases/\(id)/original", [("reason", "核对")], lead)
    #expect(gone.status == 410 && gone.text.contains("保存期限已过"))
    #expect(await premises.get("/cases/\(id)", lead).status == 200, "the text stays")

    let again = await premises.post(address, [("reason", "期限已过")], admin)
    #expect(again.header("Location") == address + "?notice=nothing-due")
    #expect(try premises.store.retentionNotes(limit: 9).count == 1)
    #expect(try premises.store.verify().faults == [])
  }

  @Test func nobodyElseComesIn() async throws {
    let (premises, _, _) = try await scene()
    for (name, scope) in [("lead", RoleScope(.lead)), ("supervisor", RoleScope(.supervisor))] {
      let cookie = try premises.cookie(name, scope)
      #expect(await premises.get("/administration/retention", cookie).status == 403)
      #expect(await premises.get("/administration/retention/apply", cookie).status == 403)
      #expect(await premises.post("/administration/retention", [("reason", "试试")], cookie).status == 403)
    }
    #expect(try premises.store.retentionNotes(limit: 9).isEmpty)
  }
}
