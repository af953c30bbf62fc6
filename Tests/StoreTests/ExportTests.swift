import Foundation
import Store
import Suggestions
import Testing

@Suite struct ExportTests {
  private func canonical(_ sample: SampleStore) throws -> String {
    var bytes: [UInt8] = []
    try sample.store.exportCanonical(names: SampleStore.names) { piece throws(StoreFault) in bytes += piece }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func objects(_ lines: String) throws -> [[String: Any]] {
    try lines.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test func isTheSameWhateverTheCodesAreNumbered() throws {
    let plain = try VerificationTests.mixed()
    let other = try SampleStore()
    try other.number([
      (.rule, "unused"), (.region, "430702"), (.rule, "cover"), (.department, "power-supply"), (.topic, "010301"),
      (.book, "book-0"), (.book, "book-1"), (.source, "zzz"), (.source, "forms"), (.department, "housing"),
    ])
    try VerificationTests.fill(other)
    #expect(
      try plain.integer("SELECT id FROM code WHERE text = 'cover'")
        != other.integer("SELECT id FROM code WHERE text = 'cover'"))
    #expect(try canonical(plain) == canonical(other))
  }

  @Test func ordersBySourceThenIdBytewise() throws {
    let sample = try SampleStore()
    // The last two are one text to Swift and two to everybody else.
    let ids = ["b", "a10", "a9", "\u{E9}", "e\u{301}"]
    try sample.take(ids.map { SampleRecord($0).with { $0.source = "z" } })
    try sample.take([SampleRecord("x").with { $0.source = "B" }, SampleRecord("x").with { $0.source = "a" }])
    let names = try objects(canonical(sample)).map { "\($0["source"] ?? "")/\($0["external_id"] ?? "")" }
    let expected = ["B/x", "a/x", "z/a10", "z/a9", "z/b", "z/e\u{301}", "z/\u{E9}"]
    #expect(names.map { Array($0.utf8) } == expected.map { Array($0.utf8) })
  }

  @Test func losesNothingAtTheEndOfAPage() throws {
    let sample = try SampleStore()
    try sample.take((0..<1030).map { SampleRecord("N-\($0)") })
    let ids = try objects(canonical(sample)).compactMap { $0["external_id"] as? String }
    #expect(ids == (0..<1030).map { "N-\($0)" }.sorted())
    var plain = 0
    try sample.store.exportPlain(tracks: [.ordinary], names: SampleStore.names) { piece throws(StoreFault) in
      plain += piece.count { $0 == 0x0A }
    }
    #expect(plain == 1030)
    #expect(try duplicates(sample).split(separator: "\n").count == 1031)
  }

  @Test func showsTheDisplayedTextAndItsSpans() throws {
    let sample = try SampleStore()
    try sample.take([
      SampleRecord("A-1").with {
        $0.title = "\u{F0001}标题\u{FFFEF}"
        $0.body = "请打〔手机号〕\u{F1234}，修😀井盖"
        $0.attributes = [(.address, "〔门牌号〕\u{FABCD}旁")]
        $0.cuts = 1 << 2 | 1 << 8
        $0.flags = 1 << 2
      }
    ])
    let line = try #require(try objects(canonical(sample)).first)
    #expect(line["title"] as? String == "标题")
    #expect(line["body"] as? String == "请打〔手机号〕，修😀井盖")
    #expect((line["attributes"] as? [String: String])?["address"] == "〔门牌号〕旁")
    #expect(line["cuts"] as? [String] == ["mobile", "8"])
    #expect(line["flags"] as? [String] == ["emergency"])
    #expect(line["tier"] as? String == "district")
    #expect(line["co_handlers"] as? [String] == ["power-supply"])
    #expect(line["submitted_at"] as? String == "2025-06-01T08:00:00+08:00")
    #expect(line["suggestion"] as? String == "forms/A-1")
    let verdict = try #require(line["verdict"] as? [String: Any])
    let evidence = try #require((verdict["evidence"] as? [[String: Any]])?.first)
    #expect(evidence["rule"] as? String == "cover")
    #expect(evidence["start"] as? Int == 10)
    #expect(evidence["count"] as? Int == 2)
    let detail = try #require(try sample.store.suggestion(id: "1", names: SampleStore.names))
    #expect(detail.members.first?.verdict.evidence.first?.text == "井盖")
  }

  @Test func saysNothingOfWhenAndWhereItWasTakenIn() throws {
    let text = try canonical(VerificationTests.mixed())
    for key in ["receipt", "number", "seal", "writer", "sketch", "place"] { #expect(!text.contains("\"\(key)\":")) }
    #expect(!text.contains("13800000000"))
  }

  @Test func tellsEarlierVersionsAndLinks() throws {
    let lines = try objects(canonical(VerificationTests.mixed()))
    let corrected = lines[2]
    #expect(corrected["external_id"] as? String == "A-3")
    #expect(corrected["revisions"] as? Int == 1)
    #expect((corrected["earlier"] as? [[String: Any]])?.first?["body"] as? String == "人民路的井盖破损，夜里看不见路")
    let duplicate = try #require(corrected["duplicate"] as? [String: Any])
    #expect(duplicate["kind"] as? String == "near")
    #expect(duplicate["leader"] as? String == "forms/A-2")
    #expect(duplicate["score"] as? Double == 0.6)
    #expect(lines[1]["suggestion"] as? String == "forms/A-1")
    #expect(lines[1]["support"] as? Int == 3)
  }

  @Test func keepsSensitiveMattersInUnlessAsked() throws {
    let sample = try VerificationTests.mixed()
    var ordinary: [UInt8] = []
    try sample.store.exportPlain(tracks: [.ordinary], names: SampleStore.names) { piece throws(StoreFault) in
      ordinary += piece
    }
    let lines = try objects(String(decoding: ordinary, as: UTF8.self))
    #expect(lines.compactMap { $0["number"] as? Int } == [1, 2, 3, 5, 6])
    let key = try sample.store.keys.derived("receipt")
    #expect(lines[1]["receipt"] as? String == ReceiptCode(key: key).code(of: 2))
  }

  private func duplicates(_ sample: SampleStore) throws -> String {
    var bytes: [UInt8] = []
    try sample.store.exportDuplicates { piece throws(StoreFault) in bytes += piece }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func listsDuplicates() throws {
    let sample = try SampleStore()
    try sample.take([
      SampleRecord("A\t1"),
      SampleRecord("A-2").with {
        $0.duplicate = .exact
        $0.leader = 1
        $0.suggestion = 1
        $0.score = 1000
      },
      SampleRecord("A-3").with {
        $0.duplicate = .near
        $0.leader = 2
        $0.score = 87
        $0.differs = .number
      },
    ])
    #expect(
      try duplicates(sample) == """
        external_id\tkind\tleader_external_id\tscore\tdiffers
        A\\t1\tnone\t\t0.000\t
        A-2\texact\tA\\t1\t1.000\t
        A-3\tnear\tA-2\t0.087\tnumber

        """)
  }

  @Test func stopsWhereItsReaderStops() throws {
    let sample = try SampleStore.small()
    #expect(throws: StoreFault.corrupt("closed")) {
      try sample.store.exportCanonical(names: SampleStore.names) { _ throws(StoreFault) in throw .corrupt("closed") }
    }
    #expect(try sample.store.verify().isSound, "the connection is free again")
  }

  @Test(arguments: [
    (0, "1970-01-01T08:00:00+08:00"), (951_782_400, "2000-02-29T08:00:00+08:00"),
    (-62_167_219_200 - 28_800, "0000-01-01T00:00:00+08:00"), (253_402_271_999, "9999-12-31T23:59:59+08:00"),
    (-1, "1970-01-01T07:59:59+08:00"), (4_107_542_400, "2100-03-01T08:00:00+08:00"), (253_402_272_000, nil),
    (Int64.max, nil), (Int64.min, nil),
  ] as [(Int64, String?)])
  func writesInstants(_ instant: Int64, _ text: String?) { #expect(ChinaTime.text(instant) == text) }
}
