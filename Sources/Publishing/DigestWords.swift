internal import Suggestions

/// How an issue writes numbers, times and what it hides, in one language. The same everywhere: no locale.
struct DigestWords: Sendable {
  let language: DigestLanguage
  /// Plots are SVG: in a page they are drawn, elsewhere their words stand for them.
  var isPage = false

  func callAsFunction(_ chinese: String, _ english: String) -> String { language == .zh ? chinese : english }

  func text(_ label: DigestLabel) -> String { label.text(in: language) }

  // MARK: numbers

  func number(_ value: Int) -> String {
    var digits = Array(String(value.magnitude))
    var index = digits.count - 3
    while index > 0 {
      digits.insert(",", at: index)
      index -= 3
    }
    return (value < 0 ? "−" : "") + String(digits)
  }

  /// Tenths as a decimal: 915 is 91.5.
  func tenths(_ value: Int) -> String {
    "\(value < 0 ? "−" : "")\(number(Int(value.magnitude / 10))).\(value.magnitude % 10)"
  }

  func share(_ part: Int, of whole: Int) -> String {
    // Halves go up, in whole numbers.
    tenths((part * 2_000 + whole) / (whole * 2)) + "%"
  }

  func duration(_ seconds: Int) -> String {
    let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60)
    guard seconds >= 60 else { return self("不到 1 分钟", "under 1 min") }
    var parts: [String] = []
    if hours > 0 { parts.append(self("\(number(hours)) 小时", "\(number(hours)) h")) }
    if minutes > 0 { parts.append(self("\(minutes) 分钟", "\(minutes) min")) }
    return parts.joined(separator: " ")
  }

  // MARK: cells

  func value(_ cell: DigestCell) -> String {
    switch cell {
    case .hidden: self("＊", "*")
    case .missing: self("无数据", "no data")
    case .shown(.count(let count)): number(count)
    case .shown(.share(let part, let whole)): whole == 0 ? "—" : share(part, of: whole)
    case .shown(.seconds(let seconds, _)): seconds.map(duration) ?? "—"
    }
  }

  /// What it was made from: `57/60`, `n=60`; empty for counts and where nothing is shown.
  func parts(_ cell: DigestCell) -> String {
    switch cell {
    case .shown(.share(let part, let whole)): "\(number(part))/\(number(whole))"
    case .shown(.seconds(_, let whole)): "n=\(number(whole))"
    case .shown(.count), .hidden, .missing: ""
    }
  }

  func change(_ change: DigestChange) -> String {
    func signed(_ value: Int, _ text: String) -> String { value > 0 ? "+" + text : text }
    switch change {
    case .count(let count, let perMille):
      let share = perMille.map { self("（", " (") + signed($0, tenths($0)) + "%" + self("）", ")") } ?? ""
      return signed(count, number(count)) + share
    case .points(let tenths): return signed(tenths, self.tenths(tenths)) + self(" 个百分点", " points")
    case .seconds(let seconds):
      // Times are shown to the minute.
      guard abs(seconds) >= 60 else { return self("0 分钟", "0 min") }
      return (seconds > 0 ? "+" : "−") + duration(abs(seconds))
    }
  }

  // MARK: times

  private func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }

  func month(_ month: DigestMonth) -> String {
    self("\(month.year) 年 \(month.month) 月", "\(DigestWords.months[month.month - 1]) \(month.year)")
  }

  /// `7月3日 09:12`
  func moment(_ instant: Int64) -> String {
    let time = CivilTime(instant)
    let clock = "\(padded(time.hour)):\(padded(time.minute))"
    return self("\(time.month)月\(time.day)日 \(clock)", "\(time.day) \(DigestWords.months[time.month - 1]) \(clock)")
  }

  /// `2025年7月31日`
  func date(_ instant: Int64) -> String {
    let time = CivilTime(instant)
    return self(
      "\(time.year)年\(time.month)月\(time.day)日", "\(time.day) \(DigestWords.months[time.month - 1]) \(time.year)")
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  func list(_ parts: [String]) -> String { parts.joined(separator: self("、", ", ")) }
}
