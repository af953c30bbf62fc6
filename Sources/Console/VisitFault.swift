/// Why a page is not shown. Carries facts; ``Reception`` makes the page that says so.
package enum VisitFault: Error, Sendable, Hashable {
  /// No such page, or none for this visitor: which of them is nobody's business.
  case notFound
  /// The visitor has to sign in first.
  case signIn
  /// Signed in, but not in a role that has this page.
  case forbidden
  /// Sent by a page elsewhere.
  case foreign
  /// A field that is missing or cannot be read.
  case field(String)
  case tooLarge
  /// Too many requests; seconds to wait.
  case tooMany(Int)
  /// Somebody was faster.
  case conflict
}
