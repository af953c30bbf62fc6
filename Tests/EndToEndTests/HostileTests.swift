import Foundation
import TestSupport
import Testing

/// A hostile file costs one entry in quarantine and nothing else.
@Suite(.serialized)
struct HostileTests {
  @Test(arguments: HostileFile.all) func oneEntryAndNothingElse(_ hostile: HostileFile) throws {
    let store = try StoreUnderTest()
    let bad = store.folder.path("bad." + hostile.ending)
    try hostile.write(to: bad)
    let good = try store.write("good.xml", WebForm.document([WebForm(id: "G-1", content: "柳叶大道的路灯不亮")]))
    let report = try store.ingest([bad, good], exit: 1)
    #expect(report["files"][0].counts == [hostile.good + 1, hostile.good, 0, 0, 1])
    #expect(report["files"][1].counts == [1, 1, 0, 0, 0])
    #expect((report["peak_bytes"].int ?? .max) < 256 << 20)
    #expect((report["seconds"].double ?? .infinity) < 5)

    let entries = try store.quarantine()
    #expect(entries.count == 1)
    #expect(entries.first?["reason"].text == hostile.reason)
    #expect(entries.first?["detail"].text?.contains(hostile.detail) == true || hostile.detail.isEmpty, "\(entries)")
    let ids = try JSONValue.lines(try store.canonical()).compactMap { $0["external_id"].text }
    #expect(ids == ["G-1"] + (hostile.good > 0 ? ["H-1"] : []))
    try store.isSound()

    // And it is still one when the same file comes again.
    #expect(try store.ingest([bad, good], exit: 1)["quarantined"].int == 1)
    #expect(try store.quarantine().count == 1)
  }

  @Test func noFileIsOpenedForIt() throws {
    let store = try StoreUnderTest()
    let canary = try store.write("canary.txt", "canary-7f3a91\n")
    let accounts = try PackageRoot.bytes("/etc/passwd").split(separator: 0x0A).first.map { Data($0) }
    for (number, target) in ["file:///etc/passwd", "file://" + canary, canary, "/etc/passwd"].enumerated() {
      let file = HostileFile.documentType(
        "external entity", "<!DOCTYPE suggestions [<!ENTITY x SYSTEM \"\(target)\">]>", content: "&x;")
      let path = store.folder.path("\(number).xml")
      try file.write(to: path)
      try store.ingest([path], exit: 1)
    }
    var held = try store.bytes() + store.canonical()
    for entry in try store.quarantine() {
      let shown = try JSONValue(try store.run("quarantine", "show", String(entry["id"].int ?? 0), "--json").standardOutput)
      held += Data(base64Encoded: shown["bytes_base64"].text ?? "") ?? Data()
    }
    #expect(try store.quarantine().count == 4)
    #expect(held.range(of: Data("canary-7f3a91".utf8)) == nil)
    if let accounts { #expect(held.range(of: accounts) == nil) }
  }

  @Test func nobodyIsCalledForIt() throws {
    let store = try StoreUnderTest()
    let listener = try LocalListener()
    let address = "http://127.0.0.1:\(listener.port)/x.dtd"
    let declarations = [
      "<!DOCTYPE suggestions SYSTEM \"\(address)\">", "<!DOCTYPE suggestions [<!ENTITY x SYSTEM \"\(address)\">]>",
      "<!DOCTYPE suggestions [<!ENTITY % x SYSTEM \"\(address)\"> %x;]>",
    ]
    for (number, declaration) in declarations.enumerated() {
      let path = store.folder.path("\(number).xml")
      try HostileFile.documentType("external", declaration, content: number == 1 ? "&x;" : "x").write(to: path)
      #expect(try store.ingest([path], exit: 1).counts == [1, 0, 0, 0, 1])
    }
    #expect(!listener.wasCalled)
  }

  /// The words are a citizen's when they stand in a text.
  @Test func aDocumentTypeInsideATextIsText() throws {
    let store = try StoreUnderTest()
    let words = "网页上写着 <!DOCTYPE html> 和 <!ENTITY x SYSTEM \"file:///etc/passwd\">，看不懂"
    let escaped = words.replacing("<", with: "&lt;")
    let document = WebForm.document([
      WebForm(id: "T-1", content: "<![CDATA[\(words)]]>"), WebForm(id: "T-2", content: escaped + "。"),
      WebForm(id: "T-3", content: "<!-- <!DOCTYPE x> -->路灯不亮"),
    ])
    let lines = WebForm(id: "T-4", content: words.replacing("\"", with: "\\\"") + "！").json + "\n"
    try store.ingest([try store.write("1.xml", document), try store.write("2.jsonl", lines)])
    let bodies = try JSONValue.lines(try store.canonical()).map { $0["body"].text }
    #expect(bodies == [words, words + "。", "路灯不亮", words + "！"])
  }
}
