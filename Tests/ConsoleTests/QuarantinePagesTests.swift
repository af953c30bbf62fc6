import Casework
import Console
import Foundation
import Store
import TestSupport
import Testing

/// What could not be taken in, on the pages: looked at with a reason, mended, given up.
@Suite struct QuarantinePagesTests {
  private static let broken = "{\"id\":\"QU-2\",\"text\":\"雨棚漏水\u{202E}甲，<i>请修\",\"time\":}"

  private func bench() async throws -> (IntakeBench, QuarantineItem) {
    let bench = try IntakeBench()
    _ = try await bench.ended(
      await bench.upload([("坏的.jsonl", QuarantinePagesTests.broken + "\n" + IntakeBench.message("QU-3", "停车区太窄", at: "昨天"))]))
    let items = try bench.premises.store.quarantine(QuarantineFilter(file: "坏的.jsonl"), limit: 9).items
    try #require(items.count == 2)
    return (bench, items[1])
  }

  private func lastEvents(_ bench: IntakeBench) throws -> [String] {
    try bench.premises.store.read { session throws(StoreFault) in
      try session.all("SELECT action || ' ' || actor || ' ' || payload FROM event ORDER BY seq DESC LIMIT 3") { $0.text(0) }
    }
  }

  @Test func bytesAreSeenWithAReasonAlone() async throws {
    let (bench, item) = try await bench()
    let address = "/intake/quarantine/\(item.id)"
    let list = await bench.premises.get("/intake/quarantine?file=" + FormFields.encoded("坏的.jsonl"), bench.reviewer)
    #expect(list.text.contains("语法错误") && list.text.contains(address) && list.text.contains("坏的.jsonl"))
    #expect(!(await bench.premises.get("/intake/quarantine?source=dezhihui", bench.reviewer)).text.contains(address + "\""))
    for language in ["zh", "en"] {
      let page = await bench.premises.get(address + "?language=\(language)", bench.reviewer)
      #expect(page.status == 200 && !page.text.contains("雨棚漏水"))
    }
    let unasked = await bench.premises.post(address + "/bytes", [("reason", " ")], bench.reviewer)
    #expect(unasked.status == 400 && !unasked.text.contains("雨棚漏水"))
    let opened = await bench.premises.post(address + "/bytes", [("reason", "核对原件MARKWHY")], bench.reviewer)
    #expect(opened.status == 200 && opened.text.contains("雨棚漏水"))
    #expect(opened.text.contains("U+202E") && opened.text.contains("&lt;i&gt;请修"), "what hides is seen, what acts is text")
    #expect(opened.text.contains("<mark>7D</mark>"), "the closing brace stands where a value should")
    let event = try #require(try lastEvents(bench).first)
    #expect(event.hasPrefix("unseal reviewer ") && event.contains("核对原件MARKWHY"))
    let admin = try bench.premises.cookie("admin", RoleScope(.administrator))
    #expect(await bench.premises.get(address, admin).status == 200)
    let keeper = try bench.keeper("anfu")
    #expect(await bench.premises.get("/intake/quarantine", keeper).status == 403)
    #expect(await bench.premises.post(address + "/bytes", [("reason", "看看")], keeper).status == 403)
  }

  @Test func aMendedRecordComesIn() async throws {
    let (bench, item) = try await bench()
    let address = "/intake/quarantine/\(item.id)"
    let unmended = try await bench.ended(await bench.premises.post("/intake/quarantine/retry", [("id", String(item.id))], bench.reviewer))
    #expect(unmended.text.contains("重收 1 条，收进 0 条"))
    #expect(await bench.premises.post(address + "/mend", [("text", "")], bench.reviewer).status == 400)
    let mended = QuarantinePagesTests.broken.replacing(":}", with: ":\"2025-06-01 11:00:00\"}")
    let page = try await bench.ended(await bench.premises.post(address + "/mend", [("text", mended)], bench.reviewer))
    #expect(page.text.contains("重收 1 条，收进 1 条"))
    let after = try #require(try bench.premises.store.quarantine(id: item.id))
    #expect(after.state == .retried && after.submission ?? 0 > 0)
    #expect(await bench.premises.post(address + "/mend", [("text", mended)], bench.reviewer).status == 400)
    let gone = try await bench.ended(await bench.premises.post("/intake/quarantine/retry", [("id", String(item.id))], bench.reviewer))
    #expect(gone.text.contains("没有待处理的第 \(item.id) 条"))
    #expect(try bench.premises.store.verify().faults == [])
  }

  /// XML goes back into the elements its form expects around it.
  @Test func aRecordOfADocumentIsMendedAlone() async throws {
    let bench = try IntakeBench()
    let record = "<suggestion id=\"QX-1\"><title>雨棚</title><content>雨棚漏水，地上都是水</content><submitted_at>DATE</submitted_at></suggestion>"
    _ = try await bench.ended(await bench.upload([("q.xml", "<suggestions>" + record + "</suggestions>")], [("form", "dezhihui-xml")]))
    let item = try #require(try bench.premises.store.quarantine(QuarantineFilter(file: "q.xml"), limit: 9).items.first)
    let page = try await bench.ended(
      await bench.premises.post(
        "/intake/quarantine/\(item.id)/mend", [("text", record.replacing("DATE", with: "2025-06-01 11:00:00"))], bench.reviewer))
    #expect(page.text.contains("重收 1 条，收进 1 条"))
  }

  @Test func givingUpWantsAReason() async throws {
    let (bench, item) = try await bench()
    let address = "/intake/quarantine/\(item.id)/discard"
    #expect(await bench.premises.post(address, [], bench.reviewer).status == 400)
    let done = await bench.premises.post(address, [("reason", "已电话核实，重复")], bench.reviewer)
    #expect(done.status == 303 && done.header("Location") == "/intake/quarantine?notice=discarded")
    #expect(try bench.premises.store.quarantine(id: item.id)?.state == .discarded)
    #expect(try lastEvents(bench).first?.hasPrefix("quarantine-discard reviewer") == true)
    #expect(await bench.premises.post(address, [("reason", "再来")], bench.reviewer).status == 409)
    let discarded = await bench.premises.get("/intake/quarantine?state=discarded", bench.reviewer)
    #expect(discarded.text.contains("/intake/quarantine/\(item.id)\""))
  }

  @Test func theWindowIsAroundTheFault() {
    let bytes = Array(("一行\n第二行甲乙" + String(repeating: "x", count: 2000) + "\u{7}尾").utf8)
    let window = FaultWindow(bytes, line: 5, faultLine: 6, faultColumn: 4)
    #expect(window.fault == "一行\n第二行".utf8.count)
    #expect(window.text.text.hasPrefix("一行\n第二行甲") && window.text.fault == 6..<7)
    #expect(!window.text.isCutBefore && window.text.isCutBehind)
    #expect(window.rows.first?.offset == "000000" && window.rows.count == 8)
    #expect(window.rows[1].digits.first { $0.isFault }?.text == "E7")
    // Behind the end, at nothing, and in bytes that are no text.
    let end = FaultWindow(bytes, line: 1, faultLine: 99, faultColumn: 9999)
    #expect(end.fault == bytes.count - 3 && end.text.text.contains("\u{2407}"))
    #expect(FaultWindow([], line: 1, faultLine: 1, faultColumn: 1).rows.isEmpty)
    #expect(FaultWindow([0xFF, 0xFE], line: 1, faultLine: 1, faultColumn: 2).text.text == "\u{FFFD}\u{FFFD}")
  }
}
