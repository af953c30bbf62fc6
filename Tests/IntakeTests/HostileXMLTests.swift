import Intake
import Suggestions
import TestSupport
import Testing

@Suite struct HostileXMLTests {
  private static let good = "<suggestion id='1'><content>一</content></suggestion>"

  @Test func billionLaughs() throws {
    var text = "<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [<!ENTITY lol \"lol\">"
    for level in 1...9 {
      let inner = String(repeating: "&lol\(level == 1 ? "" : String(level - 1));", count: 10)
      text += "<!ENTITY lol\(level) \"\(inner)\">"
    }
    text += "]>\n<suggestions><suggestion id='1'><content>&lol9;</content></suggestion></suggestions>"
    try expectRefusal(text, .documentType, records: 0)
  }

  @Test(arguments: [
    "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>", "<!DOCTYPE x SYSTEM \"http://127.0.0.1:9/x.dtd\">",
    "<!DOCTYPE x [<!ENTITY % p SYSTEM \"http://127.0.0.1:9/p\"> %p;]>", "<!-- c --><!DOCTYPE x>", "<!doctype x>",
  ])
  func documentTypes(declaration: String) throws {
    try expectRefusal(declaration + "<suggestions>\(Self.good)</suggestions>", .documentType, records: 0)
  }

  @Test func undeclaredEntity() throws {
    try expectRefusal(
      "<suggestions>\(Self.good)<suggestion id='2'><content>&passwd;</content></suggestion></suggestions>",
      .entityReference, records: 1)
    try expectRefusal(
      "<suggestions>\(Self.good)<suggestion id='&e;'><content>x</content></suggestion></suggestions>",
      .entityReference, records: 1)
  }

  @Test func theWordInsideTextIsText() throws {
    let text = """
      <suggestions><!-- <!DOCTYPE a [<!ENTITY b "c">]> --><suggestion id='1'><content>写着 &lt;!DOCTYPE html&gt; 的
      <![CDATA[<!DOCTYPE html><!ENTITY x "y">]]></content></suggestion></suggestions>
      """
    let reading = try Reading.of(text, "dezhihui-xml")
    #expect(reading.faults.isEmpty)
    #expect(reading[0, "body"] == "写着 <!DOCTYPE html> 的\n<!DOCTYPE html><!ENTITY x \"y\">")
  }

  @Test func nestedTags() throws {
    let text = "<suggestions>\(Self.good)<suggestion id='2'>" + String(repeating: "<a>", count: 200_000)
    try expectRefusal(text, .limitExceeded(name: "depth", limit: 64), records: 1, chunks: [4096, 1 << 20])
  }

  @Test func manyAttributes() throws {
    let attributes = (0..<200_000).map { " a\($0)='x'" }.joined()
    let text = "<suggestions>\(Self.good)<suggestion id='2'><content\(attributes)>x</content></suggestion>"
    let clock = ContinuousClock()
    let spent = try clock.measure {
      try expectRefusal(text, .limitExceeded(name: "attributes", limit: 64), records: 1, chunks: [4096, 1 << 22])
    }
    #expect(spent < .seconds(2))
  }

  @Test func endlessTagAndComment() throws {
    let long = String(repeating: "x", count: 100_000)
    try expectRefusal(
      "<suggestions>\(Self.good)<suggestion id='\(long)'/></suggestions>",
      .limitExceeded(name: "tag bytes", limit: 65536), records: 1, chunks: [1000, 1 << 20])
    try expectRefusal(
      "<suggestions>\(Self.good)<!-- \(long) --></suggestions>",
      .limitExceeded(name: "tag bytes", limit: 65536), records: 1, chunks: [1000, 1 << 20])
    try expectRefusal(
      "<suggestions>\(Self.good)<suggestion><\(long.prefix(300))/></suggestion></suggestions>",
      .limitExceeded(name: "name bytes", limit: 256), records: 1)
  }

  /// 100 MB in one field, made chunk by chunk: never in memory at once, here or in the reader.
  @Test(arguments: [false, true])
  func hugeField(isCDATA: Bool) throws {
    let reader = RecordReader(profile: try Shipped.profile("dezhihui-xml"), sourceOverride: nil)
    var batch = DraftBatch()
    let head = Array("<suggestions>\(Self.good)<suggestion id='2'><content>\(isCDATA ? "<![CDATA[" : "")".utf8)
    head.withUnsafeBytes { reader.feed($0, into: &batch) }
    let megabyte = Array(String(repeating: "长", count: 349_525).utf8) + [0x20]
    for _ in 0..<100 {
      megabyte.withUnsafeBytes { reader.feed($0, into: &batch) }
      #expect(batch.arena.count < 2 << 20)
    }
    #expect(reader.isRefused)
    reader.finish(into: &batch)
    #expect(batch.drafts.count == 1)
    #expect(batch.setAside.map(\.reason) == [.limitExceeded(name: "field bytes", limit: 1 << 20)])
    #expect(batch.setAside.first?.totalBytes == 100 * megabyte.count + head.count - 13 - Self.good.utf8.count)
    #expect(batch.setAside.first?.bytes.count == SetAside.keptBytes)
  }

  /// Many small elements instead of one large one.
  @Test func hugeRecord() throws {
    let text = "<suggestions>\(Self.good)<suggestion id='2'>" + String(repeating: "<x>一二三</x>", count: 400_000)
    try expectRefusal(
      text, .limitExceeded(name: "record bytes", limit: 4 << 20), records: 1, chunks: [65536, 1 << 23])
    let repeated = String(repeating: "<attachment>a</attachment>", count: 600)
    let reading = try Reading.of(
      "<suggestions><suggestion id='2'><content>x</content>\(repeated)</suggestion>\(Self.good)</suggestions>",
      "dezhihui-xml")
    #expect(reading.faults.map(\.reason) == [.limitExceeded(name: "fields", limit: 512)])
    #expect(reading.records.count == 1)
  }

  @Test func nul() throws {
    try expectRefusal(
      "<suggestions>\(Self.good)<suggestion id='2'>\0</suggestion></suggestions>", .nulCharacter, records: 1)
  }

  /// Published attack files: whatever they are, each ends in a set-aside or a harmless record, and no entity is
  /// expanded.
  @Test(.enabled(if: PackageRoot.shared != nil, "the shared data sets are not here"))
  func publishedAttacks() throws {
    let shared = try #require(PackageRoot.shared)
    let profile = try FormProfile(
      yaml: Array(
        "profile: p\ntitle: t\ntitle_en: t\nformat: xml\nsource: s\nrecords: /*\nfields: {body: .}\n".utf8),
      file: "p.yaml")
    let files = PackageRoot.files(below: shared + "/data/xml_attacks")
    #expect(files.count > 50)
    for file in files {
      let bytes = try PackageRoot.bytes(file)
      let whole = Reading.of(bytes, profile)
      #expect(whole.records.allSatisfy { $0.fields["body"]?.utf8.count ?? 0 <= bytes.count }, "\(file)")
      #expect(!whole.records.contains { $0.fields["body"]?.contains("root:") == true }, "\(file)")
      if bytes.count < 20_000 {
        let pieces = Reading.of(bytes, profile, chunk: 1)
        #expect(pieces.records == whole.records, "\(file)")
        #expect(pieces.faults.map(\.reason) == whole.faults.map(\.reason), "\(file)")
      }
    }
  }

  private func expectRefusal(
    _ text: String, _ reason: SetAsideReason, records: Int, chunks: [Int] = [1, 7, 1 << 20]
  ) throws {
    for chunk in chunks {
      let reading = try Reading.of(text, "dezhihui-xml", chunk: chunk)
      #expect(reading.faults.map(\.reason) == [reason], "chunks of \(chunk)")
      #expect(reading.records.count == records, "chunks of \(chunk)")
      #expect(reading.isRefused)
      #expect(reading.faults.first.map { $0.offset + $0.total } == text.utf8.count, "chunks of \(chunk)")
    }
  }
}
