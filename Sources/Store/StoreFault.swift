/// What can go wrong with a store. Facts only; no row content is ever part of a fault.
package enum StoreFault: Error, Sendable, Equatable {
  case missing(path: String)
  case unreadable(path: String, reason: String)
  /// Another process is taking in.
  case locked(path: String)
  case database(code: Int, message: String, statement: String)
  /// Written by a newer program.
  case newerSchema(found: Int, known: Int)
  case olderSchema(found: Int, known: Int)
  /// The folding tables differ from those the stored sketches were made with.
  case otherFolding
  case missingKeys(path: String)
  case corrupt(String)
  case unsupportedURL(String)
  /// There is not enough memory to check a password.
  case noMemory(bytes: Int)
}
