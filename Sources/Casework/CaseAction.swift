/// 办理动作: everything anybody does to a case. Stored by number.
package enum CaseAction: UInt8, CaseIterable, Sendable {
  /// 派单: taken up and ordered from a lead unit, with co-handlers.
  case dispatch = 1
  /// 不予受理.
  case reject = 2
  /// 并案.
  case merge = 3
  /// 撤销并案.
  case unmerge = 4
  /// 致谢办结: a contribution or praise is counted and thanked for.
  case thank = 5
  /// 直接答复: the platform answers itself, without an order.
  case reply = 6
  /// 签收.
  case sign = 7
  /// 退单: back to whoever dispatched it, never sideways.
  case sendBack = 8
  /// 撤回: the dispatcher takes an order back that nobody has signed for.
  case recall = 9
  /// 裁定: a lead says for good whose it is; that order cannot be returned.
  case adjudicate = 10
  /// 到场.
  case arrive = 11
  /// 处置完成: the thing is mended, with proof.
  case resolve = 12
  /// 答复.
  case answer = 13
  /// 审签: the head of the unit stands behind the answer.
  case approve = 14
  /// 退回重答: the answer is not good enough.
  case refuseAnswer = 15
  /// 办结.
  case close = 16
  /// 重办.
  case reopen = 17
  /// 复核: a rejection is looked at again.
  case reconsider = 18
  /// 归档.
  case archive = 19
  /// 调出归档.
  case restore = 20
  /// 申请延期.
  case askExtension = 21
  /// 同意延期.
  case grantExtension = 22
  /// 不予延期.
  case refuseExtension = 23
  /// 催办.
  case urge = 24
  /// 督办.
  case supervise = 25
  /// 解除督办.
  case endSupervision = 26
  /// 请补充: the writer is asked for what is missing.
  case askWriter = 27
  /// 已补充: the writer has answered, or is waited for no longer.
  case resume = 28
  /// 认领: one reviewer at a time.
  case claim = 29
  /// 放回.
  case release = 30
  /// 搁置: out of the queue until a moment.
  case snooze = 31
  /// 唤回.
  case wake = 32
  /// 告知: the result message to the writer, sent or handed over, or why it cannot be.
  case tell = 33
  /// 回访: solved or not, satisfied or not.
  case callBack = 34
  /// 协办意见.
  case assist = 35
  /// 现场核实: a reporter on the road saw it with own eyes.
  case witness = 36
  /// 提供联系方式: the contact or door number, for this order alone.
  case releaseContact = 37
  /// 更正: kind, topic or urgency as a person sees them.
  case correct = 38
  /// 转敏感通道.
  case divert = 39
  /// 入围.
  case shortlist = 40
  /// 评分.
  case score = 41
  /// 采纳.
  case adopt = 42
  /// 奖励.
  case award = 43
  /// 刊用: allowed into a digest.
  case publish = 44
  /// 批注.
  case note = 45
  /// 撤销: the last decision never was.
  case undo = 46
  /// 拆分: parts of what was handed in become cases of their own.
  case split = 47

  /// Stable, for interfaces.
  package var code: String {
    switch self {
    case .dispatch: "dispatch"
    case .reject: "reject"
    case .merge: "merge"
    case .unmerge: "unmerge"
    case .thank: "thank"
    case .reply: "reply"
    case .sign: "sign"
    case .sendBack: "return"
    case .recall: "recall"
    case .adjudicate: "adjudicate"
    case .arrive: "arrive"
    case .resolve: "resolve"
    case .answer: "answer"
    case .approve: "approve"
    case .refuseAnswer: "refuse-answer"
    case .close: "close"
    case .reopen: "reopen"
    case .reconsider: "reconsider"
    case .archive: "archive"
    case .restore: "restore"
    case .askExtension: "ask-extension"
    case .grantExtension: "grant-extension"
    case .refuseExtension: "refuse-extension"
    case .urge: "urge"
    case .supervise: "supervise"
    case .endSupervision: "end-supervision"
    case .askWriter: "ask-writer"
    case .resume: "resume"
    case .claim: "claim"
    case .release: "release"
    case .snooze: "snooze"
    case .wake: "wake"
    case .tell: "tell"
    case .callBack: "call-back"
    case .assist: "assist"
    case .witness: "witness"
    case .releaseContact: "release-contact"
    case .correct: "correct"
    case .divert: "divert"
    case .shortlist: "shortlist"
    case .score: "score"
    case .adopt: "adopt"
    case .award: "award"
    case .publish: "publish"
    case .note: "note"
    case .undo: "undo"
    case .split: "split"
    }
  }

  package init?(code: String) {
    guard let action = CaseAction.allCases.first(where: { $0.code == code }) else { return nil }
    self = action
  }

  /// Whether it is a decision that can be taken back within its window. What has reached somebody outside (a message,
  /// a contact), what somebody outside did, and what has its own way back are not.
  package var isUndoable: Bool {
    switch self {
    case .tell, .callBack, .urge, .resume, .claim, .release, .snooze, .wake, .releaseContact, .recall, .note, .undo:
      false
    default: true
    }
  }
}
