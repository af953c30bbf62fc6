package import Casework

/// One route as a value: what it answers to, who may ask, and with what it answers. The table of all of them makes the
/// router, the tests of who may see what, and the description of the interface.
package struct Endpoint: Sendable {
  package var method: VisitRequest.Method
  /// `/cases/{id}/acts/{action}`
  package var path: String
  package var access: EndpointAccess
  /// The most a body may be, in bytes.
  package var mostBytes: Int
  package var answer: @Sendable (Visit) async throws -> Reply

  /// What a form of typed fields needs; who sends more is let in before it is read.
  package static let ordinaryBytes = 256 * 1024

  package init(
    _ method: VisitRequest.Method, _ path: String, for access: EndpointAccess, mostBytes: Int = ordinaryBytes,
    _ answer: @escaping @Sendable (Visit) async throws -> Reply
  ) {
    self.method = method
    self.path = path
    self.access = access
    self.mostBytes = mostBytes
    self.answer = answer
  }

  /// Values of the names in braces; nil where the path is another.
  package func parameters(in path: String) -> [String: String]? {
    let wanted = self.path.split(separator: "/", omittingEmptySubsequences: false)
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard wanted.count == parts.count else { return nil }
    var found: [String: String] = [:]
    for (name, part) in zip(wanted, parts) {
      if name.first == "{" {
        guard !part.isEmpty else { return nil }
        found[String(name.dropFirst().dropLast())] = FormFields.decoded(part)
      } else if name != part {
        return nil
      }
    }
    return found
  }
}

/// Who may ask for a page.
package enum EndpointAccess: Sendable, Hashable {
  case everybody
  case signedIn
  /// Somebody who has one of the roles.
  case roles(Set<CaseRole>)
  /// Somebody who may see the case that the path calls `id`. To everybody else there is no such page.
  case theCase
}
