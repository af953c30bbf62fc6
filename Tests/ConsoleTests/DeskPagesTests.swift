import Casework
import Console
import Store
import Suggestions
import Testing

/// A unit's desk: whose cases it shows, and a department's whole work through its forms.
@Suite struct DeskPagesTests {
  static let other = CaseHandler(unit: "water-resources")

  private func link(_ id: Int) -> String { "href=\"/cases/\(id)\"" }

  private func clerk(_ premises: TestPremises, _ tracks: Set<Track> = [.ordinary]) throws -> String {
    let name = tracks.contains(.sensitive) ? "trusted" : "clerk"
    return try premises.cookie(name, RoleScope(.department, tracks: tracks, handler: TestCase.unit))
  }

  @Test func anotherUnitsCaseIsNotOnIt() async throws {
    let premises = try TestPremises()
    let own = try TestCase(premises)
    let foreign = try TestCase(premises, but: own.id)
    try own.order()
    try foreign.act(.dispatch) { $0.handler = Self.other }
    let clerk = try clerk(premises)
    for address in ["/desk", "/desk?tab=unsigned", "/desk/print", "/desk?tab=open&unit=housing"] {
      for language in ["zh", "en"] {
        let page = await premises.get(address + (address.contains("?") ? "&" : "?") + "language=\(language)", clerk)
        #expect(page.status == 200, "\(address)")
        #expect(page.text.contains(address.contains("print") ? "<td>\(own.id)</td>" : link(own.id)), "\(address)")
        #expect(!page.text.contains(link(foreign.id)) && !page.text.contains("<td>\(foreign.id)</td>"), "\(address)")
      }
    }
    // Nor under another unit's name, which is not the clerk's.
    #expect(await premises.get("/desk?unit=water-resources", clerk).status == 404)
    #expect(await premises.get("/desk/print?unit=water-resources", clerk).status == 404)
    #expect(await premises.post("/desk/sign", [("unit", "water-resources"), ("id", String(foreign.id))], clerk).status == 404)
    #expect(await premises.get("/desk?tab=approve", clerk).status == 404)
    #expect(await premises.get("/desk?tab=nonsense", clerk).status == 404)
    let elsewhere = try premises.cookie("water", RoleScope(.department, handler: Self.other))
    let page = await premises.get("/desk", elsewhere)
    #expect(page.text.contains(link(foreign.id)) && !page.text.contains(link(own.id)))
  }

  @Test func theSensitiveTrackIsForThoseWhoHaveIt() async throws {
    let premises = try TestPremises()
    let test = try TestCase(premises)
    try test.order()
    try test.act(.divert) { $0.reason = "涉及个人安全" }
    let (clerk, trusted) = (try clerk(premises), try clerk(premises, [.ordinary, .sensitive]))
    for tab in ["open", "unsigned"] {
      #expect(!(await premises.get("/desk?tab=\(tab)", clerk)).text.contains(link(test.id)), "\(tab)")
      #expect(await premises.get("/desk?tab=\(tab)", trusted).text.contains(link(test.id)), "\(tab)")
    }
    _ = await premises.post("/desk/sign", [("id", String(test.id))], clerk)
    #expect(try test.state() == .dispatched)
  }

  /// Regions narrow a capacity; what has no known place lies in none.
  @Test func regionsNarrowIt() async throws {
    let premises = try TestPremises()
    let test = try TestCase(premises)
    try test.order()
    let regions = try test.history().file().regions
    let far = try premises.cookie("far", RoleScope(.department, regions: ["430781"], handler: TestCase.unit))
    let isFar = !regions.contains("430781")
    #expect(await premises.get("/desk", far).text.contains(link(test.id)) == !isFar)
    guard let outermost = regions.last else { return }
    let near = try premises.cookie("near", RoleScope(.department, regions: [outermost], handler: TestCase.unit))
    #expect(await premises.get("/desk", near).text.contains(link(test.id)))
  }

  /// Ordered, signed for, mended, answered, approved by the head, told and closed: every act by its form.
  @Test func aDepartmentsJourney() async throws {
    let premises = try TestPremises()
    let test = try TestCase(premises)
    try test.order()
    let clerk = try clerk(premises)
    let head = try premises.cookie("head", RoleScope(.departmentHead, handler: TestCase.unit))
    let lead = try premises.cookie("lead", RoleScope(.lead))
    let unsigned = await premises.get("/desk?tab=unsigned", clerk)
    #expect(unsigned.text.contains("name=\"id\" value=\"\(test.id)\""))
    let signed = await premises.post(
      "/desk/sign", [("unit", "housing"), ("tab", "unsigned"), ("id", String(test.id)), ("seen-\(test.id)", "1")], clerk)
    #expect(signed.status == 200 && signed.text.contains("class=\"notice\""))
    #expect(try test.state() == .signed)
    #expect(!(await premises.get("/desk?tab=unsigned", clerk)).text.contains(link(test.id)))
    let open = await premises.get("/desk", clerk)
    #expect(open.text.contains("/cases/\(test.id)/acts/answer?next=") && open.text.contains("/cases/\(test.id)/acts/resolve?next="))

    func act(_ action: CaseAction, _ fields: [(String, String)], _ cookie: String) async throws {
      let seen = try test.history().events.count
      let reply = await premises.post(
        "/cases/\(test.id)/acts/\(action.code)", fields + [("seen", String(seen)), ("confirm", "1"), ("next", "/desk")], cookie)
      #expect(reply.status == 303 && reply.header("Location") == "/desk", "\(action.code): \(reply.status)")
    }
    try await act(.resolve, [("proof", "照片 12")], clerk)
    try await act(.answer, [("text", "经现场查看，井盖破损属实，6月21日已全部更换。"), ("outcome", "A")], clerk)
    #expect(try test.state() == .answered)
    #expect(!(await premises.get("/desk", clerk)).text.contains(link(test.id)))
    #expect(await premises.get("/desk?tab=done", clerk).text.contains(link(test.id)))
    let approvals = await premises.get("/desk?tab=approve", head)
    #expect(approvals.text.contains("/cases/\(test.id)/acts/approve?next="))
    try await act(.approve, [], head)
    #expect(!(await premises.get("/desk?tab=approve", head)).text.contains(link(test.id)))
    try await act(.tell, [("text", "已告知")], lead)
    try await act(.close, [], lead)
    #expect(try test.state() == .closed)
    #expect(await premises.get("/desk?tab=done", clerk).text.contains(link(test.id)))
    #expect(try test.actions() == [.dispatch, .sign, .resolve, .answer, .approve, .tell, .close])
  }

  /// Of several, those that cannot be signed for are named and the rest is done.
  @Test func severalAtOnceEachTold() async throws {
    let premises = try TestPremises()
    let one = try TestCase(premises)
    try one.order()
    let two = try TestCase(premises)
    try two.order()
    let foreign = try TestCase(premises)
    try foreign.act(.dispatch) { $0.handler = Self.other }
    let clerk = try clerk(premises)
    // Somebody noted something since the page was shown.
    try two.act(.note) { $0.text = "等等" }
    let reply = await premises.post(
      "/desk/sign",
      [("tab", "unsigned")] + [one, two, foreign].flatMap { [("id", String($0.id)), ("seen-\($0.id)", "1")] }, clerk)
    #expect(reply.status == 200)
    #expect(try one.state() == .signed && two.state() == .dispatched && foreign.state() == .dispatched)
    #expect(reply.text.contains("class=\"warning\"") && reply.text.contains("class=\"notice\""))
    #expect(!reply.text.contains(link(foreign.id)), "that there is such a case is no news of theirs")
    let nothing = await premises.post("/desk/sign", [("tab", "unsigned")], clerk)
    #expect(nothing.status == 200 && nothing.text.contains("没有选中"))
    let many = await premises.post("/desk/sign", (1...101).map { ("id", String($0)) }, clerk)
    #expect(many.status == 413)
  }

  @Test func whatIsLateIsMarked() async throws {
    let premises = try TestPremises()
    // An idea: of what is urgent a clock may have run since it was written.
    let test = try TestCase(premises, .idea)
    try test.order()
    let clerk = try clerk(premises)
    #expect(!(await premises.get("/desk?tab=overdue", clerk)).text.contains(link(test.id)))
    let due = try #require(try premises.store.desk(DeskFilter(handler: TestCase.unit), limit: 500).first { $0.id == test.id }?.nextDue)
    premises.clock.move(due - premises.clock.now - 3_600)
    let again = try self.clerk(premises)
    #expect(await premises.get("/desk?tab=soon", again).text.contains(link(test.id)))
    premises.clock.move(7_200)
    let late = try self.clerk(premises)
    let page = await premises.get("/desk?tab=overdue", late)
    #expect(page.text.contains(link(test.id)) && page.text.contains("class=\"chip hot\""))
    #expect(!(await premises.get("/desk?tab=soon", late)).text.contains(link(test.id)))
  }

  @Test func whoHelpsSeesItApart() async throws {
    let premises = try TestPremises()
    let test = try TestCase(premises)
    try test.act(.dispatch) {
      $0.handler = Self.other
      $0.coHandlers = [TestCase.unit]
    }
    let clerk = try clerk(premises)
    let helping = await premises.get("/desk?tab=helping", clerk)
    #expect(helping.text.contains("/cases/\(test.id)/acts/assist?next="))
    #expect(!(await premises.get("/desk", clerk)).text.contains(link(test.id)))
  }
}
