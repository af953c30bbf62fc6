package import Suggestions

/// 移动信息员: a courier or rider who was vetted and reports what the road shows. Never part of an export, a digest or
/// anything else that leaves the house.
package struct Reporter: Sendable, Hashable {
  /// Number of the event that added the reporter.
  package var id: Int
  package var badge: String
  /// Nil once it was forgotten.
  package var name: String?
  /// Code of the region.
  package var area: String
  /// Seconds since 1970, as all moments here.
  package var addedAt: Int64
  /// Nil while active.
  package var retiredAt: Int64?

  package init(id: Int, badge: String, name: String?, area: String, addedAt: Int64, retiredAt: Int64? = nil) {
    self.id = id
    self.badge = badge
    self.name = name
    self.area = area
    self.addedAt = addedAt
    self.retiredAt = retiredAt
  }
}

/// Why the register of reporters stays as it is.
package enum ReporterRefusal: Error, Sendable, Hashable, CaseIterable {
  /// No badge number.
  case badge
  /// No name.
  case name
  /// The badge is somebody's, or was: badges are not handed on, or one person would be praised for another's work.
  case taken
  case unknown
  /// Retired, or not retired, already.
  case already
  /// The name was forgotten; it is a new reporter then.
  case forgotten
}

/// What came in under a badge, by the four acts.
package struct ReporterContributions: Sendable, Hashable {
  package var badge: String
  /// How many submissions of each act; those without one under ``Act/none``.
  package var acts: [Act: Int] = [:]
  /// 首报: how many of them opened a suggestion, and were not the repetition of another.
  package var firsts = 0
  /// When the last was written, as far as known; seconds since 1970.
  package var lastAt: Int64?

  package init(badge: String) { self.badge = badge }

  package var total: Int { acts.values.reduce(0, +) }
}
