/// 指标: one figure about cases, with its definition. All of them speak about the same cases, those of the period, and
/// every rate is a part of a whole: the numerator counts some of what the denominator counts.
///
/// 办件 below are cases that ask for something: all but contributions and praise (``CaseIndicator/asks(_:)``). A merged
/// case is none; its submissions count with the case it is handled with. What was undone never happened, and an order
/// that was recalled never was one.
package enum CaseIndicator: Sendable, Hashable {
  /// 事项: cases of every kind.
  case received
  /// 来件: submissions they stand for.
  case submissions
  /// 附议: people they speak for, each once a case.
  case support
  /// 贡献: contributions. Counted, never clocked.
  case contributions
  /// 派单率: ordered from a unit at least once, of those that ask for something.
  case dispatched
  /// 不予受理率: rejected now, of those that ask for something.
  case rejected
  /// 办结率: closed now, archived or not, of those that ask for something and are not rejected. A reopened case is open.
  case closed
  /// 解决率: answered “solved” and nothing less, of the call-backs with an answer to that question. Of several calls in
  /// a round the last one counts; a case that was reopened has one for each round.
  case solved
  /// Answers to whether it is solved, of all call-backs: the rest is unknown.
  case solvedResponse
  /// 满意率: “satisfied” and nothing less, of the call-backs with an answer to that question.
  case satisfied
  /// Answers to whether people are satisfied, of all call-backs.
  case satisfiedResponse
  /// 首次响应: from the moment it was received to the first order, answer or rejection, by the clock on the wall; of
  /// those that ask for something and had one.
  case responseMedian
  case responseP90
  /// 退单率: orders that came back, of all orders.
  case returned
  /// 重办率: closings that were reopened, of all closings.
  case reopened
  /// 主动发现占比: found by reporters, of those that ask for something and whose finder is known.
  case discovered
  /// 按期率: stopped in time, of the clocks that were stopped. Each round and each order has its own.
  case onTime(ClockKind)
  /// 逾期未办: past their due moment, of the clocks that are not stopped: what the rate before cannot show.
  case overdue(ClockKind)
  /// Counted seconds until the stop, each in the time its own rule counts (always, working days, office hours).
  case usedMean(ClockKind)
  case usedMedian(ClockKind)
  case usedP90(ClockKind)

  package enum Unit: UInt8, CaseIterable, Sendable {
    /// A number of things; it has no denominator.
    case count = 0
    /// From 0 to 1.
    case share = 1
    /// Seconds. Of a quantile the numerator is the rank: the how-manyth of the denominator's count, shortest first.
    case seconds = 2

    package var code: String {
      switch self {
      case .count: "count"
      case .share: "share"
      case .seconds: "seconds"
      }
    }
  }

  /// All, in the order of tables. A window (退单时限) is no duty and has no figure.
  package static let all: [CaseIndicator] =
    [
      .received, .submissions, .support, .contributions, .dispatched, .rejected, .closed, .solved, .solvedResponse,
      .satisfied, .satisfiedResponse, .responseMedian, .responseP90, .returned, .reopened, .discovered,
    ]
    + ClockKind.allCases.filter { !$0.isWindow }.flatMap {
      [.onTime($0), .overdue($0), .usedMean($0), .usedMedian($0), .usedP90($0)]
    }

  package var code: String {
    switch self {
    case .received: "received"
    case .submissions: "submissions"
    case .support: "support"
    case .contributions: "contributions"
    case .dispatched: "dispatched"
    case .rejected: "rejected"
    case .closed: "closed"
    case .solved: "solved"
    case .solvedResponse: "solved-response"
    case .satisfied: "satisfied"
    case .satisfiedResponse: "satisfied-response"
    case .responseMedian: "first-response-median"
    case .responseP90: "first-response-p90"
    case .returned: "returned"
    case .reopened: "reopened"
    case .discovered: "discovered"
    case .onTime(let clock): "on-time.\(clock.code)"
    case .overdue(let clock): "overdue.\(clock.code)"
    case .usedMean(let clock): "used-mean.\(clock.code)"
    case .usedMedian(let clock): "used-median.\(clock.code)"
    case .usedP90(let clock): "used-p90.\(clock.code)"
    }
  }

  package var unit: Unit {
    switch self {
    case .received, .submissions, .support, .contributions: .count
    case .responseMedian, .responseP90, .usedMean, .usedMedian, .usedP90: .seconds
    default: .share
    }
  }

  package var clock: ClockKind? {
    switch self {
    case .onTime(let clock), .overdue(let clock), .usedMean(let clock), .usedMedian(let clock), .usedP90(let clock):
      clock
    default: nil
    }
  }
}
