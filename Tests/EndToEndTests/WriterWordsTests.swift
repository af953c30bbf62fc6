import Casework
import Suggestions
import TestSupport
import Testing
import golden_ideas

/// Plain words for every stage, reason and time, in both languages.
struct WriterWordsTests {
  static let now: Int64 = 1_751_335_200  // 2025-07-01T10:00+08:00
  static let clocks = ClockBook(
    inForce: ["m"],
    sets: [
      ClockSet(
        id: "s", model: "m",
        rules: [
          ClockRule(
            .answer, within: Allowance(2, .days), start: .dispatched, stops: [.answered], pauses: [.writer: Allowance(5, .days)])
        ])
    ])

  struct Act {
    var action: CaseAction
    var role: CaseRole
    var before: CaseState
    var after: CaseState
    var details = CaseDetails()

    init(
      _ action: CaseAction, _ role: CaseRole, _ before: CaseState, _ after: CaseState,
      _ fill: (inout CaseDetails) -> Void = { _ in }
    ) {
      (self.action, self.role, self.before, self.after) = (action, role, before, after)
      fill(&details)
    }
  }

  /// The status after acts a minute apart.
  static func status(_ acts: [Act], after seconds: Int64 = 7200) throws -> WriterStatus {
    var history = CaseHistory(CaseOpening(kind: .fault, regions: ["4307"], receivedAt: now))
    for (place, act) in acts.enumerated() {
      history.append(
        CaseEvent(
          number: place + 1, actor: "王科长", role: act.role, unit: CaseHandler(unit: "housing"),
          at: now + Int64(place) * 60, action: act.action, before: act.before, after: act.after, details: act.details))
    }
    let calendar = WorkingCalendar(
      try CalendarBook(yaml: PackageRoot.bytes("rules/calendar.yaml"), file: "calendar.yaml"))
    return try WriterStatus(
      of: history, limits: CaseLimits(), clocks: clocks, calendar: calendar, asOf: now + seconds)
  }

  static let dispatch = Act(.dispatch, .moderator, .pending, .dispatched) {
    $0.handler = CaseHandler(unit: "housing")
  }
  static let sign = Act(.sign, .department, .dispatched, .signed)

  static func lines(_ status: WriterStatus, _ language: Language = .zh) -> [String] {
    PrintedPageTests.words(language).lines(status)
  }

  @Test func aPromiseIsADay() throws {
    let status = try Self.status([Self.dispatch])
    #expect(Self.lines(status) == ["已转交责任单位，正在办理。", "2025年7月3日 10:00 前答复。"])
    #expect(Self.lines(status, .en)[1] == "You will have an answer by 10:00 on 3 July 2025.")
    let late = try Self.status([Self.dispatch], after: 9 * 86_400)
    #expect(Self.lines(late)[1] == "本应2025年7月3日 10:00 前答复，已经晚了。")
  }

  @Test func aQuestionIsAsked() throws {
    let asked = try Self.status([Self.dispatch, Self.sign, Act(.askWriter, .department, .signed, .signed) { $0.text = "哪一段？" }])
    #expect(Self.lines(asked)[1] == "请补充：哪一段？" && Self.lines(asked).count == 4)
    #expect(Self.lines(asked)[3].hasPrefix("等您补充的时间不计"))
  }

  @Test func anAnswerNamesTheUnitAndNobody() throws {
    let status = try Self.status([
      Self.dispatch, Self.sign,
      Act(.answer, .department, .signed, .answered) {
        $0.text = "已更换"
        $0.outcome = .solved
      },
      Act(.tell, .system, .answered, .answered) { $0.text = "x" },
    ])
    #expect(Self.lines(status) == ["已有答复。", "单位 housing答复（2025年7月1日）：已更换", "结果：已经解决。"])
    #expect(!"\(status)".contains("王科长"))
    var json = JSONWriter()
    json.object { PrintedPageTests.words().write(status, receipt: "GI-XNBN-QMM2-E", to: &$0) }
    let value = try JSONValue(.init(json.text.utf8))
    #expect(
      value.keys == [
        "receipt", "stage", "headline", "lines", "joined", "steps", "promise", "extra", "question", "answer", "reason",
        "follow_up", "parts",
      ])
    #expect(value["stage"].text == "answered" && value["answer"]["unit"]["code"].text == "housing")
    #expect(value["answer"]["outcome"].text == "A" && value["promise"] == .null)
    #expect(value["steps"].list.map { $0["step"].text } == ["received", "assigned", "answered"])
  }

  @Test(arguments: RejectionReason.allCases) func everyReasonIsASentence(_ reason: RejectionReason) {
    let chinese = PrintedPageTests.words().sentence(reason)
    let english = PrintedPageTests.words(.en).sentence(reason)
    #expect(chinese.hasSuffix("。") && english.hasSuffix(".") && english.unicodeScalars.allSatisfy { $0.isASCII })
  }

  @Test(arguments: WriterStatus.Step.What.allCases) func everyStepHasWords(_ what: WriterStatus.Step.What) {
    #expect(!PrintedPageTests.words().step(what).isEmpty)
    #expect(PrintedPageTests.words(.en).step(what).unicodeScalars.allSatisfy { $0.isASCII })
  }

  /// What ends at midnight ends with the day before.
  @Test func midnightIsTheDayBefore() {
    #expect(PrintedPageTests.words().deadline(1_751_385_600) == "2025年7月1日当天内")
    #expect(PrintedPageTests.words(.en).deadline(1_751_385_600) == "by the end of 1 July 2025")
    #expect(PrintedPageTests.words().deadline(1_751_385_660) == "2025年7月2日 00:01 前")
  }
}
