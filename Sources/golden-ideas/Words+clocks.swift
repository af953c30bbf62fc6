import Casework

/// Words for the codes of clocks and reminders.
extension Messages {
  func word(_ kind: ClockKind) -> String {
    switch kind {
    case .dispatch: self("派单时限", "dispatch clock")
    case .sign: self("签收时限", "signing clock")
    case .arrive: self("到场时限", "arrival clock")
    case .resolve: self("处置时限", "resolving clock")
    case .answer: self("答复时限", "answer clock")
    case .sendBack: self("退单时限", "return window")
    case .whole: self("全程时限", "end-to-end clock")
    }
  }

  func word(_ status: ClockReading.Status) -> String {
    switch status {
    case .waiting: self("未起算", "not started")
    case .running: self("计时中", "running")
    case .paused: self("暂停中", "paused")
    case .overdue: self("已逾期", "overdue")
    case .met: self("按时", "met")
    case .missed: self("超时", "missed")
    case .ended: self("已终止，不计", "ended, not counted")
    case .lapsed: self("已关闭", "shut")
    }
  }

  /// With the day's or the cause's name, where it has one.
  func word(_ what: ClockSpan.What) -> String {
    switch what {
    case .counted: self("计时", "counted")
    case .countedMadeUp(let name): named(self("调休上班，计时", "worked for a holiday, counted"), name)
    case .notBegun: self("尚未起算", "not begun")
    case .night: self("非办公时间", "outside office hours")
    case .weekend: self("周末", "weekend")
    case .holiday(let name): named(self("法定节假日", "public holiday"), name)
    case .local(let name): named(self("本地停工", "local day off"), name)
    case .paused(let cause): self("暂停：", "paused: ") + word(cause)
    }
  }

  private func named(_ word: String, _ name: String) -> String {
    name.isEmpty ? word : self("\(word)（\(name)）", "\(word) (\(name))")
  }

  func word(_ cause: PauseCause) -> String {
    switch cause {
    case .writer: self("等来件人补充", "waiting for the writer")
    case .returned: self("退单在途", "returned, not ordered again")
    }
  }

  func word(_ moment: ClockMoment) -> String {
    switch moment {
    case .submitted: self("提交", "submitted")
    case .received: self("收到", "received")
    case .dispatched: self("首次派单", "first dispatched")
    case .assigned: self("派到现承办单位", "ordered from the unit that has it")
    case .signed: self("签收", "signed")
    case .arrived: self("到场", "arrived")
    case .resolved: self("处置完成", "resolved")
    case .answered: self("答复", "answered")
    case .returned: self("退单", "returned")
    case .told: self("告知来件人", "writer told")
    case .closed: self("办结", "closed")
    case .rejected: self("不予受理", "rejected")
    case .merged: self("并案", "merged")
    }
  }

  func word(_ begin: ClockBegin) -> String {
    switch begin {
    case .moment: self("即时起算", "from that moment")
    case .workingMoment: self("从办公时间起算", "when offices are open")
    case .nextDay: self("次日起算", "from the next day")
    case .nextWorkingDay: self("次一工作日起算", "from the next working day")
    }
  }

  func word(_ end: ClockEnd) -> String {
    switch end {
    case .exact: self("到期即止", "to the moment")
    case .close: self("到当日下班", "to the close of business")
    case .workingDay: self("逢休息日顺延", "moved on to a working day")
    }
  }

  func word(_ unit: Allowance.Unit) -> String {
    switch unit {
    case .minutes: self("分钟", "minutes")
    case .hours: self("小时", "hours")
    case .days: self("天", "days")
    case .workingDays: self("个工作日", "working days")
    case .workingMinutes: self("分钟办公时间", "working minutes")
    case .workingHours: self("小时办公时间", "working hours")
    }
  }

  /// `30 分钟`, `1 working day`.
  func time(_ allowance: Allowance) -> String {
    language == .zh ? "\(allowance.amount) \(word(allowance.unit))" : allowance.text
  }

  /// Counted seconds as people say them: in whole days of their own kind where there are any, else hours and minutes.
  func duration(_ seconds: Int64, counting: CountedTime) -> String {
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60)
    // Office hours have no days of twenty-four: they stay hours.
    let isWhole = counting == .workingHours
    var parts: [String] = []
    if days > 0, !isWhole {
      let unit =
        counting == .workingDays
        ? self("个工作日", days == 1 ? "working day" : "working days") : self("天", days == 1 ? "day" : "days")
      parts.append("\(days) \(unit)")
    }
    let shownHours = isWhole ? seconds / 3600 : hours
    if shownHours > 0 { parts.append("\(shownHours) \(self("小时", "h"))") }
    if minutes > 0 || parts.isEmpty {
      parts.append(seconds > 0 && seconds < 60 ? self("不到 1 分钟", "less than 1 min") : "\(minutes) \(self("分钟", "min"))")
    }
    return parts.joined(separator: " ")
  }

  func word(_ recipient: ReminderRecipient) -> String {
    switch recipient {
    case .platform: self("平台审核员", "reviewers")
    case .unit: self("承办单位", "the unit")
    case .unitHead: self("单位负责人", "the head of the unit")
    case .lead: self("平台负责人", "the platform's lead")
    case .supervisor: self("督办员", "the supervisor")
    }
  }

  func word(_ act: ReminderRung.Act) -> String {
    switch act {
    case .letter: self("发信", "letter")
    case .urge: self("催办", "urge")
    case .proposeSupervision: self("提请督办", "propose supervision")
    }
  }

  /// `3 个工作日，首次派单起，到答复止；次一工作日起算`
  func rule(_ rule: ClockRule) -> String {
    let stops = rule.stops.map { word($0) }.joined(separator: self("、", ", "))
    var text = self(
      "\(time(rule.within))，从“\(word(rule.start))”起，到“\(stops)”止",
      "\(time(rule.within)), from \"\(word(rule.start))\" to \"\(stops)\"")
    if rule.begins != .moment { text += self("；", "; ") + word(rule.begins) }
    if rule.ends != .exact { text += self("；", "; ") + word(rule.ends) }
    for (cause, cap) in rule.pauses.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      let (why, most) = (word(cause), time(cap))
      text += self("；\(why)最多停 \(most)", "; \(why) stops it for \(most) at most")
    }
    return text
  }
}
