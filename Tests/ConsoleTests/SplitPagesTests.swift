import Casework
import Console
import Foundation
import Store
import Suggestions
import TestSupport
import Testing

/// 拆分 on the pages: the form, who may, the way back, and what the writer sees.
@Suite struct SplitPagesTests {
  private static let lamp = "紫荆巷口的路灯不亮，晚上看不清台阶"
  private static let cover = "紫荆菜场门口的井盖也松了，车一过就响"

  private func scene() throws -> (TestPremises, TestCase) {
    let premises = try TestPremises(settings: .patient())
    let text = Self.lamp + "；" + Self.cover
    try premises.ingest(
      [
        #"{"id":"SP-1","text":"\#(text)","time":"2025-06-01T10:00:00+08:00","sender":"甲","district":"鼎城区","place":"紫荆巷"}"#
      ], named: "split.jsonl", profile: "work-group")
    let number = Int(try premises.store.tail().submission)
    let receipt = try #require(try premises.store.submission(id: String(number))?.receipt)
    return (premises, TestCase(premises, id: number, receipt: receipt))
  }

  private func detail(_ test: TestCase, _ id: Int) throws -> SuggestionDetail {
    try #require(try test.premises.store.suggestion(id: String(id), names: test.premises.premises.services.codeNames))
  }

  @Test func splitFromTheQueueAndUndone() async throws {
    let (premises, test) = try scene()
    let cookie = try premises.cookie("reviewer", RoleScope(.moderator))
    let queue = await premises.get("/queue?item=\(test.id)", cookie)
    #expect(queue.text.contains("/cases/\(test.id)/acts/split") && queue.text.contains("<kbd>y</kbd>"))
    let form = await premises.get("/cases/\(test.id)/acts/split", cookie)
    #expect(form.status == 200)
    for number in 1...3 { #expect(form.text.contains("<label for=\"split-parts-\(number)\">")) }
    #expect(form.text.components(separatedBy: "name=\"parts\"").count == 4)
    let next = "/queue?after=\(test.id)&done=\(test.id)"
    let done = await premises.post(
      "/cases/\(test.id)/acts/split",
      [("parts", " \(Self.cover)\n"), ("parts", ""), ("parts", ""), ("reason", "两件事"), ("seen", "0"), ("next", next)], cookie)
    #expect(done.status == 303 && done.header("Location") == next)
    let part = test.id + 1
    #expect(try detail(test, part).splitFrom == test.id && detail(test, test.id).parts.map(\.id) == [part])
    let after = await premises.get(next, cookie)
    #expect(after.text.contains("id=\"undo\"") && after.text.contains("拆分"))
    let whole = await premises.get("/cases/\(test.id)", cookie)
    #expect(whole.text.contains("已拆出") && whole.text.contains("href=\"/cases/\(part)\""))
    let own = await premises.get("/cases/\(part)?language=en", cookie)
    #expect(own.text.contains("Split out of") && own.text.contains("href=\"/cases/\(test.id)\""))
    let undone = await premises.post("/cases/\(test.id)/acts/undo", [("undoes", "1"), ("seen", "1")], cookie)
    #expect(undone.status == 303)
    #expect(try detail(test, test.id).merged.map(\.id) == [part])
    #expect(try premises.store.verify(under: test.rules).faults == [])
  }

  @Test func whatWasTypedStaysAndIsExplained() async throws {
    let (premises, test) = try scene()
    let cookie = try premises.cookie("reviewer", RoleScope(.moderator))
    let address = "/cases/\(test.id)/acts/split"
    let wrong = await premises.post(address, [("parts", "井盖<没松>"), ("parts", "第二段"), ("reason", "两件"), ("seen", "0")], cookie)
    #expect(wrong.status == 422 && wrong.text.contains("role=\"alert\""))
    #expect(wrong.text.contains("井盖&lt;没松&gt;") && wrong.text.contains(">第二段</textarea>"))
    let silent = await premises.post(address, [("parts", Self.cover), ("reason", " "), ("seen", "0")], cookie)
    #expect(silent.status == 422)
    let empty = await premises.post(address, [("parts", ""), ("reason", "x"), ("seen", "0")], cookie)
    #expect(empty.status == 422)
    let other = try premises.cookie("other", RoleScope(.moderator))
    _ = await premises.post("/cases/\(test.id)/acts/note", [("text", "等等"), ("seen", "0")], other)
    let late = await premises.post(address, [("parts", Self.cover), ("reason", "x"), ("seen", "0")], cookie)
    #expect(late.status == 409 && late.text.contains("other"))
    #expect(try detail(test, test.id).parts.isEmpty)
    let lock = try IntakeLock(store: premises.store)
    let busy = await premises.post(address, [("parts", Self.cover), ("reason", "x"), ("seen", "1")], cookie)
    withExtendedLifetime(lock) {}
    #expect(busy.status == 409)
  }

  @Test func programsGetTheNumbers() async throws {
    let (premises, test) = try scene()
    let cookie = try premises.cookie("reviewer", RoleScope(.moderator))
    let reply = await premises.post(
      "/cases/\(test.id)/acts/split", [("parts", Self.cover), ("reason", "两件事"), ("seen", "0")], cookie,
      headers: ["sec-fetch-site": "same-origin", "accept": "application/json"])
    let json = try JSONValue(Data(reply.body))
    #expect(reply.status == 200 && json["parts"].list.map(\.int) == [test.id + 1])
    #expect(json["undoable"].isTrue && json["version"].int == 1 && json["state"].text == "pending")
  }

  @Test func onlyThePlatformSplits() async throws {
    let (premises, test) = try scene()
    let fields = [("parts", Self.cover), ("reason", "x"), ("seen", "0")]
    let address = "/cases/\(test.id)/acts/split"
    for (name, scope) in [
      ("department", RoleScope(.department, handler: TestCase.unit)), ("supervisor", RoleScope(.supervisor)),
      ("publisher", RoleScope(.publisher)),
    ] {
      let reply = await premises.post(address, fields, try premises.cookie(name, scope))
      #expect([403, 404, 422].contains(reply.status), "\(name) \(reply.status)")
    }
    let nobody = await premises.post(address, fields)
    #expect(nobody.status != 200)
    #expect(try detail(test, test.id).parts.isEmpty)
    try test.order()
    let late = await premises.post(address, fields.dropLast(), try premises.cookie("reviewer", RoleScope(.moderator)))
    #expect([403, 422].contains(late.status))
    #expect(try detail(test, test.id).parts.isEmpty)
  }

  @Test func theSlipTellsOfBoth() async throws {
    let (premises, test) = try scene()
    let cookie = try premises.cookie("reviewer", RoleScope(.moderator))
    _ = await premises.post(
      "/cases/\(test.id)/acts/split", [("parts", Self.cover), ("reason", "内部理由"), ("seen", "0")], cookie)
    let part = try #require(try premises.store.submission(id: String(test.id + 1))?.receipt)
    let early = await premises.post("/status", [("code", test.receipt)])
    #expect(!early.text.contains(part))
    premises.clock.move(86_400)
    let other = TestCase(premises, id: test.id + 1, receipt: part)
    try other.order()
    premises.clock.move(86_400)
    let page = await premises.post("/status", [("code", test.receipt)])
    #expect(page.status == 200 && page.text.contains(part) && page.text.contains("分开办理"))
    #expect(page.text.contains("已转交责任单位"))
    for inner in ["内部理由", "井盖", "reviewer", "三日内办结"] { #expect(!page.text.contains(inner), "\(inner)") }
    let english = await premises.post("/status?language=en", [("code", test.receipt)])
    #expect(english.text.contains("Taken up apart"))
  }
}
