/// Makes texts alike before they are compared: the matching's own folding (width, case, compatibility forms,
/// traditional to simplified), so that people find what the machine finds. It lives in a room the store may not see and
/// is handed in by whoever sees both.
package struct SearchFolding: Sendable {
  /// Folded scalars without white space, and for each the byte of the text it begins at; ascending.
  package typealias Folded = (scalars: [UInt32], sources: [UInt32])

  let fold: @Sendable ([UInt8]) -> Folded

  /// - Parameter fold: of valid UTF-8.
  package init(_ fold: @escaping @Sendable ([UInt8]) -> Folded) { self.fold = fold }
}
