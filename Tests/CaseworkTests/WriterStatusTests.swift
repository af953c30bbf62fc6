import Suggestions
import TestSupport
import Testing

import Casework

/// What the writer sees of a case, from the receipt to the answer, and what never.
struct WriterStatusTests {
  typealias Story = CaseHistoryTests.Story

  static let limits = CaseLimits(undoWindows: [.reject: 1_800, .merge: 7 * 86_400])

  // Read once: the random stories ask for them thousands of times.
  private static let clocks = Result { try ClockSample.clocks() }
  private static let calendar = Result { try ClockSample.calendar() }

  /// The status so many minutes after the last act.
  static func status(
    _ story: Story, after minutes: Int64 = 60, with other: Story? = nil, received: Int64? = nil, isJoined: Bool = false
  ) throws -> WriterStatus {
    let moment = max(story.moment, other?.moment ?? 0) + minutes * 60
    return try WriterStatus(
      of: story.history, handledWith: other?.history, received: received, isJoined: isJoined, limits: limits,
      clocks: try clocks.get(), calendar: try calendar.get(), asOf: moment)
  }

  static func steps(_ status: WriterStatus) -> [String] { status.steps.map(\.what.code) }

  /// Ordered, signed and answered, the answer told.
  static func told(_ opening: CaseOpening = CaseSample.opening()) throws -> Story {
    var story = Story(opening)
    try story.act(.dispatch, .moderator) { $0.handler = CaseSample.housing }
    try story.act(.sign, .department, name: "王科长")
    try story.act(.resolve, .department) { $0.proofs = ["after.jpg"] }
    try story.act(.answer, .department, name: "王科长") {
      $0.text = "已更换井盖"
      $0.outcome = .solved
    }
    try story.act(.tell, .system) { $0.text = "您反映的井盖已更换。" }
    return story
  }

  @Test func aCaseGoesItsWay() throws {
    var story = Story()
    #expect(try Self.status(story).stage == .received)
    try story.act(.claim, .moderator) { $0.until = CaseSample.now + 1_200 }
    #expect(try Self.status(story).stage == .considered)
    try story.act(.dispatch, .moderator) { $0.handler = CaseSample.housing }
    let assigned = try Self.status(story)
    #expect(assigned.stage == .assigned && assigned.answer == nil)
    // Three working days from the next one, to the close of business.
    #expect(ClockSample.text(assigned.promise?.by) == "2025-07-04T17:30")
    #expect(assigned.promise?.isProvisional == false && assigned.promise?.isLate == false)
    try story.act(.sign, .department)
    try story.act(.resolve, .department) { $0.proofs = ["after.jpg"] }
    try story.act(.answer, .department) { $0.text = "已更换井盖" }
    // An answer nobody has told may still be sent back.
    #expect(try Self.status(story).stage == .assigned)
    try story.act(.tell, .system) { $0.text = "您反映的井盖已更换。" }
    let answered = try Self.status(story)
    #expect(answered.stage == .answered && answered.promise == nil && answered.followUp == nil)
    #expect(answered.answer?.text == "已更换井盖" && answered.answer?.unit == CaseSample.housing)
    try story.act(.close, .moderator)
    let closed = try Self.status(story)
    #expect(closed.stage == .closed && closed.answer == answered.answer)
    #expect(closed.followUp?.until == story.moment + Self.limits.reopenWindow)
    #expect(closed.followUp?.mayReopen == true && closed.followUp?.isRated == false)
    #expect(Self.steps(closed) == ["received", "considered", "assigned", "answered", "closed"])
    #expect(closed.steps.map(\.at) == closed.steps.map(\.at).sorted())
    try story.act(.callBack, .writer) { $0.callBack = CallBackResult(isSolved: .yes, isSatisfied: .yes) }
    #expect(try Self.status(story).followUp?.isRated == true)
    #expect(try Self.status(story, after: 31 * 1440).followUp == nil)
    try story.act(.archive, .system)
    #expect(try Self.status(story).stage == .closed)
  }

  @Test func whatUnitsDoAmongThemselvesIsNotSeen() throws {
    var story = Story()
    try story.act(.dispatch, .moderator) { $0.handler = CaseSample.housing }
    let before = try Self.status(story, after: 2000)
    try story.act(.sendBack, .department) {
      $0.reason = "不归我们管"
      $0.basis = "职责清单"
      $0.proposedOwner = CaseSample.power
    }
    #expect(try Self.status(story).stage == .assigned)
    try story.act(.note, .moderator) { $0.text = "踢皮球" }
    try story.act(.dispatch, .moderator) { $0.handler = CaseSample.power }
    try story.act(.supervise, .lead) { $0.reason = "拖延" }
    let after = try Self.status(story)
    #expect(Self.steps(after) == Self.steps(before) && after.steps == before.steps)
    try story.act(.recall, .moderator) { $0.reason = "派错" }
    #expect(try Self.status(story).steps == before.steps)
  }

  @Test func anOrderTakenBackNeverWas() throws {
    var story = try CaseHistoryTests.dispatched()
    #expect(Self.steps(try Self.status(story)) == ["received", "assigned"])
    try story.act(.recall, .moderator) { $0.reason = "派错" }
    let status = try Self.status(story)
    #expect(status.stage == .considered && Self.steps(status) == ["received"])
    #expect(status.promise == nil)
  }

  @Test func whatCanBeTakenBackIsNotShown() throws {
    var story = Story()
    try story.act(.reject, .moderator) {
      $0.rejection = .inCourt
      $0.reason = "来件人情绪激动"
    }
    #expect(try Self.status(story, after: 30).stage == .received)
    let out = try Self.status(story, after: 31)
    #expect(out.stage == .notTakenUp && out.rejection == .inCourt && out.answer == nil)
    #expect(Self.steps(out) == ["received", "not-taken-up"])
    // A later act that can be undone keeps it back no less, as both can be; one that cannot be lets it go.
    var archived = story
    try archived.act(.archive, .system, after: 1)
    #expect(try Self.status(archived, after: 1).stage == .received)
    try story.act(.tell, .moderator, after: 1) { $0.text = "请向法院反映" }
    #expect(try Self.status(story, after: 0).stage == .notTakenUp)
    try story.act(.reconsider, .lead, after: 60) { $0.reason = "新证据" }
    let again = try Self.status(story)
    #expect(again.stage == .considered && again.rejection == nil)
    #expect(Self.steps(again) == ["received", "not-taken-up", "reopened"])
  }

  @Test func undoneActsNeverWere() throws {
    var story = Story()
    try story.act(.merge, .moderator) {
      $0.target = 7
      $0.reason = "同一个坑"
    }
    try story.act(.undo, .moderator) {
      $0.undoes = 1
      $0.reason = "看错"
    }
    #expect(try Self.status(story) == Self.status(Story()))
  }

  @Test func theQuestionIsShownAndStopsTheClock() throws {
    var story = try CaseHistoryTests.dispatched()
    try story.act(.sign, .department)
    try story.act(.askWriter, .department) { $0.text = "是哪一个路口？" }
    let asked = try Self.status(story)
    #expect(asked.stage == .waiting && asked.question?.text == "是哪一个路口？" && asked.promise?.isPaused == true)
    try story.act(.resume, .writer)
    let resumed = try Self.status(story)
    #expect(resumed.stage == .assigned && resumed.question == nil && resumed.promise?.isPaused == false)
    #expect(Self.steps(resumed) == ["received", "assigned", "asked", "resumed"])
  }

  @Test func moreTimeIsAnnounced() throws {
    var story = try CaseHistoryTests.dispatched()
    let first = try #require(try Self.status(story).promise)
    try story.act(.sign, .department)
    try story.act(.askExtension, .department) {
      $0.reason = "等配件"
      $0.extra = Allowance(5, .workingDays)
    }
    #expect(try Self.status(story).extra == nil)
    try story.act(.grantExtension, .moderator) { $0.extra = Allowance(5, .workingDays) }
    #expect(try Self.status(story, after: 5).extra == nil)
    let status = try Self.status(story)
    #expect(status.extra == Allowance(5, .workingDays) && Self.steps(status).last == "extended")
    #expect(try #require(status.promise).by > first.by)
    #expect(try Self.status(story, after: 60 * 24 * 40).promise?.isLate == true)
  }

  @Test func anAnswerThatIsSentBackIsWithdrawn() throws {
    var story = try Self.told()
    try story.act(.refuseAnswer, .lead) { $0.reason = "没有修好" }
    let status = try Self.status(story)
    #expect(status.stage == .assigned && status.answer == nil && status.followUp == nil)
    #expect(Self.steps(status) == ["received", "assigned", "answered", "reopened"])
  }

  @Test func theWriterOpensItAgain() throws {
    var story = try Self.told()
    try story.act(.close, .moderator)
    try story.act(.reopen, .writer, after: 1440) { $0.reason = "又塌了" }
    // At once, though a reviewer could still undo it.
    let status = try Self.status(story, after: 0)
    #expect(status.stage == .assigned && status.answer == nil && status.promise != nil)
    #expect(Self.steps(status) == ["received", "assigned", "answered", "closed", "reopened"])
  }

  @Test func whatIsMergedShowsTheOtherOnesStage() throws {
    var own = Story()
    try own.act(.claim, .moderator) { $0.until = CaseSample.now + 600 }
    try own.act(.merge, .moderator) {
      $0.target = 7
      $0.reason = "同一个坑"
    }
    let unknown = try Self.status(own)
    #expect(unknown.stage == .considered && unknown.isJoined)
    #expect(Self.steps(unknown) == ["received", "considered", "merged"])

    var other = Story()
    other.moment -= 86_400
    try other.act(.dispatch, .moderator) { $0.handler = CaseSample.housing }
    try other.act(.sign, .department)
    try other.act(.askWriter, .department) { $0.text = "您的电话？" }
    let waiting = try Self.status(own, with: other)
    // Whom it was asked of answers it.
    #expect(waiting.stage == .assigned && waiting.question == nil)

    let told = try Self.status(own, with: Self.told())
    #expect(told.stage == .answered && told.answer?.text == "已更换井盖")
    #expect(Set(Self.steps(told)) == ["received", "considered", "merged", "assigned", "answered"])
    #expect(told.steps.map(\.at) == told.steps.map(\.at).sorted())

    try own.act(.unmerge, .moderator) { $0.reason = "另一个坑" }
    let parted = try Self.status(own, with: other)
    #expect(parted.stage == .considered && !parted.isJoined && Self.steps(parted) == ["received", "considered"])
  }

  @Test func aJoinedReceiptHasItsOwnDate() throws {
    let story = try Self.told()
    let late = story.moment + 3600
    let status = try Self.status(story, after: 120, received: late, isJoined: true)
    #expect(status.isJoined && status.steps.last == WriterStatus.Step(.received, at: late))
    #expect(status.stage == .answered)
  }

  @Test func thanksAreAnAnswerOfThePlatform() throws {
    var story = Story(CaseSample.opening(.contribution))
    try story.act(.thank, .moderator) { $0.text = "谢谢您" }
    #expect(try Self.status(story, after: 5).stage == .received)
    let status = try Self.status(story)
    #expect(status.stage == .closed && status.answer?.text == "谢谢您" && status.answer?.unit == nil)
    // Nothing to do again.
    #expect(status.followUp?.mayReopen == false && status.promise == nil)
  }

  /// What was split out is told when it cannot be taken back any more, and never of the sensitive track.
  @Test func partsAreToldWhenTheyStand() throws {
    var story = Story()
    try story.act(.split, .moderator) {
      $0.parts = [8, 9]
      $0.reason = "内部理由"
    }
    let early = try Self.status(story, after: 5)
    #expect(early.parts.isEmpty && early.stage == .received)
    let status = try Self.status(story)
    #expect(status.parts == [8, 9] && status.stage == .considered && Self.steps(status) == ["received", "split"])
    try story.act(.undo, .moderator) { ($0.undoes, $0.reason) = (1, "看错了") }
    #expect(try Self.status(story).parts.isEmpty)
    var sensitive = Story(CaseSample.opening(.fault, .sensitive))
    try sensitive.act(.split, .moderator) { ($0.parts, $0.reason) = ([8], "两件事") }
    let guarded = try Self.status(sensitive)
    #expect(guarded.parts.isEmpty && Self.steps(guarded) == ["received", "restricted"])
  }

  @Test func theSensitiveTrackSaysThreeThings() throws {
    var story = Story(CaseSample.opening(.fault, .sensitive))
    #expect(try Self.status(story).stage == .received)
    try story.act(.dispatch, .moderator) { $0.handler = CaseSample.housing }
    try story.act(.sign, .department)
    try story.act(.askWriter, .department) { $0.text = "伤得重吗？" }
    let status = try Self.status(story)
    #expect(status.stage == .restricted && Self.steps(status) == ["received", "restricted"])
    #expect(status.question == nil && status.promise == nil)

    var told = try Self.told(CaseSample.opening(.fault, .sensitive))
    try told.act(.close, .moderator)
    let answered = try Self.status(told)
    #expect(answered.stage == .answered && answered.answer == nil && answered.followUp == nil)
    #expect(Self.steps(answered) == ["received", "restricted", "answered"])

    // Diverted in the middle: what was open to see is no longer.
    var diverted = try Self.told()
    try diverted.act(.divert, .moderator) { $0.reason = "涉伤害" }
    #expect(try Self.status(diverted).answer == nil)
    // A rejection nobody has told is not called an answer.
    var rejected = Story(CaseSample.opening(.fault, .sensitive))
    try rejected.act(.reject, .moderator) {
      $0.rejection = .discipline
      $0.reason = "转纪委"
    }
    let refused = try Self.status(rejected)
    #expect(refused.stage == .restricted && refused.rejection == nil)
    // Merged into a sensitive one it is as guarded.
    var own = Story()
    try own.act(.merge, .moderator) {
      $0.target = 7
      $0.reason = "同一件"
    }
    #expect(try Self.status(own, with: told).answer == nil)
  }

  /// After any acts: no word of staff is in what the writer sees but the answer's and the question's.
  @Test func nothingInnerIsSeenAfterAnyActs() throws {
    var generator = SeededGenerator(7)
    for _ in 0..<300 {
      var story = Story(CaseSample.opening(.allCases[Int(generator.next() % 6)], .ordinary))
      for _ in 0..<25 {
        let action = CaseAction.allCases[Int(generator.next() % UInt64(CaseAction.allCases.count))]
        let role = CaseRole.allCases[Int(generator.next() % UInt64(CaseRole.allCases.count))]
        let last = try story.file.lastDecision?.number
        let until = story.moment + 3600
        _ = try? story.act(action, role, after: Int64(generator.next() % 40), name: "姓名内部") {
          $0 = CaseSample.details
          $0.reason = "内部理由"
          $0.basis = "内部依据"
          $0.text = action == .answer || action == .reply || action == .thank || action == .askWriter ? "公开" : "内部"
          $0.until = until
          $0.undoes = last
        }
        let status = try Self.status(story, after: Int64(generator.next() % 90))
        let seen = "\(status)"
        #expect(!seen.contains("内部"), "\(seen)")
        #expect(status.steps.first?.what == .received)
        let isOpen = try story.file.track == .ordinary
        #expect((status.answer != nil) == (isOpen && (status.stage == .answered || status.stage == .closed)))
        #expect((status.question != nil) == (status.stage == .waiting))
        #expect((status.rejection != nil) == (status.stage == .notTakenUp))
        #expect(isOpen || [.received, .restricted, .answered].contains(status.stage))
      }
    }
  }
}
