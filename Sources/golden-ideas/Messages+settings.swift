import Casework

/// What is wrong with the casework's data files.
extension Messages {
  func casework(_ fault: CaseworkFault, folder: String) -> String {
    let lines = fault.faults.flatMap { file in file.problems.map { "  " + problem($0, of: file.file, folder: folder) } }
    let head = self("办理规则有 \(lines.count) 处错误，未启用：", "the casework's settings have \(lines.count) faults and are not used:")
    let rest = self("  ……用 golden-ideas rules check 看全部", "  … golden-ideas rules check shows all")
    return ([head] + lines.prefix(20) + (lines.count > 20 ? [rest] : [])).joined(separator: "\n")
  }

  func problem(_ problem: SettingProblem, of file: String, folder: String) -> String {
    "\(folder)/\(file):\(problem.line): " + words(problem.fact)
  }

  func words(_ fact: SettingProblem.Fact) -> String {
    switch fact {
    case .missingFile: self("缺少这个文件", "the file is missing")
    case .notUTF8: self("不是 UTF-8", "not UTF-8")
    case .notYAML(let words): self("语法：\(words)", "syntax: \(words)")
    case .missingKey(let key): self("缺少 \(key)", "\(key) is missing")
    case .unknownKey(let key): self("不认识的键 \(key)", "unknown key \(key)")
    case .repeatedKey(let key): self("键 \(key) 重复", "key \(key) stands twice")
    case .wrongType(let key, let expected):
      key.isEmpty
        ? self("应为 \(expected)", "must be a \(expected)") : self("\(key) 应为 \(expected)", "\(key) must be \(expected)")
    case .unknownCode(let key, let code): self("\(key) 里没有代码 \(code)", "\(key) has no code \(code)")
    case .unreadableDate(let key, let text):
      self("\(key) 不是日期：\(text)，应如 2026-02-14", "\(key) is no date: \(text); write 2026-02-14")
    case .unreadableHours(let text):
      self("读不懂的办公时间 \(text)，应如 08:30-12:00", "office hours \(text) cannot be read; write 08:30-12:00")
    case .disorderedHours(let text): self("办公时间 \(text) 颠倒或重叠", "office hours \(text) run backwards or overlap")
    case .unreadableTime(let key, let text):
      self(
        "\(key) 不是可用的时长：\(text)，应如 30 minutes、2 hours、7 days、5 working days",
        "\(key) is no time that can be used: \(text); write 30 minutes, 2 hours, 7 days or 5 working days")
    case .outOfRange(let key, let text): self("\(key) 超出范围：\(text)", "\(key) is out of range: \(text)")
    case .contradictoryDay(let day): self("\(day) 写了两次，或又放又上", "\(day) stands twice, or is both off and worked")
    case .strayDay(let day): self("\(day) 不在这一年前后", "\(day) lies in no year beside this one")
    case .repeatedName(let key, let name): self("\(key) \(name) 重复", "\(key) \(name) stands twice")
    case .unknownModel(let name): self("没有办法 \(name)", "no model named \(name)")
    case .endsBeforeItBegins: self("until 早于 from，永远无效", "until lies before from: never in force")
    case .standsStill(let moment): self("起和止都是 \(moment)", "starts and stops at \(moment)")
    case .notOneOf(let keys):
      self("\(keys.joined(separator: "、")) 要写而且只能写一个", "write exactly one of \(keys.joined(separator: ", "))")
    case .neverHappens(let code):
      self(
        "\(code) 永远轮不到：前面有一行全包了，或者这种时限不会逾期",
        "\(code) never happens: a line before it takes every case, or its clocks are never overdue")
    }
  }
}
