import Casework
import Console
import Store
import Suggestions
import Testing

/// The register of reporters: who reads it, who keeps it.
@Suite struct ReporterPagesTests {
  private func keeper(_ premises: TestPremises) throws -> String { try premises.cookie("lead", RoleScope(.lead)) }

  private func one(_ premises: TestPremises, _ badge: String) throws -> Reporter {
    try #require(try premises.store.reporter(badge: badge))
  }

  @Test func addedCorrectedRetiredAndTakenBack() async throws {
    let premises = try TestPremises()
    let lead = try keeper(premises)
    let added = await premises.post(
      "/reporters", [("badge", "ｃ-9901"), ("name", "李<阳>"), ("area", "430702")], lead)
    #expect(added.status == 303)
    let id = try one(premises, "C-9901").id
    for language in ["zh", "en"] {
      let page = await premises.get("/reporters?language=\(language)", lead)
      #expect(page.status == 200 && page.text.contains("C-9901") && page.text.contains("李&lt;阳&gt;"))
      #expect(await premises.get("/reporters/\(id)?language=\(language)", lead).status == 200)
    }
    let changed = await premises.post("/reporters/\(id)", [("name", "李阳"), ("area", "430703")], lead)
    #expect(changed.status == 303)
    #expect(try one(premises, "C-9901").name == "李阳" && one(premises, "C-9901").area == "430703")
    #expect(await premises.post("/reporters/\(id)/retire", [], lead).status == 303)
    #expect(try one(premises, "C-9901").retiredAt != nil)
    #expect(await premises.post("/reporters/\(id)/retire", [], lead).status == 409)
    #expect(await premises.post("/reporters/\(id)/reinstate", [], lead).status == 303)
    #expect(await premises.post("/reporters/\(id)/retire", [("forget", "1")], lead).status == 303)
    #expect(try one(premises, "C-9901").name == nil)
    let refused = await premises.post("/reporters/\(id)/reinstate", [], lead)
    #expect(refused.status == 409 && refused.text.contains("role=\"alert\""))
  }

  @Test func aRefusedFormKeepsWhatWasTyped() async throws {
    let premises = try TestPremises()
    let lead = try keeper(premises)
    let cases: [([(String, String)], Int)] = [
      ([("badge", "!!!"), ("name", "赵六"), ("area", "430702")], 400),
      ([("badge", "C-77"), ("name", "赵六"), ("area", "nowhere")], 400),
      ([("badge", "C-77"), ("name", "赵六")], 400),
    ]
    for (fields, status) in cases {
      let reply = await premises.post("/reporters", fields, lead)
      #expect(reply.status == status && reply.text.contains("value=\"赵六\""), "\(fields)")
      #expect(reply.text.contains("role=\"alert\""))
    }
    #expect(await premises.post("/reporters", [("badge", "C-77"), ("name", "赵六"), ("area", "430702")], lead).status == 303)
    let taken = await premises.post("/reporters", [("badge", "c-77"), ("name", "钱七"), ("area", "430702")], lead)
    #expect(taken.status == 409 && taken.text.contains("value=\"钱七\""))
    #expect(try one(premises, "C-77").name == "赵六")
  }

  @Test func aSupervisorReadsItAndOthersDoNot() async throws {
    let premises = try TestPremises()
    let lead = try keeper(premises)
    _ = await premises.post("/reporters", [("badge", "C-88"), ("name", "孙八"), ("area", "430702")], lead)
    let id = try one(premises, "C-88").id
    let supervisor = try premises.cookie("supervisor", RoleScope(.supervisor))
    let page = await premises.get("/reporters", supervisor)
    #expect(page.status == 200 && page.text.contains("C-88"))
    #expect(!page.text.contains("action=\"/reporters\" class=\"stack\"") && !page.text.contains("/reporters/\(id)"))
    #expect(await premises.post("/reporters/\(id)/retire", [], supervisor).status == 403)
    for role in [CaseRole.moderator, .department, .stationKeeper, .publisher, .reporter] {
      let handler = role == .department ? TestCase.unit : role == .stationKeeper ? CaseHandler(unit: "anfu", isStation: true) : nil
      let cookie = try premises.cookie("as-\(role.code)", RoleScope(role, handler: handler))
      #expect(await premises.get("/reporters", cookie).status == 403, "\(role)")
    }
    // A district's lead keeps the district's.
    let far = try premises.cookie("far", RoleScope(.lead, regions: ["430781"]))
    #expect(!(await premises.get("/reporters", far)).text.contains("C-88"))
    #expect(await premises.get("/reporters/\(id)", far).status == 404)
    #expect(await premises.post("/reporters/\(id)/retire", [], far).status == 404)
    let added = await premises.post("/reporters", [("badge", "C-89"), ("name", "周九"), ("area", "430702")], far)
    #expect(added.status == 400)
    #expect(try one(premises, "C-88").retiredAt == nil)
    // Nowhere without signing in.
    #expect(await premises.get("/reporters").status == 303)
  }

  @Test func contributionsAreCountedOverAStretch() async throws {
    let premises = try TestPremises()
    let lead = try keeper(premises)
    #expect(await premises.get("/reporters?since=2025-01-01&before=2026-01-01", lead).status == 200)
    #expect(await premises.get("/reporters?since=yesterday", lead).status == 400)
  }
}
