import Casework
import Console
import Foundation
import Store
import TestSupport
import Testing

/// Files sent from a page, from the form to the report.
@Suite struct IntakePagesTests {
  private static let broken = "{\"id\":\"UP-2\",\"text\":\"雨棚漏水MARKBROKEN，电话13912340001\",\"time\":}\n"

  @Test func filesAreTakenInAndToldOfOneByOne() async throws {
    let bench = try IntakeBench()
    let before = try bench.premises.store.sourceTallies()
    let page = try await bench.ended(
      await bench.upload([
        ("<b>甲.jsonl", IntakeBench.message("UP-1", "沅安路东口的路灯坏了三天没人修") + IntakePagesTests.broken),
        ("dir/<b>甲.jsonl", IntakeBench.message("UP-3", "公园的长椅断了一条腿，坐上去要摔跤")),
      ]))
    #expect(page.status == 200)
    #expect(page.text.contains("读入 3 = 新 2 + 更正 0 + 未变 0 + 隔离 1"))
    #expect(page.text.contains("&lt;b&gt;甲.jsonl") && page.text.contains("甲.jsonl (2)") && !page.text.contains("<b>甲"))
    #expect(page.text.contains("语法错误") && page.text.contains("2:"))
    #expect(!page.text.contains("MARKBROKEN"))
    let tallies = try bench.premises.store.sourceTallies()
    #expect(tallies.reduce(0) { $0 + $1.submissions } == before.reduce(0) { $0 + $1.submissions } + 2)
    // The history names who sent it, and no folder of ours.
    let run = try #require(try bench.premises.store.runs(limit: 1).first)
    #expect(run.command == "upload" && run.files.map(\.name) == ["<b>甲.jsonl", "<b>甲.jsonl (2)"])
    let again = try await bench.ended(
      await bench.upload([("again.jsonl", IntakeBench.message("UP-1", "沅安路东口的路灯坏了三天没人修"))]))
    #expect(again.text.contains("读入 1 = 新 0 + 更正 0 + 未变 1 + 隔离 0"))
    for language in ["zh", "en"] {
      let first = await bench.premises.get("/intake?language=\(language)", bench.reviewer)
      #expect(first.status == 200 && first.text.contains("work-group"))
    }
    #expect(try bench.premises.store.verify().faults == [])
  }

  @Test func aDryRunKeepsNothing() async throws {
    let bench = try IntakeBench()
    let before = try bench.premises.store.sourceTallies()
    let page = try await bench.ended(
      await bench.upload(
        [("x.jsonl", IntakeBench.message("UP-9", "体育馆门口的台阶松了") + IntakePagesTests.broken)], [("dry", "1")]))
    #expect(page.text.contains("读入 2 = 新 1 + 更正 0 + 未变 0 + 隔离 1") && page.text.contains("没有入库"))
    #expect(page.text.contains("语法错误"), "a dry run says where too")
    #expect(try bench.premises.store.sourceTallies() == before)
  }

  /// What nobody knows is explained, and stays until somebody says which form it is or gives it up.
  @Test func anUnknownFormLosesNothing() async throws {
    let bench = try IntakeBench()
    let sent = await bench.upload([("x.json", "{\"foo\": 1}")])
    let refused = try await bench.ended(sent)
    #expect(refused.text.contains("认不出这个文件的表单：x.json") && refused.text.contains("最接近的是"))
    let address = try #require(sent.header("Location"))
    let stranger = try bench.premises.cookie("hejie", RoleScope(.stationKeeper, handler: CaseHandler(unit: "hejie", isStation: true)))
    #expect(await bench.premises.get(address, stranger).status == 404)
    #expect(await bench.premises.post(address + "/again", [("form", "work-group")], stranger).status == 404)
    let done = try await bench.ended(await bench.premises.post(address + "/again", [("form", "work-group")], bench.reviewer))
    #expect(done.text.contains("读入 1 = 新 0 + 更正 0 + 未变 0 + 隔离 1"))
    #expect(await bench.premises.post(address + "/again", [], bench.reviewer).status == 409, "it is taken in")
    let second = await bench.upload([("y.json", "{\"foo\": 2}")])
    _ = try await bench.ended(second)
    let place = try #require(second.header("Location"))
    #expect(await bench.premises.post(place + "/forget", [], bench.reviewer).status == 303)
    #expect(await bench.premises.post(place + "/again", [], bench.reviewer).status == 409)
    #expect(await bench.premises.get("/intake/runs/999", bench.reviewer).status == 404)
    #expect(await bench.premises.get("/intake/runs/x", bench.reviewer).status == 404)
  }

  @Test func aFormThatIsNotWholeTakesNothingIn() async throws {
    let bench = try IntakeBench()
    #expect(await bench.upload([]).status == 400)
    #expect(await bench.upload([("", "")]).status == 400)
    #expect(await bench.upload([("a.jsonl", "x")], [("form", "no such form")]).status == 400)
    let long = await bench.upload([("a.jsonl", "x")], [("source", String(repeating: "长", count: 65))])
    #expect(long.status == 400 && long.text.contains(String(repeating: "长", count: 65)), "what was typed stays")
    var request = VisitRequest(
      .post, "/intake/upload", headers: ["cookie": bench.reviewer, "sec-fetch-site": "same-origin"])
    request.take(
      Array("--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.jsonl\"\r\n\r\n{\"id\"".utf8),
      type: "multipart/form-data; boundary=b")
    let torn = await bench.premises.reception.answer(request)
    #expect(torn.status == 400 && torn.text.contains("没有传完"))
    #expect(bench.premises.premises.services.intake.jobs().isEmpty)
  }

  /// Megabytes are not read from somebody who may not send them.
  @Test func strangersAreTurnedAwayBeforeTheirFile() async throws {
    let bench = try IntakeBench()
    func turnedAway(_ cookie: String?, _ headers: [String: String] = ["sec-fetch-site": "same-origin"]) async -> Int? {
      var headers = headers
      if let cookie { headers["cookie"] = cookie }
      return await bench.premises.reception.turnedAway(VisitRequest(.post, "/intake/upload", headers: headers))?.status
    }
    #expect(await turnedAway(nil) == 401)
    #expect(await turnedAway("session=" + String(repeating: "A", count: 43)) == 401)
    #expect(await turnedAway(try bench.keeper("anfu")) == 403)
    #expect(await turnedAway(bench.reviewer, ["sec-fetch-site": "cross-site"]) == 403)
    #expect(await turnedAway(bench.reviewer) == nil)
    #expect(await bench.premises.reception.turnedAway(VisitRequest(.post, "/sign-in")) == nil)
  }

  @Test func namesAreMadeHarmless() {
    func names(_ names: String...) -> [String] {
      UploadNames.names(of: names.map { UploadedFile(field: "f", name: $0, bytes: []) })
    }
    #expect(names("C:\\a\\b.xml", "/etc/passwd", "..", "", "a\r\nb\u{202E}lmx.exe", "b.xml", "file") == [
      "b.xml", "passwd", "file", "file (2)", "ablmx.exe", "b.xml (2)", "file (3)",
    ])
    #expect(names(String(repeating: "长", count: 500))[0].count == 120)
  }
}
