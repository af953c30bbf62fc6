/// 编制说明: how the figures of an issue came about, in sentences.
struct DigestMethod {
  let issue: DigestIssue
  let words: DigestWords

  var sentences: [String] {
    [
      issue.moment == "received"
        ? words("事项按平台收到的时间归入月份。", "Cases belong to the month the platform received them in.")
        : words(
          "事项按来件人提交的时间归入月份；没有提交时间的按收到时间。",
          "Cases belong to the month their writer handed them in; where that is not known, to the month they were received."),
      words(
        "本月、上月和去年同月的数字都按同一时刻（\(words.date(issue.asOf))）的办理情况计算，较早的月份有更多时间办结。",
        "This month, the month before and the same month of last year are all counted as cases stood on \(words.date(issue.asOf)): earlier months have had more time."),
      issue.isComplete
        ? words("本月已结束。", "The month is over.")
        : words("本月尚未结束，数字到上述时刻为止。", "The month is not over: the figures end at that moment."),
      comparison,
      words(
        "不足 5 的件数、人数和不足 5 的分母不列出，记作 ＊；为了不能从合计推算，必要时同一栏里另外隐去最小的一项。0 照列。",
        "Counts of cases and people below 5, and shares of fewer than 5, are not shown: *. So that they cannot be worked out from totals, the next smallest of the column is hidden too where needed. A zero is shown."),
      words(
        "分母不到 \(DigestFigure.enough) 的比率和用时标 †，看数不看率。",
        "Shares and times made from fewer than \(DigestFigure.enough) are marked †: look at the numbers, not at the rate."),
      words(
        "中位数和九成位数用最近秩法，是真实出现过的值。",
        "Medians and ninetieth percentiles are nearest ranks: values that occurred."),
      words(
        "敏感通道的事项不在本刊之内，也不计入任何数字。",
        "Matters of the sensitive track are not in this issue nor in any of its figures."),
      words(
        "选登的事项按分数挑选：准予刊用、附议、评分、采纳、办理结果、用时、满意与否各有分数，同一地区的第二件起每件减分；编辑指定的注明“编辑选定”。来件原文和答复都去掉了个人信息。",
        "Cases are chosen by points for clearance, support, score, adoption, outcome, speed and satisfaction; each further one of an area loses points. What an editor chose says so. Personal details are cut out of every text and answer."),
    ]
  }

  private var comparison: String {
    guard !issue.missing.isEmpty else {
      return words("上月和去年同月都有数据。", "The store has cases of the month before and of the same month last year.")
    }
    let months = words.list(issue.missing.map(words.month))
    return words("库里没有 \(months)的事项，不作比较。", "The store has no case of \(months), so nothing is compared with it.")
  }
}
