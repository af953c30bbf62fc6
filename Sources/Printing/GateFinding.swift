internal import Text

/// Something a document must not leave with: where it stands and what it is, never the words themselves.
package struct GateFinding: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    /// The kind's stable code: `mobile`, `id-number`, `name`.
    case personal(String)
    /// An invisible mark that redaction leaves for the duplicate index.
    case token
    /// What nobody can read for identifiers: a picture, bytes written as letters, an unknown part, broken text.
    case unreadable
    /// What a spreadsheet would calculate.
    case formula
  }

  package var place: GatePlace
  package var kind: Kind

  package init(place: GatePlace, kind: Kind) {
    self.place = place
    self.kind = kind
  }

  /// Stable code for JSON and logs.
  package var code: String {
    switch kind {
    case .personal(let code): code
    case .token: "token"
    case .unreadable: "unreadable"
    case .formula: "formula"
    }
  }
}
