import Publishing
import Suggestions
import TestSupport

/// A month as the tests want it: four areas, one of them small, and a case of each section.
enum DigestSample {
  static let july = DigestMonth("2025-07")!
  static let submitted: Int64 = 1_751_850_720  // 2025-07-07 09:12

  static let indicators = [
    indicator("received", "事项", .count), indicator("submissions", "来件", .count),
    indicator("closed", "办结率", .share), indicator("on-time.answer", "按期率·答复时限", .share, clock: "answer"),
    indicator("used-median.answer", "中位用时·答复时限", .seconds, clock: "answer"),
  ]

  static func indicator(
    _ code: String, _ name: String, _ unit: DigestIndicator.Unit, clock: String? = nil
  ) -> DigestIndicator {
    DigestIndicator(
      name: DigestLabel(code, name, code), definition: DigestLabel(code, "\(name)的定义", "what \(code) is"), unit: unit,
      clock: clock.map { DigestLabel($0, "答复时限", "answer") })
  }

  static func figures(_ received: Int, submissions: Int? = nil, closed: (Int, Int)? = nil) -> [String: DigestFigure] {
    [
      "received": .count(received), "submissions": .count(submissions ?? received + received / 10),
      "closed": .share(closed?.0 ?? received / 2, of: closed?.1 ?? received),
      "on-time.answer": .share(received / 2, of: received), "used-median.answer": .seconds(received == 0 ? nil : 7_980, of: received),
    ]
  }

  static func group(_ code: String?, _ now: Int, before: Int? = nil) -> DigestBreakdown.Group {
    DigestBreakdown.Group(
      name: DigestLabel(code, code ?? "未识别", code ?? "unknown"), figures: figures(now), previous: before.map { figures($0) })
  }

  static func breakdown(_ name: String, _ groups: [DigestBreakdown.Group]) -> DigestBreakdown {
    DigestBreakdown(dimension: DigestLabel(name, name, name), groups: groups)
  }

  static func matter(
    _ id: Int, _ kind: Kind = .idea, area: String = "A", title: String = "", body: String = "", answer: String = "",
    _ fill: (inout PublishableMatter.Facts) -> Void = { _ in }
  ) -> PublishableMatter {
    var facts = PublishableMatter.Facts()
    facts.area = DigestLabel(area, area, area)
    facts.isReviewed = true
    facts.clock = [PublishableMatter.Moment(DigestLabel("submitted", "提交", "submitted"), submitted)]
    fill(&facts)
    var matter = PublishableMatter(id: id, kind: kind, track: .ordinary, facts: facts)!
    matter.title = PublishableText(title)
    matter.body = PublishableText(body)
    matter.answer = PublishableText(answer)
    return matter
  }

  static func mended(_ facts: inout PublishableMatter.Facts) {
    for (code, name, minutes) in [("dispatched", "首次派单", 8), ("arrived", "到场", 28), ("resolved", "处置完成", 133)] as [(String, String, Int64)] {
      facts.clock.append(PublishableMatter.Moment(DigestLabel(code, name, code), submitted + minutes * 60))
    }
  }

  static var material: DigestMaterial {
    DigestMaterial(
      month: july, moment: "submitted", asOf: 1_754_200_000, indicators: indicators,
      whole: DigestComparison(figures(108), previous: figures(90)),
      breakdowns: [
        breakdown("area", [group("A", 60, before: 50), group("B", 30, before: 25), group("C", 12, before: 15), group("D", 3, before: 0), group(nil, 3, before: 0)]),
        breakdown("topic", [group("T1", 70, before: 40), group("T2", 38, before: 50)]),
      ],
      tallies: [
        DigestTally(
          name: DigestLabel("channels", "来件：各渠道", "Submissions by channel"),
          rows: [.init(DigestLabel("web-form", "网上表单", "web-form"), 80), .init(DigestLabel("chat", "工作群", "chat"), 35), .init(DigestLabel("visit", "来访", "visit"), 3)])
      ],
      books: [DigestBookRow(station: DigestLabel("anfu", "安福驿站", "anfu"), books: 2, entries: 14)],
      matters: [
        matter(1, title: "把停放区加宽", body: "驿站门口的非机动车停放区太窄") {
          $0.score = 43
          $0.judges = 2
          $0.support = 12
          $0.isAdopted = true
          $0.outcome = DigestLabel("B", "列入计划", "planned")
        },
        matter(2, .fault, title: "花溪路口井盖破损", body: "电力井盖破了", mended),
        matter(3, .contribution, title: "扶起倒地的共享单车") { $0.act = .help },
        matter(4, .enquiry, title: "驿站几点关门", answer: "安福驿站每天二十二点关门，春节照常。") {
          $0.isAnswered = true
          $0.answerQuality = 61
        },
      ],
      hot: [
        PublishableHotMatter(
          id: 9, track: .ordinary, title: PublishableText("花溪路修路"), topic: nil, areas: [DigestLabel("A", "A", "A")],
          channels: [DigestLabel("chat", "工作群", "chat")], people: 7, before: 2, again: 1)!
      ],
      state: DigestStoreState(event: 12, head: "00ab", submissions: 118, rules: "2025.7+00000000"))
  }

  static func issue(_ change: (inout DigestMaterial) -> Void = { _ in }, _ edit: (inout DigestEditing) -> Void = { _ in }) throws -> DigestIssue {
    var material = material
    change(&material)
    var editing = DigestEditing()
    edit(&editing)
    return try DigestIssue(material, edited: editing)
  }

  /// Files of a shipped template.
  static func shipped(_ name: String) throws -> [String: [UInt8]] {
    let folder = "rules/digest/\(name)"
    return Dictionary(
      try PackageRoot.files(below: folder).map { path in
        (path.split(separator: "/").last.map(String.init) ?? "", Array(try PackageRoot.bytes(path)))
      }
    ) { first, _ in first }
  }

  static func template(_ name: String = "monthly", _ change: (inout [String: [UInt8]]) -> Void = { _ in }) throws -> DigestTemplate {
    var files = try shipped(name)
    change(&files)
    return try DigestTemplate(name: name, files: files)
  }
}
