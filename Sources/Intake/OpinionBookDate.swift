/// Dates as people write them into a book: often no year, sometimes no month.
package struct OpinionBookDate {
  package struct Day: Equatable {
    package var year: Int?
    package var month: Int?
    package var day: Int

    package init(year: Int?, month: Int?, day: Int) {
      self.year = year
      self.month = month
      self.day = day
    }
  }

  /// Year and month of the entry before; at first those of the book's opening.
  private var year: Int
  private var month: Int

  /// - Parameter opened: the day the book was laid out, with its year.
  init(opened: Day) {
    year = opened.year ?? 1970
    month = opened.month ?? 1
  }

  /// The start of the day in seconds since 1970-01-01T00:00:00Z; nil when the writing names no day.
  mutating func instant(_ written: String, zone: DateZone) -> Int64? {
    guard let day = OpinionBookDate.day(written) else { return nil }
    var ofYear = day.year ?? year
    let ofMonth = day.month ?? month
    if day.year == nil, day.month != nil {
      // December, then January: the year has turned. A step back by less is an entry out of turn.
      if month - ofMonth > 6 { ofYear += 1 }
      if ofMonth - month > 6 { ofYear -= 1 }
    }
    guard let days = DatePattern.daysSince1970(year: Int64(ofYear), month: Int64(ofMonth), day: Int64(day.day))
    else { return nil }
    if ofYear > year || (ofYear == year && ofMonth > month) { (year, month) = (ofYear, ofMonth) }
    return zone.instant(local: days * 86_400)
  }

  /// `4.12 4/12 4-12 4月12日 2025.4.12 2025-04-12 2025年4月12日 12日`, with words behind it or not.
  package static func day(_ written: String) -> Day? {
    var numbers: [Int] = []
    var marks: [Unicode.Scalar] = []
    var digits = ""
    scan: for scalar in String(written.trimmedSpace).unicodeScalars {
      switch scalar {
      case "0"..."9": digits.unicodeScalars.append(scalar)
      case "０"..."９":
        guard let plain = Unicode.Scalar(scalar.value - 0xFF10 + 0x30) else { return nil }
        digits.unicodeScalars.append(plain)
      case ".", "/", "-", "．", "／", "年", "月", "日", "号":
        guard let number = Int(digits), digits.count <= 4, numbers.count < 3 else { return nil }
        numbers.append(number)
        marks.append(scalar)
        digits = ""
        if scalar == "日" || scalar == "号" { break scan }
      default: break scan
      }
    }
    if !digits.isEmpty {
      guard let number = Int(digits), digits.count <= 4, numbers.count < 3, !marks.isEmpty else { return nil }
      numbers.append(number)
      marks.append("日")
    }
    let day: Day
    switch numbers.count {
    case 3: day = Day(year: numbers[0], month: numbers[1], day: numbers[2])
    case 2: day = Day(year: nil, month: numbers[0], day: numbers[1])
    case 1 where marks == ["日"] || marks == ["号"]: day = Day(year: nil, month: nil, day: numbers[0])
    default: return nil
    }
    guard (1...31).contains(day.day), day.month.map({ (1...12).contains($0) }) ?? true,
      day.year.map({ (1900...9999).contains($0) }) ?? true
    else { return nil }
    return day
  }
}
