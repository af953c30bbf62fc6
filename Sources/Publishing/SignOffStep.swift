/// 签署: what somebody puts a name to before an issue is printed. The first four stand in the colophon, in this order;
/// the two ticks are compulsory before the third review and are not printed. Stored by number.
package enum SignOffStep: UInt8, CaseIterable, Sendable {
  /// 责编: made the issue what it is.
  case edit = 1
  /// 一审: the language.
  case firstReview = 2
  /// 二审: the content.
  case secondReview = 3
  /// 三审: decides.
  case thirdReview = 4
  /// 保密审查: nothing in it is secret.
  case secrecy = 5
  /// 个人信息审查: nothing in it says who somebody is.
  case personalData = 6

  package var code: String {
    switch self {
    case .edit: "edit"
    case .firstReview: "first-review"
    case .secondReview: "second-review"
    case .thirdReview: "third-review"
    case .secrecy: "secrecy"
    case .personalData: "personal-data"
    }
  }

  /// As the colophon and the forms call it.
  package var chinese: String {
    switch self {
    case .edit: "责编"
    case .firstReview: "一审"
    case .secondReview: "二审"
    case .thirdReview: "三审"
    case .secrecy: "保密审查"
    case .personalData: "个人信息审查"
    }
  }

  package var english: String {
    switch self {
    case .edit: "Editor"
    case .firstReview: "First review"
    case .secondReview: "Second review"
    case .thirdReview: "Third review"
    case .secrecy: "Secrecy check"
    case .personalData: "Personal data check"
    }
  }

  package var isTick: Bool { self == .secrecy || self == .personalData }

  /// Printed, in their order.
  package static let signatures: [SignOffStep] = [.edit, .firstReview, .secondReview, .thirdReview]
  package static let ticks: [SignOffStep] = [.secrecy, .personalData]

  /// Whether no rule of a house can let one person take both: the second and the third review are by people who signed
  /// nothing else that is printed.
  package func isNeverShared(with other: SignOffStep) -> Bool {
    guard self != other, !isTick, !other.isTick else { return false }
    return !(self == .edit && other == .firstReview) && !(self == .firstReview && other == .edit)
  }
}
