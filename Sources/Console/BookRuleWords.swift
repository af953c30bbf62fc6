/// What a transcript may not be, said to who types it. The reader names its rules in a few words; one that is not known
/// here is shown as it is.
enum BookRuleWords {
  static func words(_ fault: IntakeJob.Fault, _ visit: Visit) -> String {
    switch fault.detail {
    case "[?字] or […n]":
      visit.say("方括号只用于 [?字]（存疑）和 […3]（缺三字）。", "Brackets are for [?字] (doubtful) and […3] (three characters lost) only.")
    case "[ before ]": visit.say("有 ] 而前面没有 [。", "There is a ] without a [ before it.")
    case "{-…-} or {+…+}":
      visit.say("花括号只用于 {-删去的-} 和 {+添上的+}，要成对，中间要有字。", "Braces are for {-struck out-} and {+inserted+}, closed, with something inside.")
    case "{- or {+ before }": visit.say("有 } 而前面没有 {- 或 {+。", "There is a } without {- or {+ before it.")
    case "ascending lines":
      visit.say("行号要从小到大，不能落在上一条占的行里。", "Lines ascend, and none lies within the entry before.")
    case "line number": visit.say("行号是 1 到 9999。", "A line is 1 to 9999.")
    case "opened as a full date", "closed as a full date", "transcribed as a full date":
      visit.say("簿头的日期要写年月日，如 2025-04-08。", "Dates of the head have a year, as 2025-04-08.")
    case "book without a slash": visit.say("簿号里不能有 /。", "The book's number holds no /.")
    case "head line station", "head line book", "head line keeper", "head line transcriber", "head line opened":
      visit.say("驿站、簿号、保管人、转录人、启用日期都要填。", "Station, book, keeper, transcriber and the day it was opened are all needed.")
    default: visit.names.word(fault.reason) + visit.say("：", ": ") + fault.detail
    }
  }
}
