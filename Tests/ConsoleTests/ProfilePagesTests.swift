import Casework
import Console
import Foundation
import Store
import TestSupport
import Testing

/// A form profile made from a sample in the browser.
@Suite struct ProfilePagesTests {
  private static let sample = """
    {"exported": "2025-06-02", "items": [
    {"nr": "S-1", "said": "桃花源路的路灯不亮三个晚上了，请来看看", "when": "2025/6/1 9:05:00", "who": "欧阳小明", "tel": "13912340001", "kind": "路灯"},
    {"nr": "S-2", "said": "希望在滨湖公园门口加一个斑马线，联系我 13912340002", "when": "2025/6/2 10:00:00", "who": "周敏", "tel": "0736-7123456", "kind": "交通"}
    ]}
    """
  private static let yaml = """
    profile: street-form
    title: "街道表单"
    title_en: "Street form"
    format: json
    source: "street-form"
    records: ["items"]
    fields:
      id: "nr"
      body: "said"
      submitted_at: "when"
    channel: web-form
    zone: Asia/Shanghai
    dates: ["yyyy/M/d H:m:s"]
    required: [id, body]

    """

  private let folder: TemporaryFolder
  private let bench: IntakeBench
  private let admin: String

  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.copyItem(atPath: PackageRoot.path + "/rules", toPath: folder.path("rules"))
    bench = try IntakeBench(rules: folder.path("rules"))
    admin = try bench.premises.cookie("admin", RoleScope(.administrator))
  }

  private func sent(_ text: String = sample, by cookie: String) async throws -> String {
    let reply = await bench.send("/intake/profiles/sample", [("sample", "样本.json", text)], by: cookie)
    try #require(reply.status == 303, "\(reply.text)")
    return try #require(reply.header("Location"))
  }

  @Test func theFieldsAreSeenAndNobodyIsNamed() async throws {
    let address = try await sent(by: admin)
    for language in ["zh", "en"] {
      let page = await bench.premises.get(address + "?language=\(language)", admin)
      #expect(page.status == 200)
      for path in ["nr", "said", "when", "who", "tel"] { #expect(page.text.contains("<code>\(path)</code>")) }
      for detail in ["欧阳小明", "周敏", "13912340001", "13912340002", "0736-7123456"] {
        #expect(!page.text.contains(detail), "\(detail)")
      }
      #expect(page.text.contains("桃花源路的路灯不亮") && page.text.contains("2025/6/1 9:05:00"))
      #expect(page.text.contains("yyyy/M/d H:m:s"))
    }
    #expect(await bench.premises.get(address, bench.reviewer).status == 404, "another's sample")
    let top = await bench.premises.get(address + "?place=", admin)
    #expect(top.status == 200 && top.text.contains("<code>exported</code>"))
  }

  @Test func whatIsChosenBecomesAProfileThatReads() async throws {
    let address = try await sent(by: bench.reviewer)
    let chosen = [
      ("place", "items"), ("name", "street-form"), ("title", "街道表单"), ("title_en", "Street form"),
      ("channel", "web-form"), ("dates", "yyyy/M/d H:m:s"), ("path-1", "nr"), ("field-1", "id"), ("path-2", "said"),
      ("field-2", "body"), ("path-4", "when"), ("field-4", "submitted_at"), ("path-5", "elsewhere"), ("field-5", "phone"),
    ]
    let draft = await bench.premises.post(address + "/draft", chosen, bench.reviewer)
    #expect(draft.status == 200 && draft.text.contains("读出 2 条，读不了 0 条"))
    #expect(draft.text.contains("profile: street-form") && !draft.text.contains("phone:"))
    #expect(!draft.text.contains("/save"), "not a reviewer's to save")
    let broken = await bench.premises.post(
      address + "/try", [("yaml", ProfilePagesTests.yaml.replacing("body: \"said\"", with: "text: \"said\""))], bench.reviewer)
    #expect(broken.status == 400 && broken.text.contains("没有标准字段 text"))
    let wrongDate = ProfilePagesTests.yaml.replacing("yyyy/M/d H:m:s", with: "yyyy-MM-dd")
    let unread = await bench.premises.post(address + "/try", [("yaml", wrongDate)], bench.reviewer)
    #expect(unread.status == 200 && unread.text.contains("读出 0 条，读不了 2 条") && unread.text.contains("字段读不懂"))
    let file = await bench.premises.post(address + "/download", [("yaml", ProfilePagesTests.yaml)], bench.reviewer)
    #expect(file.header("Content-Disposition") == "attachment; filename=\"street-form.yaml\"")
    #expect(file.text == ProfilePagesTests.yaml)
  }

  @Test func anAdministratorPutsItIntoUse() async throws {
    let theirs = try await sent(by: bench.reviewer)
    #expect(await bench.premises.post(theirs + "/save", [("yaml", ProfilePagesTests.yaml)], bench.reviewer).status == 403)
    let address = try await sent(by: admin)
    let unknown = await bench.upload([("items.json", ProfilePagesTests.sample)])
    #expect(try await bench.ended(unknown).text.contains("认不出"))
    for name in ["../evil", "a/b", "Big", "-a", ""] {
      let bad = ProfilePagesTests.yaml.replacing("profile: street-form", with: "profile: \"\(name)\"")
      #expect(await bench.premises.post(address + "/save", [("yaml", bad)], admin).status == 400, "\(name)")
    }
    let saved = await bench.premises.post(
      address + "/save", [("yaml", ProfilePagesTests.yaml.replacing("\n", with: "\r\n"))], admin)
    #expect(saved.status == 303)
    let path = folder.path("rules/profiles/street-form.yaml")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == ProfilePagesTests.yaml)
    #expect(await bench.premises.post(address + "/save", [("yaml", ProfilePagesTests.yaml)], admin).status == 409)
    #expect((await bench.premises.get("/intake/profiles", bench.reviewer)).text.contains("街道表单"))
    let address2 = try #require(unknown.header("Location"))
    let taken = try await bench.ended(await bench.premises.post(address2 + "/again", [], bench.reviewer))
    #expect(taken.text.contains("新 2") && taken.text.contains("street-form"))
    #expect(try bench.premises.store.verify().faults == [])
  }

  @Test func whatIsNoSampleIsSaid() async throws {
    for text in ["a;b\n1;2\n", "", "民意征集本 v1\n"] {
      let reply = await bench.send("/intake/profiles/sample", [("sample", "x.csv", text)], by: admin)
      #expect(reply.status == 400)
    }
    #expect(await bench.premises.get("/intake/profiles/samples/99", admin).status == 404)
  }
}
