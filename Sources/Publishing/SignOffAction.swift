/// 审签动作: everything that is done to an issue once it was opened. Stored by number.
package enum SignOffAction: UInt8, CaseIterable, Sendable {
  /// 修改: the issue says something else from now on; every signature under what it said is void.
  case revise = 1
  /// 责编签署.
  case signEdit = 2
  /// 一审签署.
  case signFirst = 3
  /// 二审签署.
  case signSecond = 4
  /// 三审签署.
  case signThird = 5
  /// 保密审查通过.
  case tickSecrecy = 6
  /// 个人信息审查通过.
  case tickPersonalData = 7
  /// 照用: a word of the wrong-word list is right where it stands.
  case accept = 8
  /// 退回: back to the editor, with the reason.
  case sendBack = 9
  /// 发布.
  case publish = 10
  /// 删除改写: what an editor wrote in place of an erased submission's words goes with it.
  case forget = 11

  /// Stable, for interfaces.
  package var code: String {
    switch self {
    case .revise: "revise"
    case .signEdit: "sign-edit"
    case .signFirst: "sign-first-review"
    case .signSecond: "sign-second-review"
    case .signThird: "sign-third-review"
    case .tickSecrecy: "tick-secrecy"
    case .tickPersonalData: "tick-personal-data"
    case .accept: "accept-word"
    case .sendBack: "send-back"
    case .publish: "publish"
    case .forget: "forget"
    }
  }

  package init?(code: String) {
    guard let action = SignOffAction.allCases.first(where: { $0.code == code }) else { return nil }
    self = action
  }

  /// What is signed by it; nil where nothing is.
  package var step: SignOffStep? {
    switch self {
    case .signEdit: .edit
    case .signFirst: .firstReview
    case .signSecond: .secondReview
    case .signThird: .thirdReview
    case .tickSecrecy: .secrecy
    case .tickPersonalData: .personalData
    case .revise, .accept, .sendBack, .publish, .forget: nil
    }
  }

  /// Whether the issue says something else after it.
  package var changesContent: Bool { self == .revise || self == .forget }

  /// Done by the program alone, with what people did elsewhere.
  package var isAutomatic: Bool { self == .forget }
}
