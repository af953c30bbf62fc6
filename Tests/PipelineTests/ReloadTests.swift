import Foundation
import Pipeline
import TestSupport
import Testing

/// What a run finds in its memory and what a later one loads from the store are the same.
struct ReloadTests {
  private static let forms: [(form: String, file: String)] = [
    ("dezhihui-xml", "dezhihui-2025-05.xml"), ("dezhihui-xml", "dezhihui-2025-06.xml"),
    ("dezhihui-json", "dezhihui-2025-07.json"), ("work-group", "work-group-2025-05.jsonl"),
    ("work-group", "work-group-2025-07.jsonl"), ("open311-json", "open311-2025-07.json"),
  ]

  private static func inputs() throws -> [(form: String, text: String)] {
    try forms.map { form, file in
      (form: form, text: String(decoding: try PackageRoot.bytes("fixtures/inbox/\(file)"), as: UTF8.self))
    }
  }

  @Test func oneRunAFileEqualsOneRun() throws {
    let inputs = try ReloadTests.inputs()
    let (together, apart) = (try Intakes(), try Intakes())
    let report = try together.run(inputs)
    for input in inputs { try apart.run([input]) }
    #expect(report.total.revised > 0)
    #expect(report.total.unchanged > 0)
    #expect(report.total.exact > 0)
    #expect(report.total.near > 0)
    #expect(try apart.canonical() == together.canonical())
    #expect(try apart.isSound())
  }

  /// A file cut between any two lines and taken in as two.
  @Test(arguments: [1, 17, 40, 71, 96]) func aFileMayComeInTwoParts(_ cut: Int) throws {
    let lines = try ["05", "07"].flatMap { month in
      String(decoding: try PackageRoot.bytes("fixtures/inbox/work-group-2025-\(month).jsonl"), as: UTF8.self)
        .split(separator: "\n").map { $0 + "\n" }
    }
    try #require(lines.count > cut)
    let (whole, parts) = (try Intakes(), try Intakes())
    try whole.run([(form: "work-group", text: lines.joined())])
    try parts.run([(form: "work-group", text: lines.prefix(cut).joined())])
    try parts.run([(form: "work-group", text: lines.dropFirst(cut).joined())])
    #expect(try parts.canonical() == whole.canonical())
  }

  /// A corrected text, then copies of the old and of the new one: which of them are duplicates must not depend on
  /// whether the index was built by hand or from the store.
  @Test func copiesOfOldAndNewTextsAfterARevision() throws {
    let old = "丁玲路公厕门口的路灯坏了一个星期，晚上骑车看不见路面，请派人来修"
    let new = "丁玲路公厕门口的雨棚漏水，座椅全是湿的，骑手没有地方坐，请派人来看看"
    let first = GroupMessage(id: "WG-1", text: old, place: "丁玲路")
    let revised = GroupMessage(id: "WG-1", text: new, place: "丁玲路")
    let copies = [
      GroupMessage(id: "WG-2", text: old, sender: "乙", place: "丁玲路"),
      GroupMessage(id: "WG-3", text: new, sender: "丙", place: "丁玲路"),
      GroupMessage(id: "WG-4", text: old + "，谢谢各位师傅", sender: "丁", place: "丁玲路"),
      GroupMessage(id: "WG-5", text: new + "，谢谢各位师傅", sender: "戊", place: "丁玲路"),
    ]
    let (together, apart) = (try Intakes(), try Intakes())
    let files = [GroupMessage.file([first]), GroupMessage.file([revised]), GroupMessage.file(copies)]
    let report = try together.run(files)
    #expect(report.total.new == 5)
    #expect(report.total.revised == 1)
    for file in files { try apart.run([file]) }
    #expect(try apart.canonical() == together.canonical())
    #expect(try apart.isSound())
  }

  /// A copy that was late, with a text that has been corrected since, is no news.
  @Test func anEarlierVersionIsKnownAfterReloading() throws {
    let intakes = try Intakes()
    let versions = ["雨棚漏水", "雨棚漏水，座椅全湿", "雨棚漏水，座椅全湿，地面打滑"].map { GroupMessage(id: "WG-1", text: $0) }
    for message in versions { try intakes.run([GroupMessage.file([message])]) }
    let before = try intakes.canonical()
    for message in versions {
      let report = try intakes.run([GroupMessage.file([message])])
      #expect(report.total.unchanged == 1)
      #expect(report.total.read == 1)
    }
    #expect(try intakes.canonical() == before)
  }

  /// The leader of a group is the first that came, however many runs lie between.
  @Test func leadersOutliveTheRun() throws {
    let text = "柳叶大道的非机动车道被共享单车占满了，骑手只能走机动车道，很危险"
    let messages = (1...6).map { GroupMessage(id: "WG-\($0)", text: text, sender: "骑手\($0)", place: "柳叶大道") }
    let (together, apart) = (try Intakes(), try Intakes())
    let report = try together.run([GroupMessage.file(messages)])
    #expect(report.total.suggestions == 1)
    #expect(report.total.exact == 5)
    for message in messages { try apart.run([GroupMessage.file([message])]) }
    #expect(try apart.canonical() == together.canonical())
  }

  /// A store of an earlier program has sketches of another form: they are made anew from the texts.
  @Test func oldSketchesAreMadeAnew() throws {
    let texts = [
      "丁玲路公厕门口的路灯坏了一个星期，晚上骑车看不见路面，请派人来修", "柳叶大道的非机动车道被共享单车占满了，骑手只能走机动车道",
      "同意", "路灯不亮",
    ]
    func messages(_ start: Int, _ tail: String) -> [GroupMessage] {
      texts.enumerated().map { number, text in
        GroupMessage(id: "WG-\(start + number)", text: text + tail, sender: "骑手\(start + number)", place: "丁玲路")
      }
    }
    let (young, old) = (try Intakes(), try Intakes())
    for intakes in [young, old] { try intakes.run([GroupMessage.file(messages(1, ""))]) }
    try old.ageSketches()
    for tail in ["", "，谢谢"] {
      let next = GroupMessage.file(messages(tail.isEmpty ? 11 : 21, tail))
      let (one, other) = (try young.run([next]), try old.run([next]))
      #expect(one.total == other.total)
    }
    #expect(try old.canonical() == young.canonical())
    #expect(try old.isSound())
  }
}
