/// 审签状态: how far an issue of the digest has come on its way into print. Stored by number.
package enum SignOffState: UInt8, CaseIterable, Sendable {
  /// 草稿.
  case draft = 0
  /// 责编已签.
  case edited = 1
  /// 一审已签.
  case firstReviewed = 2
  /// 二审已签.
  case secondReviewed = 3
  /// 三审已签.
  case thirdReviewed = 4
  /// 已发布: nothing changes it any more; what is wrong in it is said by an errata issue.
  case published = 5

  /// Stable, for interfaces.
  package var code: String {
    switch self {
    case .draft: "draft"
    case .edited: "edited"
    case .firstReviewed: "first-reviewed"
    case .secondReviewed: "second-reviewed"
    case .thirdReviewed: "third-reviewed"
    case .published: "published"
    }
  }
}
