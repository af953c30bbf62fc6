/// 版权页署名: who answers for a printed issue, as the last lines of it say.
package struct SignOffColophon: Sendable, Hashable {
  package struct Line: Sendable, Hashable {
    package var step: SignOffStep
    /// 姓名.
    package var name: String
    /// Code of the role signed in.
    package var role: String
    /// Seconds since 1970.
    package var at: Int64
  }

  /// 责编, 一审, 二审, 三审, in this order.
  package var lines: [Line]
  /// Seconds since 1970; nil before it is published.
  package var publishedAt: Int64?
  /// 勘误: number of the issue it corrects.
  package var corrects: Int?

  /// Nil as long as one of the four has not signed.
  package init?(_ file: SignOffFile) {
    lines = SignOffStep.signatures.compactMap { step in
      file.signature(step).map { Line(step: step, name: $0.display, role: $0.role, at: $0.at) }
    }
    guard lines.count == SignOffStep.signatures.count else { return nil }
    publishedAt = file.published?.at
    corrects = file.opening.corrects
  }
}
