/// 办理结果: what an idea came to, as deputies' suggestions are marked (A to D). A fault that is mended is A as well.
package enum CaseOutcome: UInt8, CaseIterable, Sendable {
  /// A 已解决.
  case solved = 1
  /// B 正在解决或列入计划.
  case planned = 2
  /// C 留待以后.
  case later = 3
  /// D 供参考.
  case reference = 4

  package var code: String {
    switch self {
    case .solved: "A"
    case .planned: "B"
    case .later: "C"
    case .reference: "D"
    }
  }
}

/// 不予受理的理由. Stored by number; the sentence the writer reads is made from it elsewhere.
package enum RejectionReason: UInt8, CaseIterable, Sendable {
  case insult = 1
  case advertisement = 2
  /// 不属本市.
  case otherRegion = 3
  /// 已进入诉讼、仲裁、信访程序.
  case inCourt = 4
  /// 无诉求.
  case noRequest = 5
  /// 纪检监察受理范围.
  case discipline = 6
  /// 应拨打 110、119、120、122.
  case emergencyLine = 7
  /// 已答复, 无新情况.
  case answeredBefore = 8
  /// 涉及国家秘密.
  case stateSecret = 9
  /// 民事纠纷, 不属行政管理.
  case privateDispute = 10
  case other = 11

  package var code: String {
    switch self {
    case .insult: "insult"
    case .advertisement: "advertisement"
    case .otherRegion: "other-region"
    case .inCourt: "in-court"
    case .noRequest: "no-request"
    case .discipline: "discipline"
    case .emergencyLine: "emergency-line"
    case .answeredBefore: "answered-before"
    case .stateSecret: "state-secret"
    case .privateDispute: "private-dispute"
    case .other: "other"
    }
  }
}

/// 回访: what the writer said about the result. The two questions are apart: a thing can be solved rudely.
package struct CallBackResult: Sendable, Hashable {
  package enum Answer: UInt8, CaseIterable, Sendable {
    case yes = 0
    case partly = 1
    case no = 2
    /// Asked, but not reached or not answered; counted apart in every rate.
    case unknown = 3
  }

  package var isSolved: Answer
  package var isSatisfied: Answer

  package init(isSolved: Answer, isSatisfied: Answer) {
    self.isSolved = isSolved
    self.isSatisfied = isSatisfied
  }
}

/// 评分: what ideas are judged on, each from 1 to 5.
package struct IdeaScore: Sendable, Hashable {
  /// 可行性.
  package var feasible: Int
  /// 可持续性.
  package var sustainable: Int
  /// 可推广性.
  package var transferable: Int
  /// 社会效益.
  package var publicBenefit: Int
  /// 创新性.
  package var new: Int

  /// Nil when one lies outside 1 to 5.
  package init?(feasible: Int, sustainable: Int, transferable: Int, publicBenefit: Int, new: Int) {
    let all = [feasible, sustainable, transferable, publicBenefit, new]
    guard all.allSatisfy({ (1...5).contains($0) }) else { return nil }
    (self.feasible, self.sustainable, self.transferable) = (feasible, sustainable, transferable)
    (self.publicBenefit, self.new) = (publicBenefit, new)
  }

  /// From 5 to 25.
  package var sum: Int { feasible + sustainable + transferable + publicBenefit + new }
}
