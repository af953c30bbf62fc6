import Casework

/// Words for the codes of acts, roles and what acts ask for. Each is a switch over the cases, so that a new case without
/// its words does not compile; ``CodeFamily`` lists them all.
extension Messages {
  func word(_ action: CaseAction) -> String {
    switch action {
    case .dispatch: self("派单", "dispatch")
    case .reject: self("不予受理", "reject")
    case .merge: self("并案", "merge")
    case .unmerge: self("撤销并案", "part a merge")
    case .thank: self("致谢办结", "thank and close")
    case .reply: self("直接答复", "reply directly")
    case .sign: self("签收", "sign")
    case .sendBack: self("退单", "return")
    case .recall: self("撤回派单", "recall")
    case .adjudicate: self("裁定", "adjudicate")
    case .arrive: self("到场", "arrive")
    case .resolve: self("处置完成", "resolve")
    case .answer: self("答复", "answer")
    case .approve: self("审签", "approve")
    case .refuseAnswer: self("退回重答", "refuse the answer")
    case .close: self("办结", "close")
    case .reopen: self("重办", "reopen")
    case .reconsider: self("复核", "reconsider")
    case .archive: self("归档", "archive")
    case .restore: self("调出归档", "take out of the archive")
    case .askExtension: self("申请延期", "ask for an extension")
    case .grantExtension: self("同意延期", "grant the extension")
    case .refuseExtension: self("不予延期", "refuse the extension")
    case .urge: self("催办", "urge")
    case .supervise: self("督办", "supervise")
    case .endSupervision: self("解除督办", "end supervision")
    case .askWriter: self("请来件人补充", "ask the writer")
    case .resume: self("已补充，继续", "resume")
    case .claim: self("认领", "claim")
    case .release: self("放回", "release")
    case .snooze: self("搁置", "snooze")
    case .wake: self("唤回", "wake")
    case .tell: self("告知来件人", "tell the writer")
    case .callBack: self("回访", "call back")
    case .assist: self("协办意见", "assist")
    case .witness: self("现场核实", "witness")
    case .releaseContact: self("提供联系方式", "release the contact")
    case .correct: self("更正判定", "correct")
    case .divert: self("转敏感通道", "divert to the sensitive track")
    case .shortlist: self("入围", "shortlist")
    case .score: self("评分", "score")
    case .adopt: self("采纳", "adopt")
    case .award: self("奖励", "award")
    case .publish: self("准予刊用", "allow into digests")
    case .note: self("批注", "note")
    case .undo: self("撤销", "undo")
    case .split: self("拆分", "split")
    }
  }

  func word(_ role: CaseRole) -> String {
    switch role {
    case .moderator: self("平台审核员", "reviewer")
    case .lead: self("平台负责人", "platform lead")
    case .department: self("承办单位", "department")
    case .departmentHead: self("单位负责人", "head of department")
    case .stationKeeper: self("驿站保管人", "station keeper")
    case .reporter: self("移动信息员", "reporter")
    case .supervisor: self("督办员", "supervisor")
    case .publisher: self("编辑", "editor")
    case .administrator: self("管理员", "administrator")
    case .writer: self("来件人", "writer")
    case .system: self("系统", "system")
    }
  }

  func word(_ need: CaseNeed) -> String {
    switch need {
    case .reason: self("理由", "a reason")
    case .rejection: self("不予受理的理由", "a ground for rejection")
    case .basis: self("依据", "the basis")
    case .proposedOwner: self("建议的承办单位", "the proposed owner")
    case .handler: self("承办单位", "the unit that handles it")
    case .text: self("正文", "the text")
    case .outcome: self("办理结果（A–D）", "the outcome (A to D)")
    case .proof: self("处置证明", "proof")
    case .target: self("并入哪一件", "the suggestion it goes into")
    case .extra: self("延多少时间", "how much more time")
    case .until: self("到什么时候", "until when")
    case .callBack: self("回访结果", "the result of the call")
    case .score: self("评分", "the score")
    case .award: self("奖励名称", "the award")
    case .correction: self("更正的内容", "what is corrected")
    case .undoes: self("撤销哪一步", "which act is undone")
    case .parts: self("拆出的文字", "the parts")
    }
  }

  /// As what has to hold.
  func word(_ condition: CaseCondition) -> String {
    switch condition {
    case .isHandler: self("须由承办单位来做", "only the unit that has the order may")
    case .isCoHandler: self("须由协办单位来做", "only a co-handler may")
    case .isKeeper: self("须由这个驿站的保管人来做", "only the keeper of the station may")
    case .isReturnable: self("须在退单时限以内，裁定派出的不能退", "the return window must be open, and an adjudicated order stays")
    case .isBelowReturnLimit: self("退单次数已到上限，须由平台负责人裁定", "it was returned too often; the platform's lead adjudicates")
    case .isNotReturnedByHandler: self("不能派给退过这一件的单位", "the unit has returned this case before")
    case .hasProof: self("须有处置证明", "there must be proof")
    case .hasOutcome: self("须有办理结果（A–D）", "there must be an outcome (A to D)")
    case .isApproved: self("答复须经单位负责人审签", "the head of the unit must have approved the answer")
    case .isWriterTold: self("须先告知来件人", "the writer must have been told")
    case .isBeforeDue: self("须在届满之前", "it must be before the due moment")
    case .hasNoOpenExtension: self("已有一份延期申请待批", "an extension is asked for already")
    case .hasOpenExtension: self("没有待批的延期申请", "no extension is asked for")
    case .isNotSupervised: self("已在督办中", "it is supervised already")
    case .isSupervised: self("不在督办中", "it is not supervised")
    case .isNotWaiting: self("正在等来件人补充", "the writer is waited for already")
    case .isWaiting: self("没有在等来件人补充", "the writer is not waited for")
    case .isFree: self("已被别人认领", "somebody else has claimed it")
    case .holdsClaim: self("不是你认领的", "you have not claimed it")
    case .isNotSnoozed: self("已经搁置", "it is snoozed already")
    case .isSnoozed: self("没有搁置", "it is not snoozed")
    case .isReopenable: self("须在可以重办的期限以内", "the time for reopening must not be over")
    case .isNotApproved: self("答复已经审签", "the answer is approved already")
    case .isUndoable:
      self("只能在时限以内，由本人或负责人撤销最后一个决定", "only the last decision, within its window, by who took it or a lead")
    case .isUnpublished: self("已准予刊用", "it is allowed into digests already")
    }
  }

  func word(_ reason: RejectionReason) -> String {
    switch reason {
    case .insult: self("辱骂", "insult")
    case .advertisement: self("广告", "advertisement")
    case .otherRegion: self("不属本市", "another city's")
    case .inCourt: self("已进入诉讼、仲裁或信访程序", "before a court, an arbitrator or a petition office")
    case .noRequest: self("无诉求", "asks for nothing")
    case .discipline: self("属纪检监察受理范围", "for the discipline inspection")
    case .emergencyLine: self("应拨打 110、119、120 或 122", "for 110, 119, 120 or 122")
    case .answeredBefore: self("已答复，无新情况", "answered before, nothing new")
    case .stateSecret: self("涉及国家秘密", "touches a state secret")
    case .privateDispute: self("民事纠纷，不属行政管理", "a private dispute")
    case .other: self("其他", "other")
    }
  }

  func word(_ outcome: CaseOutcome) -> String {
    switch outcome {
    case .solved: self("已解决", "solved")
    case .planned: self("正在解决或列入计划", "under way or planned")
    case .later: self("留待以后", "for later")
    case .reference: self("供参考", "for reference")
    }
  }

  func word(_ escalation: CaseEscalation) -> String {
    switch escalation {
    case .lead: self("平台负责人审定", "the platform's lead decides")
    case .fallback: self("区县兜底单位承办", "the district's fallback owner")
    }
  }
}
