import Casework

/// 指标的名称和定义. A definition says what is counted of what, in one sentence; ``CaseIndicator`` says it at length.
extension Messages {
  func word(_ indicator: CaseIndicator) -> String {
    switch indicator {
    case .received: self("事项", "cases")
    case .submissions: self("来件", "submissions")
    case .support: self("附议", "support")
    case .contributions: self("贡献", "contributions")
    case .dispatched: self("派单率", "dispatched")
    case .rejected: self("不予受理率", "rejected")
    case .closed: self("办结率", "closed")
    case .solved: self("解决率", "solved")
    case .solvedResponse: self("解决回访应答率", "answers: solved")
    case .satisfied: self("满意率", "satisfied")
    case .satisfiedResponse: self("满意回访应答率", "answers: satisfied")
    case .responseMedian: self("首次响应（中位）", "first response, median")
    case .responseP90: self("首次响应（九成）", "first response, p90")
    case .returned: self("退单率", "returned")
    case .reopened: self("重办率", "reopened")
    case .discovered: self("主动发现占比", "found by reporters")
    case .onTime(let clock): self("按期率·\(word(clock))", "on time: \(word(clock))")
    case .overdue(let clock): self("逾期未办·\(word(clock))", "overdue: \(word(clock))")
    case .usedMean(let clock): self("平均用时·\(word(clock))", "mean: \(word(clock))")
    case .usedMedian(let clock): self("中位用时·\(word(clock))", "median: \(word(clock))")
    case .usedP90(let clock): self("九成用时·\(word(clock))", "p90: \(word(clock))")
    }
  }

  func definition(_ indicator: CaseIndicator) -> String {
    switch indicator {
    case .received:
      self(
        "各类事项件数；并案的不另算。以下“办件”指贡献、表扬以外的",
        "cases of every kind, merged ones not; “asking” below means all but contributions and praise")
    case .submissions: self("这些事项所含来件条数，并入的也算", "submissions they stand for, those of merged cases too")
    case .support: self("每件的人数之和，同一人在一件里算一次", "people they speak for, each once a case")
    case .contributions: self("其中贡献的件数；只计数，不计时", "cases that are contributions: counted, never clocked")
    case .dispatched: self("派过单的 / 办件；撤回的派单不算", "ordered from a unit, of those asking; recalled orders never were")
    case .rejected: self("现为不予受理的 / 办件", "rejected now, of those asking")
    case .closed: self("现已办结的 / 受理的办件；重办中的算未结", "closed now, of those asking and not rejected; a reopened case is open")
    case .solved:
      self(
        "答“已解决”的 / 答了的回访；部分解决不算解决；每轮取最后一次",
        "“solved”, of call-backs that say; partly is no; the last call of each round")
    case .solvedResponse:
      self(
        "答了是否解决的 / 全部回访；其余为不详",
        "call-backs that say whether it is solved, of all; the rest is unknown")
    case .satisfied:
      self(
        "答“满意”的 / 答了的回访；部分满意不算满意；每轮取最后一次",
        "“satisfied”, of call-backs that say; partly is no; the last call of each round")
    case .satisfiedResponse: self("答了是否满意的 / 全部回访；其余为不详", "call-backs that say whether people are satisfied, of all")
    case .responseMedian:
      self(
        "收到到首次派单、答复或不予受理，自然时间；最近秩法",
        "from receipt to the first order, answer or rejection, wall-clock; nearest rank")
    case .responseP90: self("同上，九成不超过这个时间；最近秩法", "the same: nine in ten took no longer; nearest rank")
    case .returned: self("被退回的派单 / 派单次数；撤回的不算", "orders that came back, of all orders; recalled ones never were")
    case .reopened: self("办结后重办的 / 办结次数", "closings that were reopened, of all closings")
    case .discovered: self("移动信息员发现的 / 知道由谁发现的办件", "found by reporters, of those asking whose finder is known")
    case .onTime:
      self(
        "按时完成的 / 已完成的；每轮、每次派单各算一次",
        "stopped in time, of clocks that were stopped, in every round and order")
    case .overdue: self("已过期限的 / 尚未完成的", "past their due moment, of clocks not stopped")
    case .usedMean: self("已完成的用时之和 / 个数；各按自己的时限计时", "counted time of stopped clocks, each in its own kind of time")
    case .usedMedian: self("已完成的用时，一半不超过；最近秩法", "counted time of stopped clocks: half took no longer; nearest rank")
    case .usedP90: self("已完成的用时，九成不超过；最近秩法", "counted time of stopped clocks: nine in ten took no longer; nearest rank")
    }
  }

  func word(_ warning: CaseFigure.Warning) -> String {
    switch warning {
    case .small: self("样本少", "few")
    case .empty: self("无", "none")
    }
  }

  func word(_ dimension: CaseDimension) -> String {
    switch dimension {
    case .month: self("月份", "month")
    case .area: self("地区", "area")
    case .department: self("承办", "unit")
    case .topic: self("主题", "topic")
    case .station: self("驿站", "station")
    case .channel: self("渠道", "channel")
    }
  }
}
