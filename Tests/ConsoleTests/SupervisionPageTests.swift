import Casework
import Console
import Store
import Suggestions
import Testing

/// What is late over all units, and who is urged about it.
@Suite struct SupervisionPageTests {
  private func link(_ id: Int) -> String { "href=\"/cases/\(id)\"" }

  private func late(_ premises: TestPremises) throws -> (TestCase, TestCase) {
    let one = try TestCase(premises)
    try one.order()
    let two = try TestCase(premises)
    try two.act(.dispatch) { $0.handler = DeskPagesTests.other }
    premises.clock.move(30 * 86_400)
    return (one, two)
  }

  private func supervisor(_ premises: TestPremises, _ tracks: Set<Track> = [.ordinary]) throws -> String {
    try premises.cookie("supervisor-\(tracks.count)", RoleScope(.supervisor, tracks: tracks))
  }

  @Test func allUnitsAndEachOfThem() async throws {
    let premises = try TestPremises()
    let (one, two) = try late(premises)
    let supervisor = try supervisor(premises)
    for tab in ["far", "overdue", "open"] {
      for language in ["zh", "en"] {
        let page = await premises.get("/supervision?tab=\(tab)&language=\(language)", supervisor)
        #expect(page.status == 200)
        #expect(page.text.contains(link(one.id)) && page.text.contains(link(two.id)), "\(tab)")
      }
    }
    let soon = await premises.get("/supervision?tab=soon", supervisor)
    #expect(!soon.text.contains(link(one.id)))
    let unit = await premises.get("/supervision?tab=far&unit=housing", supervisor)
    #expect(unit.text.contains(link(one.id)) && !unit.text.contains(link(two.id)))
    #expect(await premises.get("/supervision?unit=nobody", supervisor).status == 404)
    #expect(await premises.get("/supervision?tab=nonsense", supervisor).status == 404)
    #expect(unit.text.contains("/cases/\(one.id)/acts/supervise?next="))
    try one.act(.supervise) { $0.reason = "久拖" }
    let supervised = await premises.get("/supervision?tab=supervised", supervisor)
    #expect(supervised.text.contains("/cases/\(one.id)/acts/end-supervision?next=") && !supervised.text.contains(link(two.id)))
  }

  @Test func theSensitiveTrackAndOtherRegionsAreLeftOut() async throws {
    let premises = try TestPremises()
    let (one, two) = try late(premises)
    try one.act(.divert) { $0.reason = "涉及个人安全" }
    let plain = await premises.get("/supervision?tab=far", try supervisor(premises))
    #expect(!plain.text.contains(link(one.id)) && plain.text.contains(link(two.id)))
    let both = await premises.get("/supervision?tab=far", try supervisor(premises, [.ordinary, .sensitive]))
    #expect(both.text.contains(link(one.id)) && both.text.contains(link(two.id)))
    let regions = try two.history().file().regions
    let far = try premises.cookie("far", RoleScope(.lead, regions: ["430781"]))
    #expect(await premises.get("/supervision?tab=far", far).text.contains(link(two.id)) == regions.contains("430781"))
    let reply = await premises.post(
      "/supervision/urge", [("id", String(one.id)), ("tab", "far")], try supervisor(premises))
    #expect(reply.status == 200)
    #expect(try one.history().file().urgings == 0, "nobody urges what they may not see")
  }

  @Test func severalAreUrgedWithTheSameWords() async throws {
    let premises = try TestPremises()
    let (one, two) = try late(premises)
    let supervisor = try supervisor(premises)
    // Told and closed meanwhile: it is named, the other is urged.
    try two.act(.recall) { $0.reason = "派错" }
    let fields = [one, two].flatMap { [("id", String($0.id)), ("seen-\($0.id)", "1")] }
    let reply = await premises.post(
      "/supervision/urge", [("tab", "far"), ("text", "请三日内办结并答复来件人。"), ("confirm", "1")] + fields, supervisor)
    #expect(reply.status == 200 && reply.text.contains("class=\"notice\"") && reply.text.contains("class=\"warning\""))
    let urged = try #require(try one.history().events.last)
    #expect(urged.action == .urge && urged.actor == "supervisor-1" && urged.details.text?.contains("三日内办结") == true)
    #expect(try two.history().file().urgings == 0)
    let bare = await premises.post("/supervision/urge", [("tab", "far"), ("id", String(one.id))], supervisor)
    #expect(bare.status == 200)
    #expect(try one.history().file().urgings == 2)
    // What was on the screen is what is urged: sent twice it is told, not done.
    let twice = await premises.post("/supervision/urge", [("tab", "far")] + fields, supervisor)
    #expect(twice.status == 200)
    #expect(try one.history().file().urgings == 2)
  }

  @Test func aClerkIsNoSupervisor() async throws {
    let premises = try TestPremises()
    let (one, _) = try late(premises)
    let clerk = try premises.cookie("clerk", RoleScope(.department, handler: TestCase.unit))
    #expect(await premises.get("/supervision", clerk).status == 403)
    #expect(await premises.post("/supervision/urge", [("id", String(one.id))], clerk).status == 403)
  }
}
