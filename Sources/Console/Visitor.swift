package import Casework
package import Store
package import Suggestions

/// Who asks, and how.
package struct Visitor: Sendable {
  /// Nil for somebody who has not signed in.
  package var session: AccountSession?
  package var token: SessionToken?
  /// The capacities to act in.
  package var actors: [CaseActor]
  package var language: ConsoleLanguage
  /// Where the request comes from, for counting failures.
  package var address: String?

  package init(
    session: AccountSession? = nil, token: SessionToken? = nil, language: ConsoleLanguage, address: String? = nil
  ) {
    self.session = session
    self.token = token
    self.actors = session?.account.actors() ?? []
    self.language = language
    self.address = address
  }

  package var account: Account? { session?.account }
  package var roles: Set<CaseRole> { Set(actors.map(\.role)) }
  package func hasRole(among roles: Set<CaseRole>) -> Bool { !self.roles.isDisjoint(with: roles) }

  /// Tracks any of the roles given reads, as far as the visitor has them.
  package func tracks(as roles: Set<CaseRole>) -> Set<Track> {
    actors.filter { roles.contains($0.role) }.reduce(into: []) {
      $0.formUnion($1.tracks.intersection(AccessRule.of($1.role).tracks))
    }
  }
}

package import Suggestions
