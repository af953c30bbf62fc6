extension SuggestionStore {
  /// Several reads that see one moment of the store, whatever another process commits meanwhile. Blocks nobody.
  ///
  /// `body` must not come back to the store: its connection is taken.
  func snapshot<Value>(_ body: (any SQLSession) throws(StoreFault) -> Value) throws(StoreFault) -> Value {
    try read { session throws(StoreFault) in
      try session.execute("BEGIN")
      do throws(StoreFault) {
        let value = try body(session)
        try session.execute("COMMIT")
        return value
      } catch {
        // The first fault is the one to tell.
        try? session.execute("ROLLBACK")
        throw error
      }
    }
  }
}
