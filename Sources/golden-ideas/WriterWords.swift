package import Casework
package import Store
package import Suggestions

/// What a writer reads of a case, in plain words: on the slip, the status page and the telephone. Kind to the reader,
/// no words of the trade, nobody's name.
package struct WriterWords {
  package let language: Language
  /// The name of a unit that answers.
  private let unitName: (CaseHandler) -> String
  private let messages: Messages

  package init(language: Language, unitName: @escaping (CaseHandler) -> String) {
    self.language = language
    self.unitName = unitName
    messages = Messages(language: language)
  }

  // MARK: Where it is

  package func headline(_ status: WriterStatus) -> String {
    switch status.stage {
    case .received: messages("已收到，等待审核。", "We have it; it waits to be looked at.")
    case .considered: messages("正在审核，确定由谁来办。", "We are looking at it and finding out who can act.")
    case .assigned: messages("已转交责任单位，正在办理。", "It is with those who can act.")
    case .waiting: messages("办理需要您补充一点情况。", "To go on, we need something from you.")
    case .answered: messages("已有答复。", "There is an answer.")
    case .closed: messages("已经办结。", "It is done.")
    case .notTakenUp: messages("没有受理。", "It was not taken up.")
    case .restricted: messages("已由专人办理。", "Designated staff are dealing with it.")
    }
  }

  /// Everything there is to say now, a sentence or two a line, the headline first.
  package func lines(_ status: WriterStatus) -> [String] {
    var lines = [headline(status)]
    if let reason = status.rejection { lines.append(sentence(reason)) }
    if let question = status.question {
      lines.append(messages("请补充：", "Please tell us: ") + question.text)
      lines.append(messages("凭回执码告诉驿站保管人，或打平台电话。", "Tell the station's keeper or call the platform; have this code at hand."))
    }
    if let promise = status.promise { lines.append(sentence(promise)) }
    if let extra = status.extra {
      lines.append(messages("事情需要更多时间，已延长\(duration(extra))。", "It takes longer: \(duration(extra)) more were granted."))
    }
    if let answer = status.answer {
      lines.append("\(answerer(answer))\(messages("（\(day(answer.at))）：", " (\(day(answer.at))): "))\(answer.text)")
      if let outcome = answer.outcome { lines.append(sentence(outcome)) }
    } else if status.stage == .answered {
      lines.append(messages("专人会当面或打电话告诉您，这里不显示内容。", "Designated staff tell you themselves; it is not shown here."))
    }
    if status.isJoined {
      lines.append(
        messages("同一件事还有别人反映，合在一起办；答复对每个人都一样。", "Others wrote of the same matter; it is handled as one, with one answer for all."))
    }
    if !status.parts.isEmpty {
      lines.append(
        messages(
          "您写的不止一件事：另外 \(status.parts.count) 件分开办理，各有进展。",
          "You wrote of more than one thing: \(status.parts.count) more are handled apart, each on its own."))
    }
    if let followUp = status.followUp { lines += sentences(followUp) }
    return lines
  }

  package func step(_ what: WriterStatus.Step.What) -> String {
    switch what {
    case .received: messages("收到", "received")
    case .considered: messages("开始审核", "looked at")
    case .merged: messages("与同一件事合办", "joined with the same matter")
    case .assigned: messages("转交责任单位", "handed to those who can act")
    case .asked: messages("请您补充", "you were asked")
    case .resumed: messages("继续办理", "went on")
    case .extended: messages("延长时间", "more time granted")
    case .answered: messages("答复", "answered")
    case .closed: messages("办结", "done")
    case .notTakenUp: messages("没有受理", "not taken up")
    case .reopened: messages("重新办理", "taken up again")
    case .restricted: messages("专人办理", "with designated staff")
    case .split: messages("分成几件办理", "taken up as several matters")
    }
  }

  private func answerer(_ answer: WriterStatus.Answer) -> String {
    answer.unit.map { messages("\(unitName($0))答复", "\(unitName($0)) answered") } ?? messages("平台答复", "The platform answered")
  }

  // MARK: Sentences

  private func sentence(_ promise: WriterStatus.Promise) -> String {
    let end = deadline(promise.by)
    let doubt = promise.isProvisional ? messages("（暂定，那时的放假安排还没公布）", " (provisional: that year's holidays are not announced)") : ""
    if promise.isPaused {
      return messages("等您补充的时间不计；按现在算，\(end)答复\(doubt)。", "The time stands still while we wait for you; as it stands, you will have an answer \(end)\(doubt).")
    }
    return promise.isLate
      ? messages("本应\(end)答复，已经晚了。", "An answer was due \(end) and is late.")
      : messages("\(end)答复\(doubt)。", "You will have an answer \(end)\(doubt).")
  }

  private func sentences(_ followUp: WriterStatus.FollowUp) -> [String] {
    let end = day(followUp.until)
    if followUp.isRated { return [messages("您已评价，谢谢。", "You have rated it; thank you.")] }
    return [
      followUp.mayReopen
        ? messages("没解决或不满意，\(end)以前凭回执码可以要求重办，也请评价。", "Not solved, or not content? Until \(end) you can have it taken up again with this code, and rate it.")
        : messages("\(end)以前凭回执码可以评价。", "Until \(end) you can rate it with this code.")
    ]
  }

  private func sentence(_ outcome: CaseOutcome) -> String {
    switch outcome {
    case .solved: messages("结果：已经解决。", "Outcome: solved.")
    case .planned: messages("结果：正在解决，或已列入计划。", "Outcome: under way, or planned.")
    case .later: messages("结果：眼下条件不够，留待以后。", "Outcome: not possible yet, kept for later.")
    case .reference: messages("结果：留作参考。", "Outcome: kept for reference.")
    }
  }

  /// Says where else to go, wherever there is such a place.
  package func sentence(_ reason: RejectionReason) -> String {
    switch reason {
    case .insult: messages("来件里没有看到可以办的事。换个说法再写一次，我们照办。", "We found nothing to act on in it. Write again what should be done, and we will.")
    case .advertisement: messages("来件像是广告，这里只办意见和建议。", "It reads like an advertisement; this place is for suggestions.")
    case .otherRegion: messages("事情不在本市，请打当地的 12345。", "It is in another city; call 12345 there.")
    case .inCourt: messages("事情已在诉讼、仲裁或信访程序里，请等那边的结果。", "It is before a court, an arbitration or the petition office; their result stands.")
    case .noRequest: messages("没看明白要办什么。写明地点和希望怎么办，再交一次就行。", "We could not tell what should be done. Write where it is and what you want, and hand it in again.")
    case .discipline: messages("属于纪检监察受理范围，请打 12388。", "This is for discipline inspection; call 12388.")
    case .emergencyLine: messages("紧急情况请直接打 110、119、120 或 122，比这里快。", "In an emergency call 110, 119, 120 or 122; they are faster.")
    case .answeredBefore: messages("同一件事答复过，没有新的情况。有新情况请再写。", "The same was answered before and nothing is new. If something is, write again.")
    case .stateSecret: messages("这类内容不能在这里办理。", "Matters of this sort cannot be handled here.")
    case .privateDispute: messages("属于民事纠纷，可以打 12348 法律服务热线，或找社区调解。", "It is a dispute between citizens; 12348 gives legal advice, the community mediates.")
    case .other: messages("不属于这里办理的范围。想知道原因，请凭回执码来问。", "It is not for this place. Ask with this code why.")
    }
  }

  // MARK: Times

  /// `2025年7月3日`
  package func day(_ moment: Int64) -> String {
    let time = CivilTime(moment)
    return messages("\(time.year)年\(time.month)月\(time.day)日", "\(time.day) \(WriterWords.months[time.month - 1]) \(time.year)")
  }

  /// `2025年7月3日 17:30 前`; what ends at midnight ends with the day before.
  package func deadline(_ moment: Int64) -> String {
    let time = CivilTime(moment)
    if time.hour == 0, time.minute == 0 {
      return messages("\(day(moment - 1))当天内", "by the end of \(day(moment - 1))")
    }
    return messages("\(day(moment)) \(clock(time)) 前", "by \(clock(time)) on \(day(moment))")
  }

  /// `2025年7月3日 14:20`
  package func moment(_ moment: Int64) -> String {
    let time = CivilTime(moment)
    return messages("\(day(moment)) \(clock(time))", "\(day(moment)), \(clock(time))")
  }

  private func clock(_ time: CivilTime) -> String {
    "\(time.hour < 10 ? "0" : "")\(time.hour):\(time.minute < 10 ? "0" : "")\(time.minute)"
  }

  private func duration(_ extra: Allowance) -> String {
    let unit =
      switch extra.unit {
      case .minutes: "分钟"
      case .hours: "小时"
      case .days: "天"
      case .workingDays: "个工作日"
      case .workingMinutes: "分钟（办公时间）"
      case .workingHours: "个工作小时"
      }
    return messages(" \(extra.amount) \(unit)", extra.text)
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
}

extension WriterWords {
  /// The documented shape, for the status page, the kiosk and `status --json`; all times RFC 3339, what does not apply
  /// is null:
  ///
  ///     receipt    GI-XXXX-XXXX-C
  ///     stage      received considered assigned waiting answered closed not-taken-up restricted
  ///     headline   the stage as a sentence
  ///     lines      all that is to be said, the headline first
  ///     joined     handled together with what others wrote
  ///     steps      [{step at words}]; step is received considered merged assigned asked resumed extended answered
  ///                closed not-taken-up reopened restricted split
  ///     promise    {by provisional late paused}
  ///     extra      more time granted, as `5 working days`
  ///     question   {at text}
  ///     answer     {at text unit outcome}; unit is {code name}, null where the platform answered; outcome A to D
  ///     reason     code of why it was not taken up
  ///     follow_up  {until reopen rated}
  ///     parts      [{receipt stage headline lines}]: matters that were split out of it
  package func write(
    _ status: WriterStatus, receipt: String, parts: [WriterPart] = [], to root: inout JSONWriter
  ) {
    root.field("receipt", receipt)
    root.field("stage", status.stage.code)
    root.field("headline", headline(status))
    root.array("lines") { list in for line in lines(status) { list.field(nil, line) } }
    root.field("joined", status.isJoined)
    root.array("steps") { list in
      for step in status.steps {
        list.object {
          $0.field("step", step.what.code)
          $0.field("at", LocalTime.rfc3339(step.at))
          $0.field("words", self.step(step.what))
        }
      }
    }
    write("promise", status.promise, to: &root) { object, promise in
      object.field("by", LocalTime.rfc3339(promise.by))
      object.field("provisional", promise.isProvisional)
      object.field("late", promise.isLate)
      object.field("paused", promise.isPaused)
    }
    root.field("extra", status.extra?.text)
    write("question", status.question, to: &root) { object, question in
      object.field("at", LocalTime.rfc3339(question.at))
      object.field("text", question.text)
    }
    write("answer", status.answer, to: &root) { object, answer in
      object.field("at", LocalTime.rfc3339(answer.at))
      object.field("text", answer.text)
      write("unit", answer.unit, to: &object) { unit, handler in
        unit.field("code", handler.unit)
        unit.field("name", unitName(handler))
      }
      object.field("outcome", answer.outcome?.code)
    }
    root.field("reason", status.rejection?.code)
    write("follow_up", status.followUp, to: &root) { object, followUp in
      object.field("until", LocalTime.rfc3339(followUp.until))
      object.field("reopen", followUp.mayReopen)
      object.field("rated", followUp.isRated)
    }
    root.array("parts") { list in
      for part in parts {
        list.object {
          $0.field("receipt", part.receipt)
          $0.field("stage", part.status.stage.code)
          $0.field("headline", headline(part.status))
          $0.array("lines") { list in for line in lines(part.status) { list.field(nil, line) } }
        }
      }
    }
  }

  private func write<Value>(
    _ key: String, _ value: Value?, to writer: inout JSONWriter, _ content: (inout JSONWriter, Value) -> Void
  ) {
    guard let value else { return writer.null(key) }
    writer.object(key) { content(&$0, value) }
  }
}
