import Stages
import Suggestions
import TestSupport
import Testing
import Text

/// What a record looks like after the first stage.
struct NormalizeTests {
  @Test func peopleReadTheTextWithoutDetails() throws {
    var line = try Line()
    let record = Record(
      "A", "电话13812345678，住3栋2单元401，井盖坏了", title: "我叫覃文斌",
      more: [.address: "丹洲花园3栋2单元401", .phone: "13812345678", .writer: "覃文斌"])
    let columns = line.batch(of: [record]).columns
    let row = columns.rows[0]
    func text(_ span: ByteSpan) -> String { Redaction.display(columns.drafts.arena.string(span)) }
    let body = text(row.body)
    let title = text(row.title)
    let address = text(row.address)
    #expect(body == "电话〔手机号〕，住3栋〔门牌号〕，井盖坏了")
    #expect(title == "我叫〔姓名〕")
    #expect(address == "丹洲花园3栋〔门牌号〕")
    #expect(row.cuts >> UInt16(PersonalDataKind.mobile.rawValue) & 1 == 1)
    #expect(row.cuts >> UInt16(PersonalDataKind.doorNumber.rawValue) & 1 == 1)
    #expect(row.cuts >> UInt16(PersonalDataKind.name.rawValue) & 1 == 1)
    // The shadow text holds nothing of them either.
    let shadow = Folding.string(Array(columns.folded[row.foldedStart..<row.foldedEnd]))
    #expect(!shadow.contains("138"))
    #expect(!shadow.contains("401"))
    #expect(!shadow.contains("覃文斌"))
  }

  @Test func theShadowTextIsTitleSeparatorBody() throws {
    var line = try Line()
    let columns = line.batch(of: [
      Record("A", "井蓋 壞了", title: "花溪路"), Record("B", "車棚"), Record("C", "", title: ""),
    ]).columns
    let shadows = columns.rows.map { Folding.string(Array(columns.folded[$0.foldedStart..<$0.foldedEnd])) }
    let bodies = columns.rows.map { Folding.string(Array(columns.folded[$0.foldedBody..<$0.foldedEnd])) }
    #expect(shadows == ["花溪路\n井盖坏了", "\n车棚", "\n"])
    #expect(bodies == ["井盖坏了", "车棚", ""])
  }

  @Test func absentAndEmptyStayApartForReaders() throws {
    var line = try Line()
    let columns = line.batch(of: [Record("A", "车棚"), Record("B", "车棚", title: "")]).columns
    let titles = columns.rows.map(\.title.isPresent)
    #expect(titles == [false, true])
  }

  @Test func theChannelIsTheRecordsElseTheFiles() throws {
    var line = try Line()
    let columns = line.batch(of: [
      Record("A", "车棚"), Record("B", "车棚", more: [.channel: "hotline"]), Record("C", "车棚", more: [.channel: "pigeon"]),
    ]).columns
    #expect(columns.rows.map(\.channel) == [.webForm, .hotline, .webForm])
  }
}
